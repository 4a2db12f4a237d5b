package org.mesolith.statecodec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.state.Digest;

final class RecordedLogTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.1.0"})
    void theRecordedLogOfEachReleaseEndsInItsRecordedFingerprint(String release) throws IOException {
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

    private static InputStream resource(String name) {
        return Objects.requireNonNull(RecordedLogTest.class.getResourceAsStream("/log/" + name), name);
    }
}
