package org.mesolith.state.rules;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Ids;
import org.mesolith.model.Reserved;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;
import org.mesolith.state.row.AgentRow;

/** How agents join, come back, and change what they say of themselves. Mesos: {@code master.cpp}, (re)registerSlave. */
final class AdmissionRules {
    private AdmissionRules() {}

    static Outcome admit(Draft draft, AgentCommand.AdmitAgent command) {
        var known = command.known();
        var down = refusedDown(draft, command);
        if (down != null) {
            return down;
        }
        if (known == null) {
            return admitNew(draft, MintedIds.agent(draft), command);
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
        return row == null ? admitNew(draft, known, command) : admitAgain(draft, row, command);
    }

    private static Outcome admitNew(Draft draft, AgentId id, AgentCommand.AdmitAgent command) {
        var info = command.info();
        var made = Reserved.of(info.resources());
        var total = total(draft, info, made.isEmpty() ? command.reserved() : made);
        if (total == null) {
            return refusedSmall(id, info, command.reserved());
        }
        draft.put(AgentRow.admitted(id, info, total, draft.now(), command.address()));
        return draft.accepted(new Result.AgentAdmitted(id, false));
    }

    /** What the cluster promised counts, whatever the agent has in its checkpoint. */
    private static Outcome admitAgain(Draft draft, AgentRow row, AgentCommand.AdmitAgent command) {
        var info = command.info();
        var moved = refusedMoved(row, info);
        if (moved != null && row.isRegistered()) {
            return moved;
        }
        var total = total(draft, info, row.reserved());
        if (total == null) {
            return refusedSmall(row.id(), info, row.reserved());
        }
        draft.put(row.withInfo(info, total).withReregisteredAt(draft.now()).withAddress(command.address()));
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
        var total = total(draft, command.info(), row.reserved());
        if (total == null) {
            return refusedSmall(row.id(), command.info(), row.reserved());
        }
        if (!row.info().equals(command.info())) {
            draft.put(row.withInfo(command.info(), total));
        }
        return draft.accepted();
    }

    static Outcome reachable(Draft draft, AgentCommand.MarkAgentReachable command) {
        var row = draft.before().agent(command.agent());
        if (row == null) {
            return AgentRules.refusedUnknown(draft, command.agent(), null);
        }
        if (!row.isRegistered()) {
            draft.put(row.withReregisteredAt(draft.now()));
            takeUpTasks(draft, row.id());
        }
        return draft.accepted();
    }

    /** Unreachable tasks take up the states they had; what happened meanwhile the agent reports next. */
    private static void takeUpTasks(Draft draft, AgentId agent) {
        ExecutorRules.reachable(draft, agent, true);
        for (var task : draft.before().tasksOfAgent(agent)) {
            if (task.isUnreachable()) {
                var state = task.stateAtAgent();
                var status = MasterStatus.of(
                        draft, task, state, StatusReason.REASON_AGENT_REREGISTERED, "The agent is reachable again");
                draft.put(TaskDetails.withStatus(draft, task.withState(state), status));
            }
        }
    }

    /** What the agent has, with what operations made of it; null when it is too little for that. */
    private static @Nullable Resources total(Draft draft, AgentInfo info, Resources made) {
        return draft.before().featureLevel().includes(FeatureLevel.OPERATIONS)
                ? Reserved.on(Reserved.configured(info.resources()), made)
                : info.resources();
    }

    private static @Nullable Outcome refusedDown(Draft draft, AgentCommand.AdmitAgent command) {
        var hostname = command.info().hostname();
        return draft.before().maintenance().isDown(hostname, command.address())
                ? new Outcome.Rejected(
                        Reason.MACHINE_DOWN,
                        "machine '" + hostname + "' is down for maintenance; its agents may join when that is stopped")
                : null;
    }

    private static Outcome refusedSmall(AgentId agent, AgentInfo info, Resources reserved) {
        return new Outcome.Rejected(
                Reason.AGENT_TOO_SMALL,
                "agent " + agent + " came with {" + info.resources() + "}, and its reservations and volumes need {"
                        + Reserved.configured(reserved) + "}; start it with at least that, or end them first");
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
