package org.mesolith.scenario.cluster;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a played cluster came to. Times are milliseconds from the start, -1 for never.
 *
 * @param rounds allocation rounds in all
 */
public record Findings(List<Sample> samples, List<Outcome> frameworks, long rounds) {
    public Findings {
        samples = List.copyOf(samples);
        frameworks = List.copyOf(frameworks);
    }

    /**
     * One look.
     *
     * @param shareByRole dominant share, 0 to 1
     * @param waitingByFramework tasks that wait
     * @param unusedByName part of each scalar that nobody holds, 0 to 1
     */
    public record Sample(
            long at,
            SortedMap<String, Double> shareByRole,
            SortedMap<String, Integer> waitingByFramework,
            SortedMap<String, Double> unusedByName) {
        public Sample {
            shareByRole = Collections.unmodifiableSortedMap(new TreeMap<>(shareByRole));
            waitingByFramework = Collections.unmodifiableSortedMap(new TreeMap<>(waitingByFramework));
            unusedByName = Collections.unmodifiableSortedMap(new TreeMap<>(unusedByName));
        }

        /** Whether anybody waits. */
        boolean isSomebodyWaiting() {
            return waitingByFramework.values().stream().anyMatch(count -> count > 0);
        }
    }

    /**
     * What became of one framework.
     *
     * @param firstOffer time from its arrival to its first offer
     * @param waitHalf half of the tasks waited no longer for their launch
     * @param wait95 95 of 100 waited no longer
     * @param starved the longest time in which tasks waited and none was launched
     */
    public record Outcome(
            String name,
            String role,
            int tasks,
            int done,
            int running,
            int waiting,
            long firstOffer,
            long waitHalf,
            long wait95,
            long waitMax,
            long starved) {}
}
