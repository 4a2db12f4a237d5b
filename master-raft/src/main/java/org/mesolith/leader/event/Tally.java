package org.mesolith.leader.event;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counters of a leadership under their metric's name; gone with it, as Mesos' are with the process. */
public final class Tally {
    private final SortedMap<String, Long> counts = new TreeMap<>();

    /** One more. */
    public void count(String metric) {
        count(metric, 1);
    }

    /** So many more. */
    public void count(String metric, long more) {
        counts.merge(metric, more, Long::sum);
    }

    /** All that were ever counted, by name; a view, for the loop's thread only. */
    public SortedMap<String, Long> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }
}
