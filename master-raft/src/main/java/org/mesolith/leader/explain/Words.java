package org.mesolith.leader.explain;

import java.time.Duration;
import java.util.Locale;
import org.mesolith.allocator.RoundsHeld;

/** How numbers are written in explanations. */
final class Words {
    private Words() {}

    /** As {@code 3.2 s}. */
    static String span(Duration span) {
        double seconds = Math.max(0, span.toMillis()) / 1_000.0;
        return seconds < 120 ? number(Math.round(seconds * 10) / 10.0) + " s" : Math.round(seconds / 60) + " min";
    }

    /** Why no rounds are made. */
    static String held(RoundsHeld held) {
        return "there is quota, and the new leader makes no offers before " + agents(held.awaited())
                + (held.awaited() == 1 ? " is" : " are") + " back (allocator_agent_recovery_factor) or another "
                + span(held.left()) + " are over (allocator_recovery_timeout): " + held.back()
                + (held.back() == 1 ? " is" : " are") + " back, " + held.missing()
                + (held.missing() == 1 ? " is" : " are") + " missing";
    }

    /** With at most four decimals, without needless zeros. */
    static String number(double value) {
        var text = String.format(Locale.ROOT, "%.4f", value);
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }

    /** As {@code 12.5 %}. */
    static String percent(double fraction) {
        return number(Math.round(fraction * 1_000_000) / 10_000.0) + " %";
    }

    /** As {@code 9,812 agents}. */
    static String agents(int count) {
        return String.format(Locale.ROOT, "%,d", count) + (count == 1 ? " agent" : " agents");
    }
}
