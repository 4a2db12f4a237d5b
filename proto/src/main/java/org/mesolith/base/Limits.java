package org.mesolith.base;

import java.time.Duration;

/** Every bound that has a name; {@code docs/limits.md} lists them with what happens when one is met. */
public final class Limits {
    /** Largest body of an API call, bytes. A larger one is refused with 413. */
    public static final int CALL_BYTES_MAX = 8 << 20;

    /** Commands are packed into one log entry up to this many bytes. */
    public static final int ENTRY_BYTES_MAX = 1 << 20;

    /** Commands in one log entry. */
    public static final int ENTRY_COMMANDS_MAX = 1_024;

    /** Log entries proposed and not yet applied. */
    public static final int ENTRIES_UNDER_WAY_MAX = 2;

    /** Commands waiting for a log entry; above, callers get 503. */
    public static final int PROPOSALS_MAX = 16_384;

    /** Length of an id or a role, characters (UTF-16). */
    public static final int ID_CHARS_MAX = 255;

    /** Human text kept in the registry (messages of a status, names), characters; longer ones are cut. */
    public static final int TEXT_CHARS_MAX = 1_024;

    /** Status updates proposed in one command. */
    public static final int STATUSES_PER_COMMAND_MAX = 512;

    /** Statuses kept in the details of one task; above, the newest replaces the one before it. */
    public static final int STATUSES_PER_TASK_MAX = 100;

    /** Tasks, completed ones too, that one reply shows; a read of more is refused with 507. */
    public static final int TASKS_SHOWN_MAX = 200_000;

    /** So many times as long as it took to make a reply passes before the next of its kind is made. */
    public static final int REPLY_REST_TIMES = 3;

    /** Replies to reads of the cluster that are made at a time; the next ones wait for their turn. */
    public static final int REPLIES_MADE_AT_ONCE_MAX = 2;

    /** How long a call waits for a leader while the masters change it. */
    public static final Duration LEADER_PATIENCE = Duration.ofSeconds(1);

    /** So many calls wait for a leader at a time; more are told at once to come again. */
    public static final int CALLS_WAIT_FOR_LEADER_MAX = 1_000;

    /** How long a process may be told to log more than its setting says. */
    public static final Duration LOGGING_LEVEL_TIME_MAX = Duration.ofDays(365);

    /** A reply up to this size is kept until something changes, bytes. */
    public static final int REPLY_BYTES_KEPT_MAX = 16 << 20;

    /** Events that wait on the stream of one framework; one more ends the stream. */
    public static final int STREAM_FRAMES_MAX = 65_536;

    /** The same in bytes. */
    public static final int STREAM_BYTES_MAX = 16 << 20;

    /** Request keys remembered for exactly-once calls; the oldest is forgotten first. */
    public static final int REQUEST_KEYS_MAX = 10_000;

    /** Completed tasks kept for each framework (Mesos: max_completed_tasks_per_framework). */
    public static final int COMPLETED_TASKS_PER_FRAMEWORK_MAX = 1_000;

    /** Completed frameworks kept (Mesos: max_completed_frameworks). */
    public static final int COMPLETED_FRAMEWORKS_MAX = 50;

    /** Operations of a framework that wait for its acknowledgement; above, an operation with an id fails. */
    public static final int OPERATIONS_PER_FRAMEWORK_MAX = 10_000;

    /** Agents in one plan to empty agents. */
    public static final int DRAIN_PLAN_AGENTS_MAX = 2_000;

    /** Plans to empty agents that are not over; one more is refused. */
    public static final int DRAIN_PLANS_MAX = 20;

    /** Plans to empty agents that are over and remembered; the oldest is forgotten first. */
    public static final int DRAIN_PLANS_KEPT_MAX = 50;

    /** Reservations about which something is written down; one more note is refused. */
    public static final int RESERVATION_NOTES_MAX = 50_000;

    /** Agents or reservations in one call about reservations. */
    public static final int RESERVATIONS_PER_CALL_MAX = 1_000;

    /** Owner of a reservation, characters. */
    public static final int RESERVATION_OWNER_CHARS_MAX = 100;

    /** Purpose of a reservation, characters. */
    public static final int RESERVATION_PURPOSE_CHARS_MAX = 300;
    /** Declarations that the cluster remembers. */
    public static final int DECLARATIONS_MAX = 100;

    /** Objects of one kind in a declaration. */
    public static final int DECLARED_OBJECTS_MAX = 2_000;

    /** One frame of the link between master and agent, bytes. */
    public static final int LINK_FRAME_BYTES_MAX = 16 << 20;

    /** Tasks of one group. */
    public static final int GROUP_TASKS_MAX = 1_000;

    /** Bytes of the executor of a group, which goes along with each of its tasks, in all. */
    public static final int GROUP_EXECUTOR_BYTES_MAX = 1 << 20;

    /** Silence after which either end of a link gives it up: three heartbeats of one second. */
    public static final Duration LINK_SILENCE_MAX = Duration.ofSeconds(3);

    private Limits() {}
}
