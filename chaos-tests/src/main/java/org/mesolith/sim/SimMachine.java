package org.mesolith.sim;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.TaskExit;
import org.mesolith.model.Uuid;
import org.mesolith.sim.plan.Dice;

/**
 * An agent's machine: the processes of its tasks, each under a supervisor that outlives the agent. What was started,
 * and how it ended, is on disk; a container's mark is made once, so nothing is started twice.
 */
final class SimMachine {
    private static final Comparator<Uuid> BY_VALUE =
            Comparator.comparingLong(Uuid::high).thenComparingLong(Uuid::low);

    /** One container. */
    private static final class Container {
        private final RunId run;
        private final TaskShape.OnTerm onTerm;
        private final @Nullable ProcessMark process;
        private @Nullable TaskExit exit;

        /** A process that runs. */
        Container(RunId run, TaskShape.OnTerm onTerm, ProcessMark process) {
            this.run = run;
            this.onTerm = onTerm;
            this.process = process;
        }

        /** One that was never started and never will be. */
        Container(RunId run, String why) {
            this.run = run;
            this.onTerm = TaskShape.OnTerm.IGNORES;
            this.process = null;
            this.exit = new TaskExit.NotStarted(why);
        }
    }

    /** The agent process that wants to hear of a container; dead ones hear nothing. */
    private record Watcher(BooleanSupplier alive, Consumer<AgentEvent> hears) {}

    private final String name;
    private final SimClock clock;
    private final Dice dice;
    private final Invariants invariants;
    private final TreeMap<Uuid, Container> containers = new TreeMap<>(BY_VALUE);
    private final TreeMap<Uuid, Watcher> watchers = new TreeMap<>(BY_VALUE);
    private long lastPid;
    private int boots = 1;

    SimMachine(String name, SimClock clock, Dice dice, Invariants invariants) {
        this.name = name;
        this.clock = clock;
        this.dice = dice;
        this.invariants = invariants;
    }

    /** Runs whose process is alive. */
    List<RunId> running() {
        return containers.values().stream()
                .filter(container -> container.exit == null)
                .map(container -> container.run)
                .toList();
    }

    /** How the process of a run ended; null when it lives or never was. */
    @Nullable
    TaskExit exit(RunId run) {
        for (var container : containers.values()) {
            if (container.run.equals(run)) {
                return container.exit;
            }
        }
        return null;
    }

    /** Starts a process unless the container has its mark; tells what is there. */
    void spawn(AgentEffect.Spawn order, BooleanSupplier alive, Consumer<AgentEvent> hears) {
        var id = order.container();
        watchers.put(id, new Watcher(alive, hears));
        clock.after(dice.between(Duration.ofMillis(1), Duration.ofMillis(40)), () -> {
            if (!alive.getAsBoolean() && dice.oneIn(2)) {
                return; // The agent died before it had started the supervisor.
            }
            if (!containers.containsKey(id)) {
                begin(order);
            }
            tell(id);
        });
    }

    private void begin(AgentEffect.Spawn order) {
        var run = order.run();
        var id = order.container();
        var shape = TaskShape.parse(order.spec().command().value());
        if (dice.oneIn(60)) {
            containers.put(id, new Container(run, "cannot fork"));
            return;
        }
        invariants.processStarted(run, order.agent(), name);
        var process = new ProcessMark(++lastPid, clock.elapsed().toMillis(), name + "-" + boots);
        var container = new Container(run, shape.onTerm(), process);
        containers.put(id, container);
        clock.after(shape.runsFor(), () -> end(id, container, new TaskExit.Status(shape.status())));
    }

    /** Looks for the process of an earlier agent process; one that was never started never will be. */
    void adopt(RunId run, Uuid id, BooleanSupplier alive, Consumer<AgentEvent> hears) {
        watchers.put(id, new Watcher(alive, hears));
        clock.after(dice.between(Duration.ZERO, Duration.ofMillis(10)), () -> {
            containers.computeIfAbsent(id, fresh -> new Container(run, "was not started before"));
            tell(id);
        });
    }

    private void tell(Uuid id) {
        var container = containers.get(id);
        if (container == null) {
            return;
        }
        if (container.process != null && (container.exit == null || dice.oneIn(2))) {
            say(id, new AgentEvent.Spawned(container.run, container.process));
        }
        if (container.exit != null) {
            say(id, new AgentEvent.Exited(container.run, container.exit));
        }
    }

    private void say(Uuid id, AgentEvent event) {
        var watcher = watchers.get(id);
        if (watcher != null && watcher.alive().getAsBoolean()) {
            watcher.hears().accept(event);
        }
    }

    private void end(Uuid id, Container container, TaskExit how) {
        if (container.exit != null) {
            return;
        }
        container.exit = how;
        clock.after(
                dice.between(Duration.ZERO, Duration.ofMillis(10)),
                () -> say(id, new AgentEvent.Exited(container.run, how)));
    }

    /** TERM to all processes of a container. */
    void terminate(Uuid id) {
        var container = containers.get(id);
        if (container != null && container.onTerm != TaskShape.OnTerm.IGNORES) {
            var how = container.onTerm == TaskShape.OnTerm.DIES ? new TaskExit.Signal(15) : new TaskExit.Status(0);
            clock.after(dice.between(Duration.ZERO, Duration.ofMillis(200)), () -> end(id, container, how));
        }
    }

    /** KILL to all processes of a container. */
    void kill(Uuid id) {
        var container = containers.get(id);
        if (container != null) {
            clock.after(
                    dice.between(Duration.ZERO, Duration.ofMillis(5)),
                    () -> end(id, container, new TaskExit.Signal(9)));
        }
    }

    /** Removes what is left of a container's processes. */
    void cleanUp(RunId run, Uuid id) {
        kill(id);
        clock.after(
                dice.between(Duration.ofMillis(5), Duration.ofMillis(30)),
                () -> say(id, new AgentEvent.CleanedUp(run)));
    }

    /** The machine is switched off and on: no process is left. */
    void reboot() {
        boots++;
        for (var container : containers.values()) {
            if (container.exit == null) {
                container.exit = new TaskExit.Rebooted();
            }
        }
    }
}
