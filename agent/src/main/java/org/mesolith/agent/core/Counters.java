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
            JOINS
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
