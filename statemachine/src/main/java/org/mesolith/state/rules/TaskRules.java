package org.mesolith.state.rules;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;
import org.mesolith.state.Result.AcknowledgeVerdict;
import org.mesolith.state.Result.UpdateVerdict;
import org.mesolith.state.TaskCommand.AcknowledgeTasks.Acknowledgement;
import org.mesolith.state.TaskCommand.DropTasks.Drop;
import org.mesolith.state.TaskCommand.UpdateTasks.Update;
import org.mesolith.state.row.TaskRow;

/**
 * How tasks go on and end.
 *
 * <p>A task has two states: the latest (decides whether it holds resources; once terminal it never changes) and that of
 * the last update forwarded (decides what is acknowledged and what reconciliation answers). Mesos: {@code master.cpp},
 * updateTask.
 */
final class TaskRules {
    private TaskRules() {}

    static Outcome update(Draft draft, List<Update> updates) {
        var verdicts = new ArrayList<UpdateVerdict>(updates.size());
        for (var update : updates) {
            verdicts.add(update(draft, update));
        }
        return draft.accepted(new Result.TasksUpdated(verdicts));
    }

    private static UpdateVerdict update(Draft draft, Update update) {
        var agent = draft.before().agent(update.agent());
        if (agent == null || !agent.isRegistered()) {
            return UpdateVerdict.AGENT_UNKNOWN;
        }
        if (draft.before().framework(update.framework()) == null) {
            return UpdateVerdict.FRAMEWORK_UNKNOWN;
        }
        var row = draft.task(update.key());
        if (row == null) {
            return UpdateVerdict.TASK_UNKNOWN;
        }
        if (!row.launchedAt().equals(update.launchedAt()) || !row.agent().equals(update.agent())) {
            return UpdateVerdict.OTHER_RUN;
        }
        var advanced = advanced(draft, row, update);
        var uuid = update.status().uuid();
        if (uuid != null && uuid.equals(row.updateUuid())) {
            if (advanced.state() != row.state()) {
                draft.put(advanced);
            }
            return UpdateVerdict.REPEATED;
        }
        var updated = TaskDetails.withStatus(draft, advanced, ofOneEnd(row, kept(update.status())));
        if (uuid == null && update.status().isTerminal()) {
            draft.complete(updated);
        } else {
            draft.put(updated);
        }
        return UpdateVerdict.APPLIED;
    }

    /** An agent that could not write everything down may say less after a crash: what it said before counts. */
    private static TaskRow advanced(Draft draft, TaskRow row, Update update) {
        if (row.isTerminal()) {
            return row;
        }
        var reported = update.status().state();
        var latest = reported.isTerminal() && !update.latest().isTerminal() ? reported : update.latest();
        boolean back = latest.progress() < row.state().progress()
                && draft.before().featureLevel().includes(FeatureLevel.OPERATIONS);
        return back || latest == row.state() ? row : row.withState(latest);
    }

    /**
     * A task ends once: an agent that lost its memory and tells another end is heard as telling the first one again.
     */
    private static TaskStatus ofOneEnd(TaskRow row, TaskStatus status) {
        return row.isTerminal() && status.isTerminal() ? status.withState(row.state()) : status;
    }

    private static TaskStatus kept(TaskStatus status) {
        var message = MasterStatus.cut(status.message());
        return message.equals(status.message())
                ? status
                : new TaskStatus(
                        status.task(),
                        status.state(),
                        status.source(),
                        status.reason(),
                        message,
                        status.timestamp(),
                        status.uuid(),
                        status.agent(),
                        status.executor(),
                        status.healthy(),
                        status.rest());
    }

    static Outcome acknowledge(Draft draft, List<Acknowledgement> acknowledgements) {
        var verdicts = new ArrayList<AcknowledgeVerdict>(acknowledgements.size());
        for (var acknowledgement : acknowledgements) {
            verdicts.add(acknowledge(draft, acknowledgement));
        }
        return draft.accepted(new Result.TasksAcknowledged(verdicts));
    }

    private static AcknowledgeVerdict acknowledge(Draft draft, Acknowledgement acknowledgement) {
        var row = draft.task(acknowledgement.key());
        if (row == null) {
            return AcknowledgeVerdict.TASK_UNKNOWN;
        }
        if (!acknowledgement.uuid().equals(row.updateUuid())) {
            return AcknowledgeVerdict.OTHER_UPDATE;
        }
        var forwarded = row.updateState();
        if (forwarded == null || !forwarded.isTerminal()) {
            return AcknowledgeVerdict.ACKNOWLEDGED;
        }
        draft.complete(row);
        return AcknowledgeVerdict.COMPLETED;
    }

    static Outcome drop(Draft draft, List<Drop> drops) {
        for (var drop : drops) {
            if (!drop.state().isTerminal()) {
                return new Outcome.Rejected(
                        Reason.BAD_COMMAND,
                        "task " + drop.key() + " cannot be dropped in state " + drop.state() + ": it is not terminal");
            }
        }
        for (var drop : drops) {
            var row = draft.task(drop.key());
            if (row != null && (drop.launchedAt() == null || drop.launchedAt().equals(row.launchedAt()))) {
                endNow(draft, row, drop.state(), drop.reason(), drop.message());
            }
        }
        return draft.accepted();
    }

    /** Completes a task: in this state, or in the terminal one it has reached before. */
    static void endNow(Draft draft, TaskRow row, TaskState state, StatusReason reason, String message) {
        if (row.isTerminal()) {
            draft.complete(row);
            return;
        }
        var status = MasterStatus.of(draft, row, state, reason, message);
        draft.complete(TaskDetails.withStatus(draft, row.withState(state), status));
    }
}
