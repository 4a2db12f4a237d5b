package org.mesolith.leader.explain;

import org.mesolith.allocator.AgentSupply;

/**
 * An agent that no round is over.
 *
 * @param supply what it could give
 */
public record Aside(AgentSupply supply, Reason reason) {
    /** Why no round is over it. */
    public enum Reason {
        UNREACHABLE("it is unreachable: it was silent for too long", "start the agent or repair its network"),
        NOT_CONNECTED("it has no link to this leader at present", "wait until it is back, or start the agent"),
        NOT_HEARD("it was not heard since the leader changed", "wait until it is back, or start the agent"),
        NOT_WHITELISTED(
                "its host is not on the whitelist of the masters",
                "add its host to the file of the setting `whitelist`, which is read again and again"),
        DRAINING("it is being drained", "reactivate it once it is drained"),
        DRAINED("it was drained", "reactivate it"),
        DEACTIVATED("it is deactivated", "reactivate it");

        private final String text;
        private final String change;

        Reason(String text, String change) {
            this.text = text;
            this.change = change;
        }

        /** As a sentence about the agent. */
        public String text() {
            return text;
        }

        /** What to do about it. */
        public String change() {
            return change;
        }

        /** Whether its resources are missing in the totals of rounds. */
        boolean isUncounted() {
            return this == UNREACHABLE;
        }
    }
}
