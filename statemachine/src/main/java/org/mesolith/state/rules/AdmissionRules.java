package org.mesolith.state.rules;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Ids;
import org.mesolith.model.StatusReason;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Change;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;
import org.mesolith.state.row.AgentRow;

/** How agents join, come back, and change what they say of themselves. Mesos: {@code master.cpp}, (re)registerSlave. */
final class AdmissionRules {
    private AdmissionRules() {}

    static Outcome admit(Draft draft, AgentCommand.AdmitAgent command) {
        var known = command.known();
        if (known == null) {
            return admitNew(draft, MintedIds.agent(draft), command.info());
        }
        var problem = Ids.problem(known.value());
        if (problem != null) {
            return new Outcome.Rejected(Reason.BAD_COMMAND, "agent id '" + known + "': " + problem);
        }
        var gone = AgentRules.refusedGone(draft, known);
        if (gone != null) {
            return gone;
        }
        var row = draft.before().agent(known);
        return row == null ? admitNew(draft, known, command.info()) : admitAgain(draft, row, command.info());
    }

    private static Outcome admitNew(Draft draft, AgentId id, AgentInfo info) {
        draft.add(new Change.AgentPut(new AgentRow(id, info, info.resources(), draft.now(), null, null, false)));
        return draft.accepted(new Result.AgentAdmitted(id, false));
    }

    private static Outcome admitAgain(Draft draft, AgentRow row, AgentInfo info) {
        var moved = refusedMoved(row, info);
        if (moved != null && row.isRegistered()) {
            return moved;
        }
        draft.add(new Change.AgentPut(row.withInfo(info).withReregisteredAt(draft.now())));
        if (!row.isRegistered()) {
            takeUpTasks(draft, row.id());
        }
        return draft.accepted(new Result.AgentAdmitted(row.id(), true));
    }

    static Outcome update(Draft draft, AgentCommand.UpdateAgent command) {
        var row = draft.before().agent(command.agent());
        if (row == null || !row.isRegistered()) {
            return AgentRules.refusedUnknown(draft, command.agent(), row);
        }
        var moved = refusedMoved(row, command.info());
        if (moved != null) {
            return moved;
        }
        if (!row.info().equals(command.info())) {
            draft.add(new Change.AgentPut(row.withInfo(command.info())));
        }
        return draft.accepted();
    }

    static Outcome reachable(Draft draft, AgentCommand.MarkAgentReachable command) {
        var row = draft.before().agent(command.agent());
        if (row == null) {
            return AgentRules.refusedUnknown(draft, command.agent(), null);
        }
        if (!row.isRegistered()) {
            draft.add(new Change.AgentPut(row.withReregisteredAt(draft.now())));
            takeUpTasks(draft, row.id());
        }
        return draft.accepted();
    }

    /** Unreachable tasks take up the states they had; what happened meanwhile the agent reports next. */
    private static void takeUpTasks(Draft draft, AgentId agent) {
        for (var task : draft.before().tasksOfAgent(agent)) {
            if (task.isUnreachable()) {
                var state = task.stateAtAgent();
                var status = MasterStatus.of(
                        draft, task, state, StatusReason.REASON_AGENT_REREGISTERED, "The agent is reachable again");
                draft.put(TaskDetails.withStatus(draft, task.withState(state), status));
            }
        }
    }

    /** A registered agent cannot be on two machines. */
    private static @Nullable Outcome refusedMoved(AgentRow row, AgentInfo info) {
        if (row.info().hostname().equals(info.hostname())) {
            return null;
        }
        return new Outcome.Rejected(
                Reason.AGENT_MOVED,
                "agent " + row.id() + " is registered on host '" + row.info().hostname() + "' and came back from '"
                        + info.hostname() + "'; start it with an empty work directory, or remove the old one first");
    }
}
