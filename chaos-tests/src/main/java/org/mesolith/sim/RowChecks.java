package org.mesolith.sim;

import java.util.List;
import java.util.TreeSet;
import org.mesolith.model.AgentId;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.DeclarationCommand;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.Registry;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.Result;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.TaskRow;

/** What must hold of every change of the registry; looks only at what changed. */
final class RowChecks {
    private final TreeSet<AgentId> ids = new TreeSet<>();

    /** Whoever comes without an id is given one that nobody ever had. */
    void admitted(Command command, Result result) {
        if (command instanceof AgentCommand.AdmitAgent admit && result instanceof Result.AgentAdmitted(var id, var _)) {
            boolean first = ids.add(id);
            Must.hold(first || admit.known() != null, () -> "the id of another agent was given again: " + id);
        }
    }

    /** A command was accepted and made these changes. */
    void changed(Registry before, Command command, List<Change> changes, Registry after) {
        var completed = new TreeSet<TaskKey>();
        for (var change : changes) {
            switch (change) {
                case Change.TaskPut(var task) -> goesOn(before, task);
                case Change.CompletedTaskPut(var ended) -> {
                    completed.add(ended.task().key());
                    var state = ended.task().state();
                    Must.hold(
                            state.isTerminal() || state == TaskState.TASK_UNREACHABLE,
                            () -> "task " + ended.task() + " is completed and has not ended");
                }
                case Change.AgentPut(var agent) -> keepsReservations(before, command, agent);
                default -> {}
            }
        }
        uses(changes, after);
        for (var change : changes) {
            if (change instanceof Change.TaskRemoved(var task)) {
                Must.hold(
                        completed.contains(task) || after.framework(task.framework()) == null,
                        () -> "task " + task + " vanished without an end");
            }
        }
    }

    /** What counts as used of an agent is what its tasks and executors hold. */
    private static void uses(List<Change> changes, Registry after) {
        var touched = new TreeSet<AgentId>();
        for (var change : changes) {
            switch (change) {
                case Change.TaskPut(var task) -> touched.add(task.agent());
                case Change.CompletedTaskPut(var ended) ->
                    touched.add(ended.task().agent());
                case Change.ExecutorPut(var executor) -> touched.add(executor.agent());
                default -> {}
            }
        }
        for (var agent : touched) {
            var held = Resources.EMPTY;
            for (var task : after.tasksOfAgent(agent)) {
                held = task.holdsResources() ? held.plus(task.resources().unallocated()) : held;
            }
            for (var executor : after.executorsOfAgent(agent)) {
                held = executor.holdsResources()
                        ? held.plus(executor.resources().unallocated())
                        : held;
            }
            var own = held;
            var used = after.allocated(agent).unallocated();
            Must.hold(own.isSameAs(used), () -> "tasks of agent " + agent + " hold " + own + ", it counts " + used);
        }
    }

    /** A run's state does not go back, and not on after its end. */
    private static void goesOn(Registry before, TaskRow task) {
        var known = before.task(task.framework(), task.id());
        if (known == null || !known.launchedAt().equals(task.launchedAt())) {
            Must.hold(known == null, () -> "the id of a task that has not completed was used again: " + task);
            return;
        }
        if (known.isTerminal()) {
            Must.hold(task.state() == known.state(), () -> "another state after the end: " + known + " -> " + task);
        }
        Must.hold(known.agent().equals(task.agent()), () -> "a run moved: " + known + " -> " + task);
        Must.hold(
                known.resources().equals(task.resources()),
                () -> "a run's resources changed: " + known + " -> " + task);
        if (!task.isUnreachable() && !known.isUnreachable()) {
            Must.hold(
                    task.state().progress() >= known.state().progress(),
                    () -> "a state went back: " + known + " -> " + task);
        }
    }

    /** Reservations and volumes come and go by operations alone. */
    private static void keepsReservations(Registry before, Command command, AgentRow agent) {
        var known = before.agent(agent.id());
        boolean operation = command instanceof FrameworkCommand.AcceptOffers
                || command instanceof ReservationCommand
                || command instanceof DeclarationCommand;
        Must.hold(
                known == null || operation || known.reserved().isSameAs(agent.reserved()),
                () -> "reservations changed by " + command + ": " + known + " -> " + agent);
    }
}
