package org.mesolith.leader.task;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.leader.event.MasterStatus;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.AgentCommand.MarkAgentGone;
import org.mesolith.state.AgentCommand.MarkAgentsUnreachable;
import org.mesolith.state.AgentCommand.RemoveAgent;
import org.mesolith.state.Change;
import org.mesolith.state.MaintenanceCommand.StartMaintenance;
import org.mesolith.state.Outcome;
import org.mesolith.state.TaskCommand.DropTasks;

/**
 * What the masters themselves decide about tasks is told to their frameworks: agents unreachable, removed, gone; tasks
 * dropped. Tasks that end with their framework are not told of, and agents that come back are told of once it is known
 * what their tasks did meanwhile.
 */
final class TaskNotices {
    /** Something was decided. */
    List<Effect> applied(Applied applied) {
        if (!(applied.outcome() instanceof Outcome.Accepted accepted) || !isTold(applied)) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        for (var change : accepted.changes()) {
            if (change instanceof Change.TaskStatusPut(var run, var _, var status)) {
                var told = new SchedulerEvent.Update(dated(status, applied), null);
                effects.add(new Raise(new Tell(run.key().framework(), told)));
            }
        }
        return effects;
    }

    private static TaskStatus dated(TaskStatus status, Applied applied) {
        var id = status.agent();
        var agent = id == null ? null : applied.after().agent(id);
        var since = agent == null ? null : agent.unreachableSince();
        return status.state() == TaskState.TASK_UNREACHABLE && since != null
                ? MasterStatus.withUnreachableTime(status, since)
                : status;
    }

    private static boolean isTold(Applied applied) {
        var command = applied.entry().command();
        return command instanceof MarkAgentsUnreachable
                || command instanceof MarkAgentGone
                || command instanceof RemoveAgent
                || command instanceof StartMaintenance
                || command instanceof DropTasks;
    }
}
