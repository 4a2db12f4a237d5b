package org.mesolith.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.state.row.DrainPlan.Part;
import org.mesolith.state.row.DrainPlan.State;
import org.mesolith.state.row.DrainPlan.Step;

/**
 * What must hold of emptying agents: plans only go forward and never empty more agents than was said, nobody but an
 * operator gives an agent back, and nothing is launched on one that is not in use.
 */
final class DrainWatch {
    private DrainWatch() {}

    static void changed(Registry before, Command command, List<Change> changes, Registry after) {
        for (var change : changes) {
            switch (change) {
                case Change.DrainPlanPut(var plan) -> goesOn(before.drainPlan(plan.number()), plan, command, after);
                case Change.AgentPut(var agent) -> staysEmptied(before.agent(agent.id()), agent, command);
                case Change.TaskPut(var task) -> {
                    var row = before.agent(task.agent());
                    boolean launched = command instanceof FrameworkCommand.AcceptOffers
                            && before.task(task.framework(), task.id()) == null;
                    Must.hold(
                            !launched || row == null || !row.deactivated(),
                            () -> "launched on an agent that is not in use: " + task + " on " + row);
                }
                default -> {}
            }
        }
    }

    private static void goesOn(@Nullable DrainPlan known, DrainPlan plan, Command command, Registry after) {
        batchByBatch(plan);
        if (known == null) {
            Must.hold(command instanceof MaintenanceCommand.PlanDrain, () -> "a plan of nobody: " + plan);
        } else {
            Must.hold(mayFollow(known.state(), plan.state()), () -> "a plan went back: " + known + " -> " + plan);
            Must.hold(
                    known.parts().size() == plan.parts().size() && known.maxUnavailable() == plan.maxUnavailable(),
                    () -> "a plan became another: " + known + " -> " + plan);
        }
        boolean cancels = plan.state() == State.CANCELLED;
        for (int at = 0; at < plan.parts().size(); at++) {
            var part = plan.parts().get(at);
            var was = known == null
                    ? new Part(part.agent(), part.batch(), Step.WAITING, false)
                    : known.parts().get(at);
            Must.hold(
                    was.agent().equals(part.agent()) && was.batch() == part.batch(),
                    () -> "a plan became another: " + known + " -> " + plan);
            Must.hold(
                    mayFollow(was.step(), part.step(), cancels),
                    () -> "an agent of a plan went back: " + was + " -> " + part + " in " + plan);
            if (was.step() != part.step()) {
                fits(part, after, plan);
            }
        }
    }

    private static boolean mayFollow(State was, State is) {
        return switch (was) {
            case RUNNING, PAUSED -> true;
            case DONE, LATE -> is == State.CANCELLED;
            case CANCELLED -> false;
        };
    }

    private static boolean mayFollow(Step was, Step is, boolean cancels) {
        if (was == is) {
            return true;
        }
        return switch (was) {
            case WAITING -> is == Step.DRAINING || is == Step.SKIPPED || is == Step.GONE;
            case DRAINING -> is != Step.WAITING && (cancels || is != Step.SKIPPED);
            case DRAINED -> cancels && (is == Step.RETURNED || is == Step.SKIPPED || is == Step.GONE);
            case SKIPPED, GONE, RETURNED -> false;
        };
    }

    /** At most so many are emptied at a time, and none before all agents of earlier batches are over. */
    private static void batchByBatch(DrainPlan plan) {
        if (!plan.state().isOpen()) {
            return;
        }
        int draining = plan.count(Step.DRAINING);
        Must.hold(draining <= plan.maxUnavailable(), () -> "too many agents are emptied at a time: " + plan);
        int open = plan.batch();
        Must.hold(
                plan.parts().stream().noneMatch(part -> part.batch() > open && part.step() == Step.DRAINING),
                () -> "a batch began before the one before it was over: " + plan);
    }

    /** What a plan says of an agent is so. */
    private static void fits(Part part, Registry after, DrainPlan plan) {
        var row = after.agent(part.agent());
        var drain = row == null ? null : row.drain();
        boolean so = switch (part.step()) {
            case DRAINING -> row != null && row.deactivated() && drain != null && plan.isOwn(drain);
            case DRAINED ->
                row != null
                        && drain != null
                        && drain.drained()
                        && !after.tasksOfAgent(part.agent()).iterator().hasNext();
            case RETURNED -> row != null && drain == null;
            case GONE -> row == null;
            case WAITING, SKIPPED -> true;
        };
        Must.hold(so, () -> "a plan says " + part + ", and the agent is " + row);
    }

    /** A change of the leader, and whatever else is no operator's word, leaves an emptied agent as it is. */
    private static void staysEmptied(@Nullable AgentRow known, AgentRow agent, Command command) {
        var was = known == null ? null : known.drain();
        if (was == null) {
            return;
        }
        boolean back = agent.drain() == null || (was.drained() && !agent.drain().drained());
        boolean ordered = command instanceof AgentCommand.ReactivateAgent
                || command instanceof MaintenanceCommand.SteerDrain
                || command instanceof MaintenanceCommand.DrainAgent;
        Must.hold(!back || ordered, () -> "an agent was given back by " + command + ": " + known + " -> " + agent);
        Must.hold(
                agent.drain() == null || agent.deactivated(),
                () -> "an agent is emptied and in use: " + agent + " after " + command);
    }
}
