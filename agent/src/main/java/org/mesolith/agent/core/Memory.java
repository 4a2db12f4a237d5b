package org.mesolith.agent.core;

import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskLifecycle.Phase;

/** Has the memory of all tasks measured, again and again, and ends those that use more than they have. */
final class Memory {
    private static final long MIB = 1 << 20;

    private final RunBook book;
    private final Executors executors;
    private final Kills kills;
    private final TaskReader reader;
    private final boolean bounds;

    Memory(RunBook book, Executors executors, Kills kills, TaskReader reader, AgentSettings settings) {
        this.book = book;
        this.executors = executors;
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
            if (max != null) {
                asked.add(new AgentEffect.MemoryBound(run.id, run.container, max));
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
        for (var run : book.all()) {
            var used = measured.over().get(run.id);
            var max = used == null ? null : max(run);
            if (used != null && max != null && used > max) {
                run.overMemory = "used " + mib(used) + " MiB of memory where " + mib(max) + " MiB are allowed";
                turn.warn(run.id + " " + run.overMemory + ": it is ended");
                kills.kill(turn, run, new KillOrder(turn.now(), Duration.ZERO, KillOrder.Cause.OVER_MEMORY));
            }
        }
        var pause = measured.took().multipliedBy(AgentSettings.MEMORY_PAUSE_FACTOR);
        var least = AgentSettings.MEMORY_INTERVAL_MIN;
        turn.wakeAfter(pause.compareTo(least) < 0 ? least : pause, new Wake.Memory());
    }

    /** What the processes of a run may use together, its tasks' part included; null when it has none or no process. */
    private @Nullable Long max(TaskRun run) {
        if (run.phase != Phase.RUNNING || run.order.under() != null) {
            return null;
        }
        long own = own(run);
        if (!run.id.executor()) {
            return own == 0 ? null : own;
        }
        long sum = own;
        for (var task : executors.tasks(run)) {
            if (!task.isEnded()) {
                sum += own(task);
            }
        }
        return sum == 0 ? null : sum;
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
