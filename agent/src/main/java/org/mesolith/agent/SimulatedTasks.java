package org.mesolith.agent;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.TaskExit;

/**
 * Takes the place of processes in benchmarks: a task runs as soon as it should be started, and ends when it is told to.
 * All else of the agent is real: its link, its checkpoints, its updates. Used on the core's queue.
 */
final class SimulatedTasks {
    private static final ProcessMark NO_PROCESS = new ProcessMark(1, 0, "simulated");
    private static final int TERM = 15;
    private static final int KILL = 9;

    private final Consumer<AgentEvent> events;
    private final Set<RunId> running = new HashSet<>();

    SimulatedTasks(Consumer<AgentEvent> events) {
        this.events = events;
    }

    /** Performs what would have to do with processes; false when somebody else must. */
    boolean takes(AgentEffect effect) {
        switch (effect) {
            case AgentEffect.Fetch fetch -> events.accept(new AgentEvent.Fetched(fetch.run()));
            case AgentEffect.Spawn spawn -> {
                running.add(spawn.run());
                events.accept(new AgentEvent.Spawned(spawn.run(), NO_PROCESS));
            }
            case AgentEffect.Adopt adopt ->
                events.accept(new AgentEvent.Exited(
                        adopt.run(), new TaskExit.Unknown("A simulated task ends with its agent's process")));
            case AgentEffect.Terminate terminate -> end(terminate.run(), TERM);
            case AgentEffect.KillTree kill -> end(kill.run(), KILL);
            case AgentEffect.CleanUp cleanUp -> events.accept(new AgentEvent.CleanedUp(cleanUp.run()));
            case AgentEffect.StopFetch _,
                    AgentEffect.Probe _,
                    AgentEffect.MeasureMemory _,
                    AgentEffect.MeasureDisk _ -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private void end(RunId run, int signal) {
        if (running.remove(run)) {
            events.accept(new AgentEvent.Exited(run, new TaskExit.Signal(signal)));
        }
    }
}
