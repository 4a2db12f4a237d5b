package org.mesolith.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GarbageTest {
    private static final Instant NOW = Instant.parse("2026-01-08T00:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    private Path dir;

    private Garbage garbage;

    @BeforeEach
    void open() {
        garbage = new Garbage(dir, WEEK);
    }

    @Test
    void theFullerTheDiskTheSoonerSandboxesGo() {
        assertThat(Garbage.ageMax(WEEK, 100, 0)).isEqualTo(WEEK.multipliedBy(9).dividedBy(10));
        assertThat(Garbage.ageMax(WEEK, 100, 500))
                .isEqualTo(WEEK.multipliedBy(4).dividedBy(10));
        assertThat(Garbage.ageMax(WEEK, 100, 950)).isZero();
    }

    @Test
    void theAgeCountsFromTheEndHoweverLongTheTaskRan() throws Exception {
        var sandbox = sandbox("t1", "c1", NOW.minus(WEEK).minus(WEEK));
        garbage.ended(sandbox, NOW);
        garbage.collect(Set.of(), NOW.plusSeconds(60), WEEK);

        assertThat(sandbox).isDirectory();
        var removals = garbage.removals();
        assertThat(removals.pending()).isEqualTo(1);
        assertThat(removals.waiting().getFirst().path()).isEqualTo(sandbox.toString());
        assertThat(removals.waiting().getFirst().since()).isEqualTo(NOW);

        garbage.collect(Set.of(), NOW.plus(WEEK).plusSeconds(1), WEEK);
        assertThat(sandbox).doesNotExist();
        assertThat(garbage.removals().succeeded()).isEqualTo(1);
        assertThat(garbage.removals().pending()).isZero();
    }

    @Test
    void whatEndedUnderAnAgentOfBeforeIsFound() throws Exception {
        sandbox("t1", "c1", NOW.minus(Duration.ofDays(1)));
        garbage.collect(Set.of(), NOW, WEEK);

        assertThat(garbage.removals().waiting().getFirst().since()).isEqualTo(NOW.minus(Duration.ofDays(1)));
    }

    @Test
    void aSandboxInUseStaysWhateverItsAge() throws Exception {
        var sandbox = sandbox("t1", "c1", Instant.EPOCH);
        garbage.collect(Set.of("c1"), NOW, Duration.ZERO);

        assertThat(sandbox).isDirectory();
        assertThat(garbage.removals().pending()).isZero();
    }

    @Test
    void withASandboxGoTheEmptyDirectoriesAroundItButLinksAreNotFollowed() throws Exception {
        var sandbox = sandbox("t1", "c1", Instant.EPOCH);
        var kept = Files.createFile(Files.createDirectory(dir.resolve("volume")).resolve("file"));
        Files.createSymbolicLink(sandbox.resolve("data"), kept.getParent());
        Files.createSymbolicLink(sandbox.resolveSibling("latest"), sandbox.getFileName());
        Files.setLastModifiedTime(sandbox, FileTime.from(Instant.EPOCH));
        garbage.collect(Set.of(), NOW, WEEK);

        assertThat(dir.resolve("slaves/agent/frameworks/fw")).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void oneThatCannotBeRemovedIsCountedAndTheOthersGoAllTheSame() throws Exception {
        var stuck = sandbox("t1", "c1", Instant.EPOCH);
        var other = sandbox("t2", "c2", Instant.EPOCH);
        var busy = new ProcessBuilder("mount", "-t", "tmpfs", "none", stuck.toString()).start();
        org.junit.jupiter.api.Assumptions.assumeTrue(busy.waitFor() == 0, "only root can make a mount point");
        try {
            Files.setLastModifiedTime(stuck, FileTime.from(Instant.EPOCH));
            garbage.collect(Set.of(), NOW, WEEK);

            assertThat(other).doesNotExist();
            assertThat(garbage.removals().failed()).isEqualTo(1);
            assertThat(garbage.removals().pending()).isEqualTo(1);
        } finally {
            assertThat(new ProcessBuilder("umount", stuck.toString()).start().waitFor())
                    .isZero();
        }
    }

    private Path sandbox(String executor, String container, Instant changed) throws IOException {
        var sandbox = Files.createDirectories(
                dir.resolve("slaves/agent/frameworks/fw/executors/" + executor + "/runs/" + container));
        Files.createFile(sandbox.resolve("stdout"));
        Files.setLastModifiedTime(sandbox, FileTime.from(changed));
        return sandbox;
    }
}
