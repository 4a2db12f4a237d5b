package org.mesolith.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogLineTest {
    @Test
    void aRecordIsOneLineWithTheTimeInUtcTheLevelTheShortNameAndTheMessage() {
        assertThat(line(Level.INFO, "org.mesolith.raft.RatisLog", "leads in term 4", null))
                .isEqualTo("2026-01-31T12:00:00.007Z INFO    RatisLog: leads in term 4\n");
        assertThat(line(Level.SEVERE, "plain", "broken", null)).contains(" ERROR   plain: broken\n");
        assertThat(line(Level.WARNING, "", "odd", null)).contains(" WARNING -: odd\n");
    }

    @Test
    void aMessageWithLineBreaksCannotPretendToBeAnotherRecord() {
        assertThat(line(Level.INFO, "a", "name\n2026-01-31 ERROR forged\r", null))
                .endsWith(" a: name\\n2026-01-31 ERROR forged\\r\n");
    }

    @Test
    void aStackTraceIsKept() {
        var cause = new IOException("disk gone");

        assertThat(line(Level.SEVERE, "a.Store", "cannot write", new IllegalStateException("outer", cause)))
                .startsWith("2026-01-31T12:00:00.007Z ERROR   Store: cannot write\n")
                .contains("java.lang.IllegalStateException: outer\n\tat ")
                .contains("Caused by: java.io.IOException: disk gone\n");
    }

    @Test
    void aDirectoryGetsWhatTheLevelLetsThrough(@TempDir Path directory) throws IOException {
        var root = Logger.getLogger("");
        try {
            ProcessLog.start("WARNING", directory.resolve("logs"), "part");
            var logger = System.getLogger("org.mesolith.Thing");
            logger.log(System.Logger.Level.INFO, "not this");
            logger.log(System.Logger.Level.WARNING, "but {0}", "this");

            var lines = Files.readAllLines(directory.resolve("logs/part.log.0"));
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z WARNING Thing: but this");
        } finally {
            LogManager.getLogManager().reset();
            root.setLevel(Level.INFO);
        }
    }

    private static String line(
            Level level, String logger, String message, @org.jspecify.annotations.Nullable Throwable thrown) {
        var line = new LogRecord(level, message);
        line.setLoggerName(logger);
        line.setInstant(Instant.parse("2026-01-31T12:00:00.007Z"));
        line.setThrown(thrown);
        return new LogLine().format(line);
    }
}
