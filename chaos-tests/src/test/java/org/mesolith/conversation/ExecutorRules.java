package org.mesolith.conversation;

import org.mesolith.conversation.WrongValues.Case;
import org.mesolith.conversation.WrongValues.Kind;

/** What the executor API answers to a value that means nothing: the status; 400 names the field. */
final class ExecutorRules {
    private ExecutorRules() {}

    /** The status of the answer. */
    static int of(String call, Case made) {
        var place = made.plain();
        if (made.kind() == Kind.REQUIRED_NAME) {
            return 400;
        }
        if (call.equals("HEARTBEAT")) {
            // Answered without a look at who it is.
            return 202;
        }
        if (place.equals("executor_id.value") || place.equals("framework_id.value")) {
            return 400;
        }
        boolean refused = place.endsWith("status.executor_id.value")
                || place.endsWith("status.source")
                || place.endsWith("check_status.type");
        if (refused) {
            return 400;
        }
        return call.equals("SUBSCRIBE") ? 200 : 202;
    }
}
