package org.mesolith.process.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredFileTest {
    @TempDir
    private Path data;

    private Path log;

    @BeforeEach
    void fill() throws IOException {
        Path group = Files.createDirectories(data.resolve("raft/group/current"));
        log = Files.write(group.resolve("log_inprogress_0"), new byte[] {1, 2, 3, 0, 5, 0, 0, 0});
        Files.write(group.resolve("raft-meta"), new byte[] {1});
        Path snapshot = Files.createDirectories(data.resolve("raft/group/sm/snapshot.1_9"));
        Files.write(snapshot.resolve("000001.sst"), new byte[] {1});
        Files.createFile(snapshot.resolve("000002.sst"));
    }

    @Test
    void aFileOfEachPartIsFoundWhereItHoldsAnything() throws IOException {
        var dice = new Random(1);

        assertThat(StoredFile.choose(data, StoredFile.Part.LOG, dice).file()).isEqualTo(log);
        assertThat(StoredFile.choose(data, StoredFile.Part.SNAPSHOT, dice).file())
                .hasFileName("000001.sst");
        assertThat(StoredFile.has(data, StoredFile.Part.DATABASE)).isFalse();
        assertThatThrownBy(() -> StoredFile.choose(data, StoredFile.Part.DATABASE, dice))
                .hasMessageContaining("holds anything of the DATABASE");
    }

    @Test
    void zerosAtTheEndDoNotCount() throws IOException {
        assertThat(new StoredFile(log).bytes()).isEqualTo(5);
    }

    @Test
    void aBitThatFlipsTwiceIsAsBefore() throws IOException {
        var file = new StoredFile(log);
        file.flipBit(1);
        assertThat(Files.readAllBytes(log)).startsWith(1, 6, 3);

        file.flipBit(1);

        assertThat(Files.readAllBytes(log)).startsWith(1, 2, 3);
    }

    @Test
    void theEndOfAFileIsLost() throws IOException {
        new StoredFile(log).cut(2);

        assertThat(Files.readAllBytes(log)).containsExactly(1, 2);
    }

    @Test
    void aCopyHoldsEverythingAndAnEmptiedDirectoryStays() throws IOException {
        Path copy = data.resolveSibling("copy-" + data.getFileName());
        StoredFile.copyTree(data, copy);
        StoredFile.empty(data);

        assertThat(data).isEmptyDirectory();
        assertThat(copy.resolve("raft/group/current/log_inprogress_0")).hasSize(8);
        org.mesolith.process.Leftovers.delete(copy);
    }
}
