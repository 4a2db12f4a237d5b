package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/** Why a task is in its state, as Mesos names it. */
public enum StatusReason {
    REASON_COMMAND_EXECUTOR_FAILED(0),
    REASON_CONTAINER_LAUNCH_FAILED(21),
    REASON_CONTAINER_LIMITATION(19),
    REASON_CONTAINER_LIMITATION_DISK(20),
    REASON_CONTAINER_LIMITATION_MEMORY(8),
    REASON_CONTAINER_PREEMPTED(17),
    REASON_CONTAINER_UPDATE_FAILED(22),
    REASON_MAX_COMPLETION_TIME_REACHED(33),
    REASON_EXECUTOR_REGISTRATION_TIMEOUT(23),
    REASON_EXECUTOR_REREGISTRATION_TIMEOUT(24),
    REASON_EXECUTOR_TERMINATED(1),
    REASON_EXECUTOR_UNREGISTERED(2),
    REASON_FRAMEWORK_REMOVED(3),
    REASON_GC_ERROR(4),
    REASON_INVALID_FRAMEWORKID(5),
    REASON_INVALID_OFFERS(6),
    REASON_IO_SWITCHBOARD_EXITED(27),
    REASON_MASTER_DISCONNECTED(7),
    REASON_RECONCILIATION(9),
    REASON_RESOURCES_UNKNOWN(18),
    REASON_AGENT_DISCONNECTED(10),
    REASON_AGENT_DRAINING(34),
    REASON_AGENT_REMOVED(11),
    REASON_AGENT_REMOVED_BY_OPERATOR(31),
    REASON_AGENT_REREGISTERED(32),
    REASON_AGENT_RESTARTED(12),
    REASON_AGENT_UNKNOWN(13),
    REASON_TASK_KILLED_DURING_LAUNCH(30),
    REASON_TASK_CHECK_STATUS_UPDATED(28),
    REASON_TASK_HEALTH_CHECK_STATUS_UPDATED(29),
    REASON_TASK_GROUP_INVALID(25),
    REASON_TASK_GROUP_UNAUTHORIZED(26),
    REASON_TASK_INVALID(14),
    REASON_TASK_UNAUTHORIZED(15),
    REASON_TASK_UNKNOWN(16);

    private final int number;

    StatusReason(int number) {
        this.number = number;
    }

    /** The number of the v1 interface. */
    public int number() {
        return number;
    }

    /** The value of this number of the v1 interface, or null when this version does not know it. */
    public static @Nullable StatusReason of(int number) {
        for (var value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        return null;
    }
}
