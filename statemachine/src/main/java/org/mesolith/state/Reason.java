package org.mesolith.state;

/** Why a command was refused; part of the interface and a metric's label. The numbers are part of the stored format. */
public enum Reason {
    UNKNOWN(0),
    /** Proposed under another term than the entry's: an order of an old leadership. Propose again if still leading. */
    STALE_TERM(1),
    /** The cluster has not been made yet. */
    NO_CLUSTER(2),
    /** The cluster has been made before. */
    CLUSTER_EXISTS(3),
    /** The epoch, or feature level, is not newer than the present one. */
    NOT_NEWER(4),
    /** The request key was used before, for another kind of command. */
    REQUEST_KEY_REUSED(5),
    /** The command contradicts itself; a defect of the proposer. */
    BAD_COMMAND(6),
    AGENT_UNKNOWN(10),
    AGENT_UNREACHABLE(11),
    /** Marked gone: it can never come back. */
    AGENT_GONE(12),
    AGENT_DEACTIVATED(13),
    /** A registered agent came back from another machine. */
    AGENT_MOVED(14),
    FRAMEWORK_UNKNOWN(20),
    /** Torn down or timed out. */
    FRAMEWORK_COMPLETED(21),
    /** A field that cannot change was changed. */
    FRAMEWORK_FIELD_FIXED(22),
    /** Not disconnected, or since another time. */
    FRAMEWORK_NOT_DISCONNECTED(23),
    WEIGHT_INVALID(30);

    private final int number;

    Reason(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The reason of this number, UNKNOWN for one of a newer version. */
    public static Reason of(int number) {
        for (var reason : values()) {
            if (reason.number == number) {
                return reason;
            }
        }
        return UNKNOWN;
    }
}
