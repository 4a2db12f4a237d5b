package org.mesolith.cli.command;

import java.util.Locale;
import org.mesolith.cli.client.JsonObject;

/**
 * One thing that was looked at.
 *
 * @param subject whose it is: an address, or the cluster
 * @param check what was looked at, in one word or two
 * @param what what was found, with numbers and units
 * @param advice what to do; empty when all is well
 */
public record Finding(String subject, String check, Verdict verdict, String what, String advice) {
    /** How it is. */
    public enum Verdict {
        OK,
        /** Look at it when there is time. */
        WARN,
        /** Do something before going on. */
        BAD
    }

    /** All is well. */
    public static Finding ok(String subject, String check, String what) {
        return new Finding(subject, check, Verdict.OK, what, "");
    }

    /** Worth a look. */
    public static Finding warn(String subject, String check, String what, String advice) {
        return new Finding(subject, check, Verdict.WARN, what, advice);
    }

    /** Not to be left so. */
    public static Finding bad(String subject, String check, String what, String advice) {
        return new Finding(subject, check, Verdict.BAD, what, advice);
    }

    /** As a master says it of itself. */
    public static Finding of(String subject, JsonObject said) {
        Verdict verdict = switch (said.text("verdict")) {
            case "ok" -> Verdict.OK;
            case "bad" -> Verdict.BAD;
            default -> Verdict.WARN;
        };
        return new Finding(subject, said.text("check"), verdict, said.text("what"), said.text("advice"));
    }

    /** {@code ok}, {@code warn} or {@code bad}. */
    public String word() {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    JsonObject toJson() {
        return JsonObject.of("subject", subject, "check", check, "verdict", word(), "what", what, "advice", advice);
    }
}
