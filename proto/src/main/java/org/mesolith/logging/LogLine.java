package org.mesolith.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record, one line: {@code 2026-01-31T12:00:00.000Z INFO    RatisLog: what happened}. Time is UTC; the name is the
 * last part of the logger's. A message never makes a second line, whoever wrote it; a stack trace stands behind it in
 * lines of its own.
 */
final class LogLine extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord line) {
        return TIME.format(at(line)) + ' ' + level(line.getLevel()) + ' ' + shortName(line.getLoggerName()) + ": "
                + oneLine(formatMessage(line)) + '\n' + trace(line.getThrown());
    }

    private static Instant at(LogRecord line) {
        return line.getInstant();
    }

    /** Mesos' words, padded so that the names stand in a column. */
    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR  ";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARNING";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO   " : "DEBUG  ";
    }

    private static String shortName(@Nullable String logger) {
        if (logger == null || logger.isEmpty()) {
            return "-";
        }
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static String oneLine(@Nullable String message) {
        return String.valueOf(message).replace("\r", "\\r").replace("\n", "\\n");
    }

    private static String trace(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
