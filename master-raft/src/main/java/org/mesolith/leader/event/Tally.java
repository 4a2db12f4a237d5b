package org.mesolith.leader.event;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskState;

/**
 * Counters of a leadership under their metric's name; gone with it, as Mesos' are with the process. Those of a
 * framework go with the framework. One thread.
 */
public final class Tally {
    /**
     * Names one counter.
     *
     * @param metric as the table of metrics has it, such as {@code master/task_<state>/source_<source>/...}
     * @param names what stands for the parts in angle brackets, in order
     */
    public record Counter(String metric, List<String> names) implements Comparable<Counter> {
        public Counter {
            names = List.copyOf(names);
        }

        @Override
        public int compareTo(Counter other) {
            int byMetric = metric.compareTo(other.metric);
            return byMetric != 0 ? byMetric : String.join("\0", names).compareTo(String.join("\0", other.names));
        }
    }

    private final SortedMap<Counter, Long> counts = new TreeMap<>();
    private final SortedMap<FrameworkId, SortedMap<Counter, Long>> byFramework = new TreeMap<>();

    /** One more. */
    public void count(String metric) {
        count(metric, 1);
    }

    /** So many more. */
    public void count(String metric, long more) {
        counts.merge(new Counter(metric, List.of()), more, Long::sum);
    }

    /** One more of those that differ by these names. */
    public void countOf(String metric, String... names) {
        counts.merge(new Counter(metric, List.of(names)), 1L, Long::sum);
    }

    /** One more of this framework's; the metric is what follows its name and id. */
    public void countFor(FrameworkId framework, String metric, String... names) {
        byFramework
                .computeIfAbsent(framework, f -> new TreeMap<>())
                .merge(new Counter(metric, List.of(names)), 1L, Long::sum);
    }

    /** A task has ended, or came to nothing, in this state as its framework sees it. */
    public void ended(FrameworkId framework, TaskState state, StatusSource source, StatusReason reason) {
        ended(framework, state);
        countOf(
                "master/task_<state>/source_<source>/reason_<reason>",
                MetricNames.state(state),
                MetricNames.source(source),
                MetricNames.reason(reason));
    }

    /** The same when nobody gave a reason. */
    public void ended(FrameworkId framework, TaskState state) {
        count("master/tasks_" + MetricNames.state(state));
        countFor(framework, "tasks/terminal/<terminal_state>", "task_" + MetricNames.state(state));
    }

    /** The framework is no more. */
    public void forget(FrameworkId framework) {
        byFramework.remove(framework);
    }

    /** No framework has this principal any more. */
    public void forgetPrincipal(String principal) {
        counts.keySet()
                .removeIf(counter -> counter.metric().startsWith("frameworks/<principal>/")
                        && counter.names().getFirst().equals(principal));
    }

    /** All that were ever counted; a view, for the loop's thread only. */
    public SortedMap<Counter, Long> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }

    /** The same of one framework. */
    public SortedMap<Counter, Long> counts(FrameworkId framework) {
        return Collections.unmodifiableSortedMap(byFramework.getOrDefault(framework, new TreeMap<>()));
    }
}
