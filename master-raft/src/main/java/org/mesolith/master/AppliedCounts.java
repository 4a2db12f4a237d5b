package org.mesolith.master;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.mesolith.metrics.Sample;
import org.mesolith.model.TaskState;
import org.mesolith.state.Change;
import org.mesolith.state.CommandKind;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Outcome;

/**
 * Counts what this master has applied since its process started. Every master applies the same commands, so these
 * numbers go on where they are when another one leads. Any thread.
 */
final class AppliedCounts {
    private final Map<CommandKind, LongAdder> accepted = zeros(CommandKind.class);
    private final Map<CommandKind, LongAdder> refused = zeros(CommandKind.class);
    private final Map<TaskState, LongAdder> completed = zeros(TaskState.class);

    private static <E extends Enum<E>> Map<E, LongAdder> zeros(Class<E> kinds) {
        var zeros = new EnumMap<E, LongAdder>(kinds);
        for (var kind : kinds.getEnumConstants()) {
            zeros.put(kind, new LongAdder());
        }
        return zeros;
    }

    private static <E> void more(Map<E, LongAdder> counts, E kind) {
        var count = counts.get(kind);
        if (count != null) {
            count.increment();
        }
    }

    void applied(LogEntry entry, Outcome outcome) {
        var kind = CommandKind.of(entry.command());
        switch (outcome) {
            case Outcome.Rejected _ -> more(refused, kind);
            case Outcome.Accepted(var changes, var _) -> {
                more(accepted, kind);
                for (var change : changes) {
                    if (change instanceof Change.CompletedTaskPut(var task)) {
                        more(completed, task.task().state());
                    }
                }
            }
        }
    }

    List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        for (var kind : CommandKind.values()) {
            add(samples, "commands", "kind", kind, accepted, "Commands applied by this process and accepted.");
            add(samples, "commands_refused", "kind", kind, refused, "Commands applied by this process and refused.");
        }
        for (var state : TaskState.values()) {
            if (state.isTerminal()) {
                add(samples, "tasks_completed", "state", state, completed, "Tasks completed, as this process applied.");
            }
        }
        return samples;
    }

    private static <E extends Enum<E>> void add(
            List<Sample> samples, String what, String label, E kind, Map<E, LongAdder> counts, String help) {
        var name = kind.name().toLowerCase(Locale.ROOT);
        var count = counts.get(kind);
        samples.add(new Sample(
                "applied/" + what + "/" + name,
                Sample.Kind.COUNTER,
                help,
                count == null ? 0 : count.sum(),
                "applied/" + what,
                List.of(new Sample.Label(label, name))));
    }
}
