package org.mesolith.state.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Change;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.row.AgentRow;

/** How agents fall silent and leave, and what becomes of their tasks. */
final class AgentRules {
    private AgentRules() {}

    static Outcome unreachable(Draft draft, AgentCommand.MarkAgentsUnreachable command) {
        var done = new TreeSet<AgentId>();
        for (var silent : command.agents()) {
            var row = draft.before().agent(silent.agent());
            boolean cameBack = row != null && row.admittedAt().isAfter(silent.lastSeen());
            if (row == null || !row.isRegistered() || cameBack || !done.add(silent.agent())) {
                continue;
            }
            draft.put(row.withUnreachableSince(draft.now()));
            ExecutorRules.reachable(draft, row.id(), false);
            for (var task : draft.before().tasksOfAgent(row.id())) {
                if (task.holdsResources()) {
                    var status = MasterStatus.of(
                            draft,
                            task,
                            TaskState.TASK_UNREACHABLE,
                            StatusReason.REASON_AGENT_REMOVED,
                            "The agent is unreachable");
                    draft.put(TaskDetails.withStatus(draft, task.unreachable(), status));
                }
            }
        }
        return draft.accepted();
    }

    static Outcome gone(Draft draft, AgentId agent) {
        var refused = refusedGone(draft, agent);
        var row = draft.before().agent(agent);
        if (refused != null || row == null) {
            return refused != null ? refused : refusedUnknown(draft, agent, null);
        }
        endTasks(
                draft,
                row,
                TaskState.TASK_GONE_BY_OPERATOR,
                StatusReason.REASON_AGENT_REMOVED_BY_OPERATOR,
                "The agent was marked gone by an operator");
        draft.markGone(row);
        return draft.accepted();
    }

    static Outcome removed(Draft draft, AgentId agent) {
        var row = draft.before().agent(agent);
        if (row == null) {
            return refusedUnknown(draft, agent, null);
        }
        endTasks(draft, row, TaskState.TASK_LOST, StatusReason.REASON_AGENT_REMOVED, "The agent has left the cluster");
        draft.remove(row);
        return draft.accepted();
    }

    /** From a certain level on it ends draining too, and is refused where there is nothing to end. */
    static Outcome reactivated(Draft draft, AgentId agent) {
        return draft.before().featureLevel().includes(FeatureLevel.OPERATIONS)
                ? MaintenanceRules.reactivate(draft, agent)
                : deactivated(draft, agent, false);
    }

    static Outcome deactivated(Draft draft, AgentId agent, boolean yes) {
        var row = draft.before().agent(agent);
        if (row == null) {
            return refusedUnknown(draft, agent, null);
        }
        if (row.deactivated() != yes) {
            draft.put(row.withDeactivated(yes));
        }
        return draft.accepted();
    }

    /**
     * Tasks end as told, but for those that have ended before; nobody is left to acknowledge to, so all are completed.
     */
    static void endTasks(Draft draft, AgentRow row, TaskState state, StatusReason reason, String message) {
        for (var task : draft.before().tasksOfAgent(row.id())) {
            TaskRules.endNow(draft, task, state, reason, message);
        }
    }

    static Outcome prune(Draft draft, AgentCommand.PruneAgents command) {
        if (command.keepMax() < 0) {
            return new Outcome.Rejected(Reason.BAD_COMMAND, "keepMax must not be negative: " + command.keepMax());
        }
        var unreachable = new ArrayList<Marked>();
        for (var row : draft.before().agents()) {
            if (!row.isRegistered()) {
                var since = Check.present(row.unreachableSince(), "time of an unreachable agent");
                unreachable.add(new Marked(row.id(), since));
            }
        }
        for (var agent : tooOld(unreachable, command)) {
            for (var task : draft.before().tasksOfAgent(agent)) {
                draft.forget(task);
            }
            draft.remove(Check.present(draft.before().agent(agent), "agent to be pruned"));
        }
        var gone = new ArrayList<Marked>();
        for (var row : draft.before().goneAgents()) {
            gone.add(new Marked(row.id(), row.since()));
        }
        for (var agent : tooOld(gone, command)) {
            draft.add(new Change.GoneAgentRemoved(agent));
        }
        return draft.accepted();
    }

    private record Marked(AgentId agent, Instant since) {}

    private static List<AgentId> tooOld(List<Marked> marked, AgentCommand.PruneAgents command) {
        marked.sort(Comparator.comparing(Marked::since).thenComparing(Marked::agent));
        int surplus = marked.size() - command.keepMax();
        var old = new ArrayList<AgentId>();
        for (var one : marked) {
            if (old.size() < surplus || one.since().isBefore(command.before())) {
                old.add(one.agent());
            }
        }
        return old;
    }

    static @Nullable Outcome refusedGone(Draft draft, AgentId agent) {
        var gone = draft.before().goneAgent(agent);
        return gone == null
                ? null
                : new Outcome.Rejected(
                        Reason.AGENT_GONE,
                        "agent " + agent + " was marked gone at " + gone.since()
                                + "; its id can never come back, start it with an empty work directory");
    }

    static Outcome refusedUnknown(Draft draft, AgentId agent, @Nullable AgentRow row) {
        if (row != null) {
            return new Outcome.Rejected(
                    Reason.AGENT_UNREACHABLE,
                    "agent " + agent + " is unreachable since " + row.unreachableSince() + "; it must come back first");
        }
        var gone = refusedGone(draft, agent);
        return gone != null
                ? gone
                : new Outcome.Rejected(
                        Reason.AGENT_UNKNOWN,
                        "agent " + agent + " is not admitted; `meso agent ls` lists those that are");
    }
}
