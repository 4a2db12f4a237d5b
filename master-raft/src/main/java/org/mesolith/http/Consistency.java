package org.mesolith.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mesolith.settings.SettingText;
import org.mesolith.wire.HttpRequest;

/**
 * What a read asks for with {@code ?consistency=}: {@code linearizable}, {@code bounded:5s} or {@code stale}. A read
 * without it is linearizable and answered by the leader alone, as clients of Mesos expect.
 *
 * @param age how old the answer may be; null: as old as it happens to be
 */
record Consistency(@Nullable Duration age) {
    private static final String PARAMETER = "consistency";
    private static final String BOUNDED = "bounded:";

    /**
     * Null when the call does not say.
     *
     * @throws IllegalArgumentException with what is wrong with what it says
     */
    static @Nullable Consistency of(HttpRequest request) {
        var text = request.query().first(PARAMETER).orElse(null);
        return text == null ? null : read(text);
    }

    private static Consistency read(String text) {
        if (text.equals("linearizable")) {
            return new Consistency(Duration.ZERO);
        }
        if (text.equals("stale")) {
            return new Consistency(null);
        }
        if (text.startsWith(BOUNDED)) {
            var age = SettingText.duration(text.substring(BOUNDED.length()).replaceFirst("(?<=[0-9])s$", "secs"));
            if (age != null && !age.isNegative()) {
                return new Consistency(age);
            }
        }
        throw new IllegalArgumentException("The parameter '" + PARAMETER + "' is '" + text
                + "'; it may be linearizable, bounded:TIME (as in bounded:5s) or stale");
    }
}
