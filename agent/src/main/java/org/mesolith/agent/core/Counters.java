package org.mesolith.agent.core;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.model.TaskState;

/** What happened since the process started, counted by name. */
final class Counters {
    static final String ORDERS_REFUSED = "orders_refused";
    static final String CHECKPOINTS_REFUSED = "checkpoints_refused";
    static final String UPDATES_SENT = "updates_sent";
    static final String UPDATES_ACKNOWLEDGED = "updates_acknowledged";
    static final String ACKNOWLEDGEMENTS_IGNORED = "acknowledgements_ignored";
    static final String LAUNCHES = "launches";
    static final String LAUNCHES_REPEATED = "launches_repeated";
    static final String JOINS = "joins";
    static final String EXECUTOR_UPDATES = "executor_updates";
    static final String EXECUTOR_UPDATES_UNKNOWN = "executor_updates_unknown";
    static final String EXECUTOR_MESSAGES = "executor_messages";
    static final String FRAMEWORK_MESSAGES = "framework_messages";
    static final String FRAMEWORK_MESSAGES_DROPPED = "framework_messages_dropped";
    static final String EXECUTORS_ENDED = "executors_ended";
    static final String LAUNCH_ERRORS = "launch_errors";

    private final SortedMap<String, Long> counts = new TreeMap<>();

    Counters() {
        for (var name : new String[] {
            ORDERS_REFUSED,
            CHECKPOINTS_REFUSED,
            UPDATES_SENT,
            UPDATES_ACKNOWLEDGED,
            ACKNOWLEDGEMENTS_IGNORED,
            LAUNCHES,
            LAUNCHES_REPEATED,
            JOINS,
            EXECUTOR_UPDATES,
            EXECUTOR_UPDATES_UNKNOWN,
            EXECUTOR_MESSAGES,
            FRAMEWORK_MESSAGES,
            FRAMEWORK_MESSAGES_DROPPED,
            EXECUTORS_ENDED,
            LAUNCH_ERRORS
        }) {
            counts.put(name, 0L);
        }
    }

    void count(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    /** A task came to its end in this state. */
    void ended(TaskState state) {
        count("ended_" + state.name());
    }

    SortedMap<String, Long> copy() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }
}
