package org.mesolith.state.journal;

import java.util.Locale;

/** What sort of change an event tells of. The numbers are part of the stored format, the names of the interface. */
public enum EventKind {
    UNKNOWN(0),
    CLUSTER_CREATED(1),
    CLUSTER_EPOCH_RAISED(2),
    CLUSTER_LEVEL_RAISED(3),
    AGENT_ADDED(10),
    AGENT_UPDATED(11),
    AGENT_UNREACHABLE(12),
    AGENT_REACHABLE(13),
    AGENT_DEACTIVATED(14),
    AGENT_REACTIVATED(15),
    AGENT_DRAINING(16),
    AGENT_DRAINED(17),
    AGENT_REMOVED(18),
    AGENT_GONE(19),
    FRAMEWORK_ADDED(30),
    FRAMEWORK_UPDATED(31),
    FRAMEWORK_CONNECTED(32),
    FRAMEWORK_DISCONNECTED(33),
    FRAMEWORK_REMOVED(34),
    TASK_ADDED(50),
    TASK_UPDATED(51),
    TASK_REMOVED(52),
    RESOURCES_RESERVED(70),
    RESOURCES_UNRESERVED(71),
    VOLUME_CREATED(72),
    VOLUME_DESTROYED(73),
    VOLUME_GROWN(74),
    VOLUME_SHRUNK(75),
    RESERVATION_NOTED(76),
    RESERVATION_EXPIRED(77),
    QUOTA_UPDATED(90),
    QUOTA_REMOVED(91),
    WEIGHT_UPDATED(92),
    MAINTENANCE_UPDATED(110),
    DRAIN_PLANNED(111),
    DRAIN_BATCH_BEGUN(112),
    DRAIN_PAUSED(113),
    DRAIN_RESUMED(114),
    DRAIN_DONE(115),
    DRAIN_LATE(116),
    DRAIN_CANCELLED(117),
    MEMBER_ADDED(130),
    MEMBER_UPDATED(131),
    MEMBER_REMOVED(132),
    MEMBER_INVITED(133),
    DECLARATION_APPLIED(150),
    DECLARATION_REMOVED(151);

    private final int number;

    EventKind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** As in the interface: {@code task_added}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True when a filter names this kind ({@code task_added}) or its family ({@code task}). */
    public boolean fits(String filter) {
        var text = text();
        return text.equals(filter) || (text.startsWith(filter) && text.charAt(filter.length()) == '_');
    }

    /** The kind of this number, UNKNOWN for one of a newer version. */
    public static EventKind of(int number) {
        for (var kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        return UNKNOWN;
    }
}
