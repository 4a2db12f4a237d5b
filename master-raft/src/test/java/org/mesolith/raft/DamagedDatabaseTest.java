package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;

/** A file of a follower's database changes on the disk while it is away. */
final class DamagedDatabaseTest {
    @TempDir
    Path root;

    private TestGroup group;
    private TestGroup.Place victim;

    @BeforeEach
    void start() throws Exception {
        group = TestGroup.three(root);
        group.set("role", 1);
        group.settle();
        victim = group.follower();
        group.drop(victim);
        assertThat(tables()).isNotEmpty();
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
    }

    private List<Path> tables() throws IOException {
        try (var all = Files.walk(victim.dir)) {
            return all.filter(file ->
                            file.toString().contains("/db/") && file.toString().endsWith(".sst"))
                    .toList();
        }
    }

    private void refuses() {
        assertThatThrownBy(() -> group.open(victim))
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Halt.Code.CORRUPT_DATA))
                .hasMessageContaining("the database is damaged")
                .hasMessageContaining("meso cluster replace");
    }

    @Test
    void aMemberWhoseTableWasCutShortDoesNotStartAndSaysHowToReplaceIt() throws Exception {
        for (Path table : tables()) {
            try (var raw = new RandomAccessFile(table.toFile(), "rw")) {
                raw.setLength(raw.length() / 2);
            }
        }

        refuses();
    }

    @Test
    void aMemberOfWhoseRowsABitHasFlippedDoesNotStartEither() throws Exception {
        for (Path table : tables()) {
            try (var raw = new RandomAccessFile(table.toFile(), "rw")) {
                raw.seek(20);
                int old = raw.read();
                raw.seek(20);
                raw.write(old ^ 4);
            }
        }

        refuses();
    }
}
