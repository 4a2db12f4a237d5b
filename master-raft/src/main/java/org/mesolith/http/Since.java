package org.mesolith.http;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.state.journal.EventPlace;

/**
 * From where somebody wants to read: {@code oldest}, a token as in {@code 1-4711-0}, or a time back as in {@code 30m},
 * {@code 1h} or {@code 7d}.
 *
 * @param token null unless it was given
 * @param age null unless it was given
 */
record Since(
        boolean oldest,
        @Nullable EventPlace token,
        @Nullable Duration age) {
    /** From now on. */
    static final Since NOW = new Since(false, null, null);

    private static final Pattern AGE = Pattern.compile("([0-9]{1,9})([smhd])");

    /**
     * @throws IllegalArgumentException with what is wrong
     */
    static Since read(@Nullable String text) {
        if (text == null) {
            return NOW;
        }
        if (text.equals("oldest")) {
            return new Since(true, null, null);
        }
        var token = EventPlace.read(text);
        if (token != null) {
            return new Since(false, token, null);
        }
        var age = AGE.matcher(text);
        if (!age.matches()) {
            throw new IllegalArgumentException("The parameter 'since' is '" + text
                    + "'; it may be a token of a record, a time back such as 30m, 1h or 7d, or oldest");
        }
        long number = Long.parseLong(age.group(1));
        return new Since(
                false,
                null,
                switch (age.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }
}
