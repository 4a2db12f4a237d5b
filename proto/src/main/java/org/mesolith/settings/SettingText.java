package org.mesolith.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The syntax of durations and sizes that Mesos uses in flags. */
public final class SettingText {
    private static final Map<String, Duration> UNITS = new LinkedHashMap<>();
    private static final Map<String, Long> SIZES = new LinkedHashMap<>();

    static {
        UNITS.put("weeks", Duration.ofDays(7));
        UNITS.put("days", Duration.ofDays(1));
        UNITS.put("hrs", Duration.ofHours(1));
        UNITS.put("mins", Duration.ofMinutes(1));
        UNITS.put("secs", Duration.ofSeconds(1));
        UNITS.put("ms", Duration.ofMillis(1));
        UNITS.put("us", Duration.ofNanos(1_000));
        UNITS.put("ns", Duration.ofNanos(1));
        SIZES.put("TB", 1L << 40);
        SIZES.put("GB", 1L << 30);
        SIZES.put("MB", 1L << 20);
        SIZES.put("KB", 1L << 10);
        SIZES.put("B", 1L);
    }

    private SettingText() {}

    /** Reads {@code 10mins} or {@code 1.5secs}; null when the text is no such thing or out of range. */
    public static @Nullable Duration duration(String text) {
        int cut = letterAt(text);
        var unit = UNITS.get(text.substring(cut));
        var number = number(text.substring(0, cut));
        if (unit == null || number == null) {
            return null;
        }
        try {
            return Duration.ofNanos(number.multiply(BigDecimal.valueOf(unit.toNanos()))
                    .setScale(0, java.math.RoundingMode.DOWN)
                    .longValueExact());
        } catch (ArithmeticException tooLarge) {
            return null;
        }
    }

    /** Writes the duration in the largest unit that needs no fraction. */
    public static String text(Duration duration) {
        long nanos = duration.toNanos();
        for (var unit : UNITS.entrySet()) {
            long size = unit.getValue().toNanos();
            if (nanos % size == 0 && nanos != 0) {
                return nanos / size + unit.getKey();
            }
        }
        return "0ns";
    }

    /** Reads {@code 64MB}; null when the text is no such thing. */
    public static @Nullable Long bytes(String text) {
        int cut = letterAt(text);
        var size = SIZES.get(text.substring(cut).toUpperCase(Locale.ROOT));
        var number = number(text.substring(0, cut));
        if (size == null || number == null) {
            return null;
        }
        try {
            return number.multiply(BigDecimal.valueOf(size)).longValueExact();
        } catch (ArithmeticException notWhole) {
            return null;
        }
    }

    private static int letterAt(String text) {
        int at = 0;
        while (at < text.length() && !Character.isLetter(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static @Nullable BigDecimal number(String text) {
        if (text.isEmpty() || text.length() > 20) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
