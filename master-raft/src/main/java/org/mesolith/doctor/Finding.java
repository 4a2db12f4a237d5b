package org.mesolith.doctor;

import java.util.Locale;

/**
 * One thing that a master looked at.
 *
 * @param check what, in one word or two
 * @param what was found, with numbers and units
 * @param advice what to do; empty when all is well
 */
public record Finding(String check, Verdict verdict, String what, String advice) {
    /** How it is; the worst is the last. */
    public enum Verdict {
        OK,
        /** Look at it when there is time. */
        WARN,
        /** Do something. */
        BAD;

        /** {@code ok}, {@code warn} or {@code bad}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String what) {
        return new Finding(check, Verdict.OK, what, "");
    }

    static Finding warn(String check, String what, String advice) {
        return new Finding(check, Verdict.WARN, what, advice);
    }

    static Finding bad(String check, String what, String advice) {
        return new Finding(check, Verdict.BAD, what, advice);
    }

    /** By two limits, of which the first is passed first. */
    static Finding graded(String check, boolean warns, boolean isBad, String what, String advice) {
        if (isBad) {
            return bad(check, what, advice);
        }
        return warns ? warn(check, what, advice) : ok(check, what);
    }
}
