package org.mesolith.leader.task;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.DetailsRead;
import org.mesolith.leader.event.LeaderEvent.FrameworkAsked;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.leader.event.MasterStatus;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.StatusParts;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.state.row.TaskRow;

/**
 * Answers to RECONCILE. Tasks are replicated, so a new leader knows them all and answers at once; Mesos stays silent
 * about agents that it still waits for. Source: Mesos {@code reconciliation.md}.
 */
final class TaskAnswers {
    private final Present present;
    private final Launching launching;
    private final Tally tally;
    private final Questions questions;

    TaskAnswers(Present present, Launching launching, Tally tally) {
        this.present = present;
        this.launching = launching;
        this.tally = tally;
        this.questions = new Questions(tally);
    }

    /** RECONCILE: of the tasks named, or of all. */
    List<Effect> reconcile(FrameworkAsked asked, SchedulerCall.Reconcile call) {
        tally.count("master/messages_reconcile_tasks");
        var effects = new ArrayList<Effect>();
        effects.add(new Answer(asked.request(), new Reply.Accepted()));
        var known = new ArrayList<TaskRow>();
        for (var task : call.tasks()) {
            var row = present.registry().task(asked.framework(), task.task());
            if (row != null && !row.isUnreachable()) {
                known.add(row);
            } else {
                effects.add(about(asked.framework(), task.task(), task.agent()));
            }
        }
        if (call.tasks().isEmpty()) {
            for (var row : present.registry().tasksOfFramework(asked.framework())) {
                if (!row.isUnreachable()) {
                    known.add(row);
                }
            }
        }
        effects.addAll(questions.ask(known, present.now()));
        return effects;
    }

    /** It is time to read on. */
    List<Effect> due() {
        return questions.due(present.now());
    }

    /** What the newest statuses of tasks say was read; meanwhile the tasks may have gone on. */
    List<Effect> read(DetailsRead read) {
        var effects = new ArrayList<Effect>(questions.answered());
        for (var detail : read.details()) {
            var asked = detail.task();
            var row = present.registry().task(asked.key());
            if (row == null || row.isUnreachable()) {
                effects.add(about(asked.framework(), asked.id(), asked.agent()));
            } else {
                var last = detail.last();
                effects.add(tell(
                        row.framework(),
                        last == null
                                ? latest(row)
                                : MasterStatus.withRest(latest(row), StatusParts.answered(last.rest()))));
            }
        }
        return effects;
    }

    /** What is known of one task. */
    Effect about(FrameworkId framework, TaskId task, @Nullable AgentId agent) {
        var row = present.registry().task(framework, task);
        if (row != null && !row.isUnreachable()) {
            return tell(framework, latest(row));
        }
        var launchedOn = row == null ? launching.agent(new TaskKey(framework, task)) : null;
        if (launchedOn != null) {
            return tell(framework, answer(task, launchedOn, TaskState.TASK_STAGING, "Latest task state"));
        }
        var answer = answer(task, agent, stateByAgent(agent), sentence(agent));
        var agentRow = agent == null ? null : present.registry().agent(agent);
        var since = agentRow == null ? null : agentRow.unreachableSince();
        return since == null
                ? tell(framework, answer)
                : tell(
                        framework,
                        new SchedulerEvent.Update(MasterStatus.withUnreachableTime(answer.status(), since), null));
    }

    private SchedulerEvent.Update latest(TaskRow row) {
        return MasterStatus.of(
                row,
                row.reportedState(),
                StatusReason.REASON_RECONCILIATION,
                "Reconciliation: Latest task state",
                present.now());
    }

    private SchedulerEvent.Update answer(TaskId task, @Nullable AgentId agent, TaskState state, String sentence) {
        return MasterStatus.of(
                task, agent, state, StatusReason.REASON_RECONCILIATION, "Reconciliation: " + sentence, present.now());
    }

    private TaskState stateByAgent(@Nullable AgentId agent) {
        var row = agent == null ? null : present.registry().agent(agent);
        if (row != null) {
            return row.isRegistered() ? TaskState.TASK_GONE : TaskState.TASK_UNREACHABLE;
        }
        boolean gone = agent != null && present.registry().goneAgent(agent) != null;
        return gone ? TaskState.TASK_GONE_BY_OPERATOR : TaskState.TASK_UNKNOWN;
    }

    private String sentence(@Nullable AgentId agent) {
        return switch (stateByAgent(agent)) {
            case TASK_GONE -> "Task is unknown to the agent";
            case TASK_UNREACHABLE -> "Task is unreachable";
            case TASK_GONE_BY_OPERATOR -> "Agent was marked gone by an operator";
            default -> "Task is unknown";
        };
    }

    private static Effect tell(FrameworkId framework, SchedulerEvent event) {
        return new Raise(new Tell(framework, event));
    }
}
