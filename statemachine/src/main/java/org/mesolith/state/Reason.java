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
    /** The cluster has not agreed yet to understand this command. */
    LEVEL_TOO_LOW(7),
    /** There are as many of these as there may be. */
    TOO_MANY(8),
    AGENT_UNKNOWN(10),
    AGENT_UNREACHABLE(11),
    /** Marked gone: it can never come back. */
    AGENT_GONE(12),
    AGENT_DEACTIVATED(13),
    /** A registered agent came back from another machine. */
    AGENT_MOVED(14),
    /** Its machine is down for maintenance. */
    MACHINE_DOWN(15),
    /** It has not the resources that its reservations and volumes need. */
    AGENT_TOO_SMALL(16),
    /** It is active, so it cannot be reactivated. */
    AGENT_NOT_DEACTIVATED(17),
    /** It is being emptied. */
    AGENT_DRAINING(18),
    /** Its machine is in the maintenance schedule. */
    AGENT_IN_MAINTENANCE(19),
    FRAMEWORK_UNKNOWN(20),
    /** Torn down or timed out. */
    FRAMEWORK_COMPLETED(21),
    /** A field that cannot change was changed. */
    FRAMEWORK_FIELD_FIXED(22),
    /** Not disconnected, or since another time. */
    FRAMEWORK_NOT_DISCONNECTED(23),
    WEIGHT_INVALID(30),
    QUOTA_INVALID(31),
    /** The limit is below what the role consumes. */
    QUOTA_CONSUMED(32),
    /** The guarantees are more than the cluster has. */
    QUOTA_OVERCOMMITTED(33),
    OPERATION_INVALID(40),
    /** The agent does not have it free. */
    RESOURCES_MISSING(41),
    /** Nothing is reserved so on that agent. */
    RESERVATION_UNKNOWN(42),
    SCHEDULE_INVALID(50),
    /** The machine is not scheduled, or down already. */
    MACHINE_NOT_DRAINING(51),
    /** The machine is not down. */
    MACHINE_NOT_DOWN(52),
    /** The schedule is another one than the caller saw. */
    SCHEDULE_CHANGED(53),
    DRAIN_INVALID(54),
    DRAIN_UNKNOWN(55),
    /** Done, late or cancelled: it cannot pause or go on. */
    DRAIN_OVER(56),
    DECLARATION_INVALID(57),
    /** An object, or what the declaration said before, is not as the caller saw it. */
    DECLARATION_CHANGED(58),
    /** Used, expired, or never made. */
    TOKEN_UNKNOWN(60),
    /** Taken out of the cluster: it can never come back. */
    MEMBER_REMOVED(61),
    /** An old copy of a member's data. */
    MEMBER_STALE(62);

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
