package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/** What a task is doing, as Mesos names it; the number is the one of the v1 interface. */
public enum TaskState {
    TASK_STARTING(0),
    TASK_RUNNING(1),
    TASK_FINISHED(2),
    TASK_FAILED(3),
    TASK_KILLED(4),
    TASK_LOST(5),
    TASK_STAGING(6),
    TASK_ERROR(7),
    TASK_KILLING(8),
    TASK_DROPPED(9),
    TASK_UNREACHABLE(10),
    TASK_GONE(11),
    TASK_GONE_BY_OPERATOR(12),
    TASK_UNKNOWN(13);

    private final int number;

    TaskState(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The state of this number of the v1 interface, or null. */
    public static @Nullable TaskState of(int number) {
        for (var state : values()) {
            if (state.number == number) {
                return state;
            }
        }
        return null;
    }

    /** True when the task has ended for good: its state never changes again. */
    public boolean isTerminal() {
        return switch (this) {
            case TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_LOST,
                    TASK_DROPPED,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR -> true;
            case TASK_STARTING, TASK_RUNNING, TASK_STAGING, TASK_KILLING, TASK_UNREACHABLE, TASK_UNKNOWN -> false;
        };
    }

    /**
     * How far a task in this state has come: the states of one run never go down. Where its agent is out of sight it
     * has come as far as can be known.
     */
    public int progress() {
        return switch (this) {
            case TASK_STAGING -> 0;
            case TASK_STARTING -> 1;
            case TASK_RUNNING -> 2;
            case TASK_KILLING -> 3;
            case TASK_UNREACHABLE,
                    TASK_UNKNOWN,
                    TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_LOST,
                    TASK_DROPPED,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR -> 4;
        };
    }

    /** What a framework without PARTITION_AWARE is told instead of this state. */
    public TaskState seenByOldFrameworks() {
        return switch (this) {
            case TASK_UNREACHABLE, TASK_DROPPED, TASK_GONE, TASK_GONE_BY_OPERATOR, TASK_UNKNOWN -> TASK_LOST;
            case TASK_STARTING,
                    TASK_RUNNING,
                    TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_LOST,
                    TASK_STAGING,
                    TASK_ERROR,
                    TASK_KILLING -> this;
        };
    }
}
