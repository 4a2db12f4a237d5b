package org.mesolith.state;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;

/**
 * Who wants something of the cluster.
 *
 * @param id of the framework or agent; empty when there is none (yet)
 * @param principal as authenticated; null when nobody asked for a name
 * @param address from where the call came, for the audit; empty when nobody knows, or for the cluster itself
 */
public record Actor(Kind kind, String id, @Nullable String principal, String address) {
    /** The cluster itself: timers, silence, house-keeping. */
    public static final Actor SYSTEM = new Actor(Kind.SYSTEM, "", null, "");

    /** What sort of actor. The numbers are part of the log format. */
    public enum Kind {
        UNKNOWN(0),
        FRAMEWORK(1),
        OPERATOR(2),
        AGENT(3),
        SYSTEM(4);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        /** The kind of this number, UNKNOWN for one of a newer version. */
        public static Kind of(int number) {
            for (var kind : values()) {
                if (kind.number == number) {
                    return kind;
                }
            }
            return UNKNOWN;
        }
    }

    /** A framework; {@code id} null before it has one. */
    public static Actor framework(@Nullable FrameworkId id, @Nullable String principal) {
        return new Actor(Kind.FRAMEWORK, id == null ? "" : id.value(), principal, "");
    }

    /** A person or a tool at the operator interface. */
    public static Actor operator(@Nullable String principal) {
        return new Actor(Kind.OPERATOR, "", principal, "");
    }

    /** An agent; {@code id} null before it has one. */
    public static Actor agent(@Nullable AgentId id, @Nullable String principal) {
        return new Actor(Kind.AGENT, id == null ? "" : id.value(), principal, "");
    }

    /** The same, from this address. */
    public Actor from(String where) {
        return new Actor(kind, id, principal, where);
    }
}
