package org.mesolith.agent.container;

import java.io.IOException;
import java.time.Duration;
import java.util.TreeMap;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.agent.core.RunId;
import org.mesolith.model.Uuid;

/** Measures the memory of containers. Any thread. */
final class MemoryMeter {
    private final ProcessTrees trees;
    private final Supervisors supervisors;

    /** Finds the supervisor of a container. */
    interface Supervisors {
        ProcessMark of(Uuid container) throws IOException;
    }

    MemoryMeter(ProcessTrees trees, Supervisors supervisors) {
        this.trees = trees;
        this.supervisors = supervisors;
    }

    /** Which of these use more than they may. */
    AgentEvent.MemoryMeasured measure(AgentEffect.MeasureMemory order) throws IOException {
        long began = System.nanoTime();
        var over = new TreeMap<RunId, Long>();
        for (var bound : order.bounds()) {
            long used = 0;
            for (var container : bound.containers()) {
                used += ProcessTable.memory(trees.processes(container, supervisors.of(container)));
            }
            if (used > bound.bytes()) {
                over.put(bound.run(), used);
            }
        }
        return new AgentEvent.MemoryMeasured(over, Duration.ofNanos(System.nanoTime() - began));
    }
}
