package org.mesolith.leader.event;

import org.mesolith.state.Outcome;

/** How outcomes of the log are told to callers. */
public final class Replies {
    private Replies() {}

    /** For a command that the cluster refused. */
    public static Reply refused(Outcome.Rejected rejected) {
        return switch (rejected.reason()) {
            case STALE_TERM, NO_CLUSTER -> new Reply.NotReady();
            case DRAIN_UNKNOWN, RESERVATION_UNKNOWN -> new Reply.NotFound(rejected.message());
            case SCHEDULE_CHANGED, DECLARATION_CHANGED -> new Reply.Changed(rejected.message());
            case CLUSTER_EXISTS,
                    NOT_NEWER,
                    REQUEST_KEY_REUSED,
                    AGENT_UNREACHABLE,
                    AGENT_GONE,
                    AGENT_DEACTIVATED,
                    AGENT_MOVED,
                    MACHINE_DOWN,
                    AGENT_TOO_SMALL,
                    RESOURCES_MISSING,
                    DRAIN_OVER,
                    FRAMEWORK_NOT_DISCONNECTED -> new Reply.Conflict(rejected.message());
            case UNKNOWN,
                    BAD_COMMAND,
                    AGENT_UNKNOWN,
                    FRAMEWORK_UNKNOWN,
                    FRAMEWORK_COMPLETED,
                    FRAMEWORK_FIELD_FIXED,
                    AGENT_NOT_DEACTIVATED,
                    AGENT_DRAINING,
                    AGENT_IN_MAINTENANCE,
                    QUOTA_INVALID,
                    QUOTA_CONSUMED,
                    QUOTA_OVERCOMMITTED,
                    OPERATION_INVALID,
                    SCHEDULE_INVALID,
                    DRAIN_INVALID,
                    DECLARATION_INVALID,
                    MACHINE_NOT_DRAINING,
                    MACHINE_NOT_DOWN,
                    LEVEL_TOO_LOW,
                    TOO_MANY,
                    TOKEN_UNKNOWN,
                    MEMBER_REMOVED,
                    MEMBER_STALE,
                    WEIGHT_INVALID -> new Reply.BadRequest(rejected.message());
        };
    }

    /** For a command that was not decided. */
    public static Reply undecided(LeaderEvent.Undecided undecided) {
        return switch (undecided.why()) {
            case NOT_LEADER -> new Reply.NotLeader(null);
            case FULL -> new Reply.Busy("too many changes wait for the log; try again in a second");
            case TOO_LARGE -> new Reply.TooLarge(undecided.text());
            case NO_SPACE -> new Reply.NoSpace(undecided.text());
            case UNKNOWN -> new Reply.OutcomeUnknown();
        };
    }
}
