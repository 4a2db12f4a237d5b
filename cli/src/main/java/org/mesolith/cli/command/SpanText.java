package org.mesolith.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** Lengths of time as people write and read them: {@code 90m}, {@code 1h 30m}, {@code 2d}. */
public final class SpanText {
    private static final Pattern WHOLE = Pattern.compile("(?:[0-9]{1,9}(?:ms|[smhdw]) ?)+");
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|[smhdw])");
    private static final Duration MAX = Duration.ofDays(3_660);

    private SpanText() {}

    /**
     * Above nothing and at most ten years.
     *
     * @param where the option, for the complaint
     */
    public static Duration read(String where, String text) {
        var wanted = text.strip().toLowerCase(Locale.ROOT);
        if (!WHOLE.matcher(wanted).matches()) {
            throw new Failure(
                    ExitCode.USAGE,
                    where + " is `" + text + "`, which is no length of time; give numbers with units, as 90m, 1h30m,"
                            + " 2d (ms, s, m, h, d, w)" + hint(wanted));
        }
        var span = Duration.ZERO;
        var parts = PART.matcher(wanted);
        while (parts.find()) {
            span = span.plus(part(Long.parseLong(parts.group(1)), parts.group(2)));
        }
        if (span.isZero() || span.compareTo(MAX) > 0) {
            throw new Failure(
                    ExitCode.USAGE, where + " is `" + text + "`; give more than nothing and at most " + spoken(MAX));
        }
        return span;
    }

    /**
     * The same, or {@code 0} with or without a unit for none at all.
     *
     * @param where the option, for the complaint
     */
    public static Duration orNone(String where, String text) {
        return text.strip().matches("0(?:ms|[smhdw])?") ? Duration.ZERO : read(where, text);
    }

    /** A bare number is mostly meant in seconds, or was before units had to be given. */
    private static String hint(String text) {
        return text.matches("[0-9]{1,9}") ? "; `" + text + "s` are seconds" : "";
    }

    /**
     * Above nothing and at most this.
     *
     * @param where the option, for the complaint
     */
    public static Duration atMost(String where, String text, Duration max) {
        var span = read(where, text);
        if (span.compareTo(max) > 0) {
            throw new Failure(
                    ExitCode.USAGE, where + " is `" + text + "`; give more than nothing and at most " + spoken(max));
        }
        return span;
    }

    private static Duration part(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(7 * count);
        };
    }

    /** {@code 2d}, {@code 1h 30m}, {@code 45s}: without the parts that are nothing. */
    public static String spoken(Duration span) {
        var text = new StringBuilder();
        add(text, span.toDaysPart(), "d");
        add(text, span.toHoursPart(), "h");
        add(text, span.toMinutesPart(), "m");
        add(text, span.toSecondsPart(), "s");
        return text.isEmpty() ? span.toMillis() + " ms" : text.toString();
    }

    /** {@code 3d}, {@code 5h}, {@code 12m}, {@code 40s} from the one to the other; empty without one of them. */
    public static String coarse(@Nullable Instant from, @Nullable Instant to) {
        if (from == null || to == null) {
            return "";
        }
        var span = Duration.between(from, to);
        if (span.isNegative()) {
            return "over";
        }
        if (span.toDays() >= 2) {
            return span.toDays() + "d";
        }
        if (span.toHours() >= 2) {
            return span.toHours() + "h";
        }
        return span.toMinutes() >= 2 ? span.toMinutes() + "m" : span.toSeconds() + "s";
    }

    /** {@code 3d ago (2026-12-01 02:00:00 +01:00)}. */
    public static String ago(@Nullable Instant at, Instant now) {
        return at == null
                ? "at an unknown time"
                : coarse(at, now) + " ago (" + WhenText.shown(at, ZoneId.systemDefault()) + ")";
    }

    private static void add(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(text.isEmpty() ? "" : " ").append(count).append(unit);
        }
    }
}
