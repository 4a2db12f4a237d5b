package org.mesolith.http;

import org.mesolith.leader.Standing;
import org.mesolith.state.Registry;
import org.mesolith.wire.HttpAnswer;

/**
 * Tells with a reply what it was read from: the index of the log, and the term of the master that answers; and where
 * the masters are by then, so that who asked finds them when they have moved.
 */
final class Places {
    static final String INDEX = "Mesolith-Index";
    static final String TERM = "Mesolith-Term";
    static final String MASTERS = "Mesolith-Masters";

    private Places() {}

    static HttpAnswer.Full tell(HttpAnswer.Full answer, Registry registry, Standing standing) {
        return standing instanceof Standing.Leading(var fence) ? tell(answer, registry, fence.term()) : answer;
    }

    static HttpAnswer.Full tell(HttpAnswer.Full answer, Registry registry, long term) {
        var placed = answer.with(INDEX, Long.toString(registry.at().index())).with(TERM, Long.toString(term));
        var masters = registry.membership().masters();
        return masters.isEmpty() ? placed : placed.with(MASTERS, String.join(",", masters));
    }
}
