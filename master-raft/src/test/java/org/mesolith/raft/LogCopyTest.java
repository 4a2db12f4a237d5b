package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Check;
import org.mesolith.log.Snapshots.Past;

/** A log from entry 5 on, whose newest file begins with entry 10. */
final class LogCopyTest {
    private static final int[] FIVE = {40, 40, 40, 40, 40};
    private static final int[] TEN = {40, 40, 40, 40, 40, 40, 40, 40, 40, 40};

    @TempDir
    private Path root;

    private Path group() {
        return root.resolve("group");
    }

    private Past copy(long upTo) throws IOException {
        return new LogCopy(group(), root.resolve("copy"), upTo).make();
    }

    @BeforeEach
    void aGroup() throws IOException {
        var current = Files.createDirectories(group().resolve("current"));
        var closed = current.resolve("log_5-9");
        var starts = SegmentFiles.write(closed, 1, 5, 1, FIVE);
        SegmentFiles.truncate(closed, starts.getLast());
        SegmentFiles.write(current.resolve("log_inprogress_10"), 1, 10, 2, TEN);
        snapshot(3);
    }

    private void snapshot(long index) throws IOException {
        var directory = Files.createDirectories(group().resolve("sm/snapshot.1_" + index));
        Files.writeString(directory.resolve("CURRENT"), "snapshot at " + index);
    }

    @Test
    void theOldestSnapshotWithTheWholeLogBehindItIsTheBeginning() throws IOException {
        snapshot(7);
        snapshot(12);

        assertThat(copy(15)).isEqualTo(new Past.Done(1, 7, 5));

        var log = Check.present(LogFiles.find(root.resolve("copy/log")), "the log");
        var indexes = new ArrayList<Long>();
        log.read(5, entry -> indexes.add(entry.index()));
        assertThat(indexes).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L);
        assertThat(root.resolve("copy/snapshot/CURRENT")).hasContent("snapshot at 7");
    }

    @Test
    void aFileThatEndsBehindTheWantedEntryIsCutThere() throws IOException {
        snapshot(4);

        assertThat(copy(8)).isEqualTo(new Past.Done(1, 4, 5));

        assertThat(Check.present(LogFiles.find(root.resolve("copy/log")), "the log")
                        .last())
                .isEqualTo(8);
    }

    @Test
    void aLogWithoutASnapshotBeforeItsBeginningIsNoPast() throws IOException {
        assertThat(copy(15))
                .isInstanceOfSatisfying(
                        Past.Failed.class, failed -> assertThat(failed.why()).contains("no log behind a snapshot"));
        assertThat(root.resolve("copy")).doesNotExist();
    }

    @Test
    void whatIsNotWrittenYetIsWaitedForAndThenRefusedWithoutALeftover() throws IOException {
        snapshot(7);

        assertThat(copy(25))
                .isInstanceOfSatisfying(
                        Past.Failed.class,
                        failed -> assertThat(failed.why()).contains("up to entry 19, not yet to 25"));
        assertThat(root.resolve("copy")).doesNotExist();
    }
}
