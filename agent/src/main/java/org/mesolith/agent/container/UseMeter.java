package org.mesolith.agent.container;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.api.ProcessUse;
import org.mesolith.model.Uuid;

/**
 * What the processes of containers use, when somebody asks. Who asks again within half a second is told the same:
 * however many ask, the kernel is asked twice a second. Any thread, one at a time.
 */
public final class UseMeter {
    private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();

    private final ProcessTrees trees;
    private final MemoryMeter.Supervisors supervisors;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Uuid, Read> last = new HashMap<>();

    private record Read(long atNanos, ProcessUse use) {}

    UseMeter(ProcessTrees trees, MemoryMeter.Supervisors supervisors) {
        this.trees = trees;
        this.supervisors = supervisors;
    }

    /** Of these containers together; of one that is gone nothing. */
    public ProcessUse of(Collection<Uuid> containers) {
        var sum = ProcessUse.NOTHING;
        lock.lock();
        try {
            long now = System.nanoTime();
            // What is older is of no use to anybody: the map never holds more than half a second's answers.
            last.values().removeIf(read -> now - read.atNanos >= FRESH_NANOS);
            for (var container : containers) {
                sum = sum.plus(last.computeIfAbsent(container, id -> new Read(now, measured(id)))
                        .use());
            }
        } finally {
            lock.unlock();
        }
        return sum;
    }

    private ProcessUse measured(Uuid container) {
        ProcessMark supervisor;
        try {
            supervisor = supervisors.of(container);
        } catch (IOException gone) {
            return ProcessUse.NOTHING;
        }
        List<Long> pids = trees.processes(container, supervisor);
        var use = ProcessTable.use(pids);
        return new ProcessUse(
                use.processes(), use.threads(), use.userMillis(), use.systemMillis(), ProcessTable.memory(pids));
    }
}
