package org.mesolith.agent.core;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.agent.core.TaskLifecycle.Phase;
import org.mesolith.model.Uuid;

/** Has the memory of all tasks measured, again and again, and ends those that use more than they have. */
final class Memory {
    private static final long MIB = 1 << 20;

    private final RunBook book;
    private final Kills kills;
    private final TaskReader reader;
    private final boolean bounds;

    Memory(RunBook book, Kills kills, TaskReader reader, AgentSettings settings) {
        this.book = book;
        this.kills = kills;
        this.reader = reader;
        this.bounds = settings.boundsMemory();
    }

    /** From now on. */
    void begin(Turn turn) {
        if (bounds) {
            turn.wakeAfter(AgentSettings.MEMORY_INTERVAL_MIN, new Wake.Memory());
        }
    }

    /** A timer. */
    void look(Turn turn) {
        var asked = new ArrayList<AgentEffect.MemoryBound>();
        for (var run : book.all()) {
            var max = max(run);
            var containers = max == 0 ? List.<Uuid>of() : containers(run);
            if (!containers.isEmpty()) {
                asked.add(new AgentEffect.MemoryBound(run.id, containers, max));
            }
        }
        if (asked.isEmpty()) {
            begin(turn);
        } else {
            turn.add(new AgentEffect.MeasureMemory(asked));
        }
    }

    /** All were measured. */
    void measured(Turn turn, AgentEvent.MemoryMeasured measured) {
        measured.over().forEach((id, used) -> {
            var run = book.get(id);
            long max = run == null ? 0 : max(run);
            if (run != null && max > 0 && used > max) {
                kills.over(
                        turn,
                        run,
                        KillOrder.Cause.OVER_MEMORY,
                        "used " + mib(used) + " MiB of memory where " + mib(max) + " MiB are allowed");
            }
        });
        var pause = measured.took().multipliedBy(AgentSettings.MEASURE_PAUSE_FACTOR);
        var least = AgentSettings.MEMORY_INTERVAL_MIN;
        turn.wakeAfter(pause.compareTo(least) < 0 ? least : pause, new Wake.Memory());
    }

    /**
     * What the processes of a run may use together, for an executor the part of tasks that share with it included; 0
     * for no bound.
     */
    private long max(TaskRun run) {
        boolean live = run.isBuiltIn() ? !run.isEnded() : run.phase == Phase.RUNNING;
        if (!live || run.isHosted() || (run.isShared() && !isApart(run))) {
            return 0;
        }
        long sum = own(run);
        if (run.id.executor()) {
            for (var task : book.under(run.id)) {
                if (!task.isEnded() && !isApart(task)) {
                    sum = plus(sum, own(task));
                }
            }
        }
        return sum == TaskReader.UNBOUNDED ? 0 : sum;
    }

    private static long plus(long some, long more) {
        boolean bounded = some != TaskReader.UNBOUNDED && more != TaskReader.UNBOUNDED;
        return bounded ? some + more : TaskReader.UNBOUNDED;
    }

    /** True for a task of a group that is bounded by itself. */
    private boolean isApart(TaskRun run) {
        var known = run.apart;
        if (known == null) {
            known = run.isShared() && !reader.sharesMemory(run.order.taskInfo());
            run.apart = known;
        }
        return known;
    }

    /** Where its processes are; those of a built-in executor are its tasks'. */
    private List<Uuid> containers(TaskRun run) {
        if (!run.isBuiltIn()) {
            return List.of(run.container);
        }
        return book.under(run.id).stream()
                .filter(task -> task.process != null && !task.isEnded() && !isApart(task))
                .map(task -> task.container)
                .toList();
    }

    private long own(TaskRun run) {
        if (run.memoryBytes < 0) {
            var read = reader.memory(run.order.taskInfo());
            run.memoryBytes = read == null ? 0 : read;
        }
        return run.memoryBytes;
    }

    /** Rounded up: what is over a bound must not look as if it were not. */
    private static long mib(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }
}
