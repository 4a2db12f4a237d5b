package org.mesolith.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

final class CalmTest {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");

    private final List<String> passed = new ArrayList<>();
    private final Calm calm = new Calm(List.of(new Handler() {
        @Override
        public void publish(LogRecord line) {
            passed.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }));

    @Test
    void ofRecordsThatDifferOnlyInTheirNumbersAFewPassInASpan() {
        for (int number = 0; number < 100; number++) {
            log(0, "append of entry " + number + " refused");
        }
        log(1, "elected");

        assertThat(passed).hasSize(Calm.ALIKE_MAX + 1);
        assertThat(passed.getLast()).isEqualTo("elected (before this 80 lines were left out: too many alike)");
    }

    @Test
    void theNextSpanBeginsAnewAndIsToldWhatWasLeftOut() {
        for (int number = 0; number < Calm.ALIKE_MAX + 3; number++) {
            log(0, "refused " + number);
        }
        log(Calm.SPAN_MILLIS, "refused 99");

        assertThat(passed).hasSize(Calm.ALIKE_MAX + 1);
        assertThat(passed.getLast()).startsWith("refused 99 (before this 3 lines");
    }

    @Test
    void recordsThatDifferAllPassUntilThereAreTooManyKinds() {
        for (int kind = 0; kind < Calm.KINDS_MAX + 100; kind++) {
            log(0, "kind " + "x".repeat(kind));
        }

        assertThat(passed).hasSize(Calm.KINDS_MAX + Calm.ALIKE_MAX);
    }

    private void log(long afterMillis, String message) {
        var line = new LogRecord(Level.WARNING, message);
        line.setLoggerName("org.example.Appender");
        line.setInstant(BEGIN.plusMillis(afterMillis));
        calm.publish(line);
    }
}
