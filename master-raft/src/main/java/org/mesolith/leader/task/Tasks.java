package org.mesolith.leader.task;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.LeaderEvent.AgentMatched;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.DetailsRead;
import org.mesolith.leader.event.LeaderEvent.ExecutorOver;
import org.mesolith.leader.event.LeaderEvent.ExecutorSpoke;
import org.mesolith.leader.event.LeaderEvent.ExecutorsListed;
import org.mesolith.leader.event.LeaderEvent.FrameworkAsked;
import org.mesolith.leader.event.LeaderEvent.LaunchesProposed;
import org.mesolith.leader.event.LeaderEvent.LaunchesSettled;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.LeaderEvent.StatusesHeard;
import org.mesolith.leader.event.LeaderEvent.Undecided;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.Acls;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskState;
import org.mesolith.state.TaskCommand.AcknowledgeTasks;
import org.mesolith.state.TaskCommand.EndExecutors;
import org.mesolith.state.TaskCommand.UpdateTasks;

/** All about tasks: routes to the handlers of this package. */
public final class Tasks {
    private final TaskUpdates updates;
    private final TaskAcks acks;
    private final TaskAnswers answers;
    private final TaskKills kills;
    private final ForgottenEnds forgotten;
    private final TaskReturns returns;
    private final TaskNotices notices;
    private final Launching launching = new Launching();
    private final TaskCounts counts;
    private final ExecutorEnds ends;
    private final ExecutorCalls executors;

    /** @param acls which operators may kill whose tasks */
    public Tasks(Present present, Tally tally, Acls acls) {
        this.updates = new TaskUpdates(present, tally);
        this.acks = new TaskAcks(present, tally);
        this.answers = new TaskAnswers(present, launching, tally);
        this.kills = new TaskKills(present, answers, launching, tally, acls);
        this.forgotten = new ForgottenEnds(present);
        this.returns = new TaskReturns(present, kills, forgotten);
        this.notices = new TaskNotices();
        this.counts = new TaskCounts(present, tally);
        this.ends = new ExecutorEnds(present, tally);
        this.executors = new ExecutorCalls(present, tally);
    }

    /** The framework has a stream. */
    public List<Effect> up(FrameworkId framework) {
        return forgotten.up(framework);
    }

    /** MESSAGE. */
    public List<Effect> message(FrameworkAsked asked, SchedulerCall.Message call) {
        return executors.message(asked, call);
    }

    /** SHUTDOWN. */
    public List<Effect> shutdown(FrameworkAsked asked, SchedulerCall.Shutdown call) {
        return executors.shutdown(asked, call);
    }

    /** REQUEST. */
    public List<Effect> request(FrameworkAsked asked) {
        return executors.request(asked);
    }

    /** An executor has something to say. */
    public List<Effect> spoke(ExecutorSpoke spoke) {
        return executors.spoke(spoke);
    }

    /** An executor is over. */
    public List<Effect> over(ExecutorOver over) {
        return ends.over(over);
    }

    /** An agent says which executors it has. */
    public List<Effect> listed(ExecutorsListed listed) {
        return ends.listed(listed);
    }

    /** Ends of executors have waited long enough. */
    public List<Effect> executorsDue() {
        return ends.due();
    }

    /** The framework has no stream any more. */
    public List<Effect> down(FrameworkId framework) {
        forgotten.down(framework);
        return List.of();
    }

    public List<Effect> heard(StatusesHeard heard) {
        return updates.heard(heard);
    }

    public List<Effect> updatesDue() {
        return updates.due();
    }

    public List<Effect> acknowledge(FrameworkAsked asked, SchedulerCall.Acknowledge call) {
        return acks.acknowledge(asked, call);
    }

    public List<Effect> acknowledgementsDue() {
        return acks.due();
    }

    public List<Effect> answersDue() {
        return answers.due();
    }

    public List<Effect> reconcile(FrameworkAsked asked, SchedulerCall.Reconcile call) {
        return answers.reconcile(asked, call);
    }

    public List<Effect> kill(FrameworkAsked asked, SchedulerCall.Kill call) {
        return kills.kill(asked, call);
    }

    public List<Effect> kill(OperatorAsked asked, OperatorCall.KillTask call) {
        return kills.kill(asked, call);
    }

    public List<Effect> proposed(LaunchesProposed proposed) {
        launching.proposed(proposed);
        return List.of();
    }

    public List<Effect> settled(LaunchesSettled settled) {
        launching.settled(settled);
        return kills.settled(settled);
    }

    public List<Effect> matched(AgentMatched matched) {
        return returns.matched(matched);
    }

    public List<Effect> read(DetailsRead read) {
        return switch (read.purpose()) {
            case LAUNCH -> returns.read(read);
            case ANSWER -> answers.read(read);
        };
    }

    public List<Effect> applied(Applied applied) {
        counts.applied(applied);
        kills.applied(applied);
        var effects = new ArrayList<>(notices.applied(applied));
        effects.addAll(returns.applied(applied));
        effects.addAll(updates.applied(applied));
        effects.addAll(acks.applied(applied));
        effects.addAll(ends.applied(applied));
        effects.addAll(forgotten.applied(applied));
        return effects;
    }

    public List<Effect> undecided(Undecided undecided) {
        switch (undecided.proposal().command()) {
            case UpdateTasks command -> updates.forget(command);
            case AcknowledgeTasks command -> acks.forget(command);
            case EndExecutors command -> ends.forget(command);
            default -> {}
        }
        return List.of();
    }

    /** Tasks that have not completed and are in this state. */
    public long in(TaskState state) {
        return counts.in(state);
    }

    /** The same of one framework. */
    public long in(FrameworkId framework, TaskState state) {
        return counts.in(framework, state);
    }
}
