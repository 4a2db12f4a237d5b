package org.mesolith.statecodec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.state.Digest;
import org.mesolith.store.RocksStore;

final class RecordedLogTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", "level-1", "level-2", "level-3", "level-4", "level-5", "level-5-plans"})
    void theRecordedLogOfEachLevelEndsInItsRecordedFingerprint(String release) throws IOException {
        RecordedLog log;
        String digest;
        try (var file = resource(release + ".log");
                var text = resource(release + ".digest")) {
            log = RecordedLog.read(file);
            digest = new String(text.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }

        var registry = log.replayed();

        assertThat(Long.toHexString(registry.digest())).isEqualTo(digest);
        assertThat(Digest.recount(registry)).isEqualTo(registry.digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"level-1", "level-2", "level-3", "level-4", "level-5", "level-5-plans"})
    void theRecordedSnapshotOfEachLevelHoldsTheSame(String level, @TempDir Path directory) throws IOException {
        String digest;
        try (var text = resource(level + ".digest")) {
            digest = new String(text.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
        var snapshot = Files.createDirectories(directory.resolve("snapshot"));
        try (var zip = new ZipInputStream(resource(level + ".snapshot.zip"))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, snapshot.resolve(entry.getName()));
            }
        }

        try (var store = RocksStore.open(directory.resolve("db"))) {
            store.replaceBy(snapshot);
            var registry = store.load().registry();

            assertThat(Long.toHexString(registry.digest())).isEqualTo(digest);
            assertThat(registry.featureLevel().number()).isEqualTo(level.charAt(6) - '0');
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(RecordedLogTest.class.getResourceAsStream("/log/" + name), name);
    }
}
