package org.mesolith.sim.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often each kind of thing was done in a simulated cluster: what its frameworks and operators really got to. */
public final class Deeds {
    /** What every large run must have done: a workload that lost one of these shows nothing about it. */
    public static final List<String> ALL = List.of(
            "framework LAUNCH",
            "framework LAUNCH_GROUP",
            "framework RESERVE",
            "framework RESERVE refined",
            "framework UNRESERVE",
            "framework CREATE",
            "framework CREATE shared",
            "framework DESTROY",
            "framework DESTROY refused in use",
            "framework shared volume in two tasks",
            "framework GROW_VOLUME",
            "framework SHRINK_VOLUME",
            "framework accepts an old offer",
            "framework dies in the middle of ACCEPT",
            "framework TEARDOWN",
            "framework TIMEOUT",
            "framework UPDATE",
            "operator RESERVE",
            "operator UNRESERVE",
            "operator CREATE",
            "operator DESTROY",
            "operator GROW_VOLUME",
            "operator SHRINK_VOLUME",
            "operator quota",
            "operator quota removed",
            "operator quota of several roles",
            "operator sets quota while a task is launched",
            "operator declares weights",
            "operator declares quotas",
            "operator repeats an old call",
            "operator weights",
            "operator schedule",
            "operator maintenance begins",
            "operator maintenance ends",
            "operator drain",
            "operator plans a drain",
            "operator pauses a drain",
            "operator resumes a drain",
            "operator cancels a drain",
            "drain advances",
            "operator reserves on agents",
            "operator notes reservations",
            "operator releases reservations",
            "reservations expire",
            "drain done",
            "drain late",
            "operator deactivate",
            "operator reactivate",
            "operator gone",
            "agent admitted",
            "agent changed",
            "agent dies over an acknowledgement",
            "agent dies over an end that it could not write down",
            "agent left",
            "agent unreachable",
            "agent reachable",
            "a command comes into the log a term too late");

    private final SortedMap<String, Long> counts = new TreeMap<>();

    /** Once more. */
    public void done(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** Takes over what another run did. */
    public void add(Deeds other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    /** Those of {@link #ALL} that never happened. */
    public List<String> missing() {
        return ALL.stream().filter(what -> !counts.containsKey(what)).toList();
    }

    /** As lines of text. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        counts.forEach((what, count) -> lines.add(String.format(Locale.ROOT, "%-54s%10d", what, count)));
        return lines;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Deeds that && counts.equals(that.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }
}
