package org.mesolith.scenario.leader;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.mesolith.scenario.grammar.MismatchException;
import org.mesolith.scenario.grammar.Outcome;
import org.mesolith.sim.calm.CalmCluster;
import org.mesolith.wire.Headers;

/** Credentials, and statuses in the words of scenarios. */
final class Http {
    private Http() {}

    /** The secret of a principal. */
    static String secret(String principal) {
        return "secret-of-" + principal;
    }

    /** The header of a principal; {@code absent} has none, {@code wrong} one that does not verify. */
    static Headers as(String principal) {
        if (principal.equals("absent")) {
            return Headers.NONE;
        }
        var pair = principal.equals("wrong") ? "p:guessed" : principal + ":" + secret(principal);
        var encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return Headers.of("Authorization", "Basic " + encoded);
    }

    /** The answer must be as the step says: if it says nothing, a success. */
    static void expect(@Nullable Outcome expected, CalmCluster.Answer answer) {
        int status = answer.status();
        boolean fits = switch (expected) {
            case null -> status == 200 || status == 202;
            case OK -> status == 200;
            case ACCEPTED -> status == 202;
            case BAD_REQUEST -> status == 400;
            case UNAUTHORIZED -> status == 401;
            case FORBIDDEN -> status == 403;
            case NOT_FOUND -> status == 404;
            case CONFLICT -> status == 409;
            case ERROR, REFUSED -> status >= 400;
        };
        if (!fits) {
            throw new MismatchException(expected == null ? "success" : expected.word(), status + " " + answer.text());
        }
    }
}
