package org.mesolith.state.rules;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Ids;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;
import org.mesolith.state.Change;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;
import org.mesolith.state.row.CompletedFramework;
import org.mesolith.state.row.FrameworkRow;

/** How frameworks come, change, and end. */
final class FrameworkRules {
    private FrameworkRules() {}

    static Outcome subscribe(Draft draft, FrameworkCommand.SubscribeFramework command) {
        var given = command.id();
        if (given == null) {
            return subscribeNew(draft, MintedIds.framework(draft), command.info());
        }
        var problem = Ids.problem(given.value());
        if (problem != null) {
            return new Outcome.Rejected(Reason.BAD_COMMAND, "framework id '" + given + "': " + problem);
        }
        var completed = refusedCompleted(draft, given);
        if (completed != null) {
            return completed;
        }
        var row = draft.before().framework(given);
        return row == null ? subscribeNew(draft, given, command.info()) : subscribeAgain(draft, row, command.info());
    }

    private static Outcome subscribeNew(Draft draft, FrameworkId id, FrameworkInfo info) {
        draft.add(new Change.FrameworkPut(new FrameworkRow(info.withId(id), draft.now(), null, null)));
        return draft.accepted(new Result.FrameworkSubscribed(id, false));
    }

    /** Everything may change but the principal (an error) and user and checkpoint (kept silently). */
    private static Outcome subscribeAgain(Draft draft, FrameworkRow row, FrameworkInfo info) {
        var fixed = refusedPrincipal(row, info);
        if (fixed != null) {
            return fixed;
        }
        var old = row.info();
        var merged = new FrameworkInfo(
                row.id(),
                old.user(),
                info.name(),
                info.roles(),
                info.capabilities(),
                info.failoverTimeout(),
                old.checkpoint(),
                old.principal(),
                info.hostname(),
                info.raw());
        draft.add(new Change.FrameworkPut(row.withInfo(merged).withReregisteredAt(draft.now())));
        return draft.accepted(new Result.FrameworkSubscribed(row.id(), true));
    }

    static Outcome update(Draft draft, FrameworkCommand.UpdateFramework command) {
        var row = draft.before().framework(command.framework());
        if (row == null) {
            return refusedUnknown(draft, command.framework());
        }
        var fixed = refusedPrincipal(row, command.info());
        if (fixed != null) {
            return fixed;
        }
        if (!row.info().user().equals(command.info().user())) {
            return refusedFixed(row, "user", row.info().user(), command.info().user());
        }
        if (row.info().checkpoint() != command.info().checkpoint()) {
            return refusedFixed(
                    row,
                    "checkpoint",
                    String.valueOf(row.info().checkpoint()),
                    String.valueOf(command.info().checkpoint()));
        }
        var changed = command.info().withId(row.id());
        if (!changed.equals(row.info())) {
            draft.add(new Change.FrameworkPut(row.withInfo(changed)));
        }
        return draft.accepted();
    }

    /** The first moment counts: a second disconnection without a subscription between is none. */
    static Outcome disconnect(Draft draft, FrameworkId framework, Instant since) {
        var row = draft.before().framework(framework);
        if (row == null) {
            return refusedUnknown(draft, framework);
        }
        if (row.disconnectedSince() == null) {
            draft.add(new Change.FrameworkPut(row.withDisconnectedSince(since)));
        }
        return draft.accepted();
    }

    static Outcome timeOut(Draft draft, FrameworkCommand.TimeOutFramework command) {
        var row = draft.before().framework(command.framework());
        if (row == null) {
            return refusedUnknown(draft, command.framework());
        }
        if (!command.disconnectedSince().equals(row.disconnectedSince())) {
            return new Outcome.Rejected(
                    Reason.FRAMEWORK_NOT_DISCONNECTED,
                    "framework " + row.id() + " is "
                            + (row.disconnectedSince() == null
                                    ? "connected"
                                    : "disconnected since " + row.disconnectedSince())
                            + ", not disconnected since " + command.disconnectedSince());
        }
        return end(draft, row);
    }

    static Outcome tearDown(Draft draft, FrameworkId framework) {
        var row = draft.before().framework(framework);
        return row == null ? refusedUnknown(draft, framework) : end(draft, row);
    }

    private static Outcome end(Draft draft, FrameworkRow row) {
        int surplus = draft.before().taskCount(row.id()) - Limits.COMPLETED_TASKS_PER_FRAMEWORK_MAX;
        for (var task : draft.before().tasksOfFramework(row.id())) {
            if (surplus-- > 0) {
                // It would be forgotten in this very command: a framework may have had half a million tasks.
                draft.forget(task);
            } else {
                TaskRules.endNow(
                        draft, task, TaskState.TASK_KILLED, StatusReason.REASON_FRAMEWORK_REMOVED, "Framework removed");
            }
        }
        ExecutorRules.endAll(draft, row.id());
        for (var operation : draft.before().operationsOf(row.id())) {
            draft.forget(operation);
        }
        draft.add(new Change.FrameworkRemoved(row.id()));
        if (draft.before().completedFrameworkCount() >= Limits.COMPLETED_FRAMEWORKS_MAX) {
            forgetOldest(draft);
        }
        draft.count(draft.counters().withCompleted(draft.counters().completed() + 1));
        draft.add(new Change.CompletedFrameworkPut(
                new CompletedFramework(draft.counters().completed(), row, draft.now())));
        return draft.accepted();
    }

    private static void forgetOldest(Draft draft) {
        CompletedFramework oldest = null;
        for (var framework : draft.before().completedFrameworks()) {
            oldest = oldest == null || framework.sequence() < oldest.sequence() ? framework : oldest;
        }
        if (oldest == null) {
            return;
        }
        var id = oldest.framework().id();
        for (var task : draft.before().completedTasks(id)) {
            draft.add(new Change.CompletedTaskRemoved(id, task.sequence()));
            draft.add(Change.TaskDetailsRemoved.of(task.task()));
        }
        draft.add(new Change.CompletedFrameworkRemoved(id));
    }

    private static @Nullable Outcome refusedPrincipal(FrameworkRow row, FrameworkInfo info) {
        return Objects.equals(row.info().principal(), info.principal())
                ? null
                : refusedFixed(row, "principal", row.info().principal(), info.principal());
    }

    private static Outcome refusedFixed(FrameworkRow row, String field, @Nullable String is, @Nullable String asked) {
        return new Outcome.Rejected(
                Reason.FRAMEWORK_FIELD_FIXED,
                "framework " + row.id() + " cannot change its " + field + " from '" + is + "' to '" + asked
                        + "'; subscribe as a new framework instead");
    }

    static Outcome refusedUnknown(Draft draft, FrameworkId framework) {
        var completed = refusedCompleted(draft, framework);
        return completed != null
                ? completed
                : new Outcome.Rejected(
                        Reason.FRAMEWORK_UNKNOWN, "framework " + framework + " is not known; it must subscribe first");
    }

    private static @Nullable Outcome refusedCompleted(Draft draft, FrameworkId framework) {
        var completed = draft.before().completedFramework(framework);
        return completed == null
                ? null
                : new Outcome.Rejected(
                        Reason.FRAMEWORK_COMPLETED,
                        "Framework has been removed: " + framework + " ended at " + completed.completedAt()
                                + "; subscribe without an id to get a new one");
    }
}
