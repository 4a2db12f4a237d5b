package org.mesolith.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerCall;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.AgentId;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferId;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;
import org.mesolith.sim.plan.Dice;

/** All that a framework asked for and was told of one task; refuses what must not be told. */
final class TaskTale {
    private final TaskId id;
    private final Offer offer;
    private final boolean partitionAware;
    private final List<Uuid> heard = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private Asked asked = Asked.UNDER_WAY;
    private int progress = -1;
    private boolean killAsked;
    private boolean repeated;
    /** Its end was an answer: nobody knows it. */
    private boolean endIsUnknown;

    /** The masters told its end when its agent returned, and the agent has not told it yet. */
    private boolean endOnReturn;

    private boolean endAcknowledged;
    private @Nullable TaskState end;
    private boolean lost;
    private Instant touched = SimClock.START;

    /** All that were launched with it, itself included; empty for a task of its own. */
    private List<TaskTale> group = List.of();

    /** What is known of the launch call. */
    enum Asked {
        /** No answer yet. */
        UNDER_WAY,
        /** Accepted: it runs or ends in a terminal update. */
        PROMISED,
        /** Nobody knows; to be found out. */
        DOUBTFUL,
        /** Certainly never launched. */
        NEVER;

        /** What a call's reply says of its launches. */
        static Asked by(Reply reply) {
            return switch (reply) {
                case Reply.Accepted _ -> PROMISED;
                case Reply.OutcomeUnknown _, Reply.Late _ -> DOUBTFUL;
                case Reply.NotLeader _, Reply.NotReady _, Reply.Busy _ -> NEVER;
                case Reply.Done _,
                        Reply.Made _,
                        Reply.BadRequest _,
                        Reply.Forbidden _,
                        Reply.NotFound _,
                        Reply.Conflict _,
                        Reply.Changed _,
                        Reply.TooLarge _,
                        Reply.NotSupported _,
                        Reply.NoSpace _ -> NEVER;
            };
        }
    }

    /**
     * @param offer the first one that its launch named
     */
    TaskTale(TaskId id, Offer offer, boolean partitionAware) {
        this.id = id;
        this.offer = offer;
        this.partitionAware = partitionAware;
    }

    TaskId id() {
        return id;
    }

    AgentId agent() {
        return offer.agent();
    }

    OfferId offer() {
        return offer.id();
    }

    /** It was launched with these, itself included. */
    void inGroup(List<TaskTale> all) {
        group = List.copyOf(all);
    }

    /** Those that were launched with it, itself included; empty for a task of its own. */
    List<TaskTale> group() {
        return group;
    }

    /** True when another one of its group has failed, or was to be killed. */
    boolean sharesFate() {
        return group.stream()
                .anyMatch(other -> other != this && (other.killAsked || other.end == TaskState.TASK_FAILED));
    }

    /** Asks about it. */
    SchedulerCall.Reconcile.Asked ask(Instant at) {
        touched(at);
        return new SchedulerCall.Reconcile.Asked(id, agent());
    }

    /** It was called about at this time. */
    void touched(Instant at) {
        touched = at;
    }

    /** True when its id may be used for another task: its end was acknowledged, and no answer is on its way. */
    boolean isForgettable(Instant callsBefore) {
        return endAcknowledged && touched.isBefore(callsBefore);
    }

    boolean heard(@Nullable Uuid uuid) {
        return heard.contains(uuid);
    }

    Asked asked() {
        return asked;
    }

    void answered(Asked now) {
        story.add("launch " + now);
        if (asked != Asked.NEVER) {
            asked = repeated && now == Asked.PROMISED ? Asked.DOUBTFUL : now;
        }
        Must.hold(now != Asked.NEVER || heard.isEmpty(), () -> "told of and never launched: " + this);
    }

    boolean isKillAsked() {
        return killAsked;
    }

    void killAsked() {
        story.add("kill asked");
        killAsked = true;
    }

    /** Asks that it be killed: with its agent named or not, and with a grace of its own or not. */
    SchedulerCall.Kill kill(Instant at, Dice dice) {
        killAsked();
        touched(at);
        var grace = dice.oneIn(2) ? null : dice.between(Duration.ZERO, Duration.ofSeconds(3));
        var agent = dice.oneIn(2) ? null : agent();
        return new SchedulerCall.Kill(id, agent, grace);
    }

    /** Its launch arrives twice: that the second finds the offers used says nothing about the first. */
    void repeated() {
        story.add("launch repeated");
        repeated = true;
    }

    /** The terminal state it was told of, null before. */
    @Nullable
    TaskState end() {
        return end;
    }

    /** It was told that the task is lost, and nothing else since. */
    boolean isLost() {
        return lost;
    }

    /** True when nothing more is to be found out. */
    boolean isOver() {
        return asked == Asked.NEVER || end != null || lost;
    }

    /**
     * An update came.
     *
     * @param maybeForgotten true when the agent may tell the end twice
     * @param emptied true when an operator took the agent away: nobody may know the task any more
     */
    void told(TaskStatus status, boolean maybeForgotten, boolean emptied) {
        story.add(status.state() + " " + status.source() + " " + status.reason() + " " + status.uuid() + " '"
                + status.message() + "'");
        Must.hold(
                asked != Asked.NEVER || nobodyKnows(status) || isOfUnreachableAgent(status),
                () -> "told of and never launched: " + this);
        if (status.uuid() != null) {
            fromAgent(status, status.uuid(), maybeForgotten);
        } else {
            fromMaster(status, emptied);
        }
    }

    private void fromAgent(TaskStatus status, Uuid uuid, boolean maybeForgotten) {
        lost = false;
        endOnReturn &= !status.state().isTerminal();
        int place = heard.indexOf(uuid);
        if (place < 0) {
            heard.add(uuid);
            // An agent that could not write down the end may tell the same end once more, under another name.
            boolean again = maybeForgotten && status.state() == end;
            Must.hold(again || status.state().progress() > progress, () -> "an agent's updates out of order: " + this);
            progress = status.state().progress();
        } else {
            Must.hold(place == heard.size() - 1, () -> "an older update after a newer one: " + this);
        }
        ends(status.state());
    }

    private void fromMaster(TaskStatus status, boolean emptied) {
        var state = status.state();
        boolean maybeUnreachable = !partitionAware && state == TaskState.TASK_LOST;
        if ((asked == Asked.NEVER || wasRefused()) && nobodyKnows(status)) {
            return; // A question that crossed the refusal: nobody knows the task, rightly.
        }
        if (endAcknowledged && nobodyKnows(status)) {
            return; // A question that crossed the acknowledgement of the end: the task is forgotten, rightly.
        }
        if ((asked == Asked.NEVER || refusedByMasters() || endAcknowledged) && isOfUnreachableAgent(status)) {
            return; // The same while nobody can ask the agent: the answer is about the agent, not about the task.
        }
        if (endIsUnknown && nobodyKnows(status)) {
            return; // The same with and without an agent named: GONE or UNKNOWN. Mesos: reconcileTasks.
        }
        if (endIsUnknown && state == TaskState.TASK_DROPPED) {
            return; // Its launch came into the log after that, of a leader that is gone: refused, and known to nobody.
        }
        if (endOnReturn && !state.isTerminal() && status.reason() == StatusReason.REASON_RECONCILIATION) {
            // The masters told the end when the agent returned; its own update is under way, and until then questions
            // are answered with the state that was forwarded last, as in Mesos.
            Must.hold(state.progress() >= progress, () -> "the master knows less than it forwarded: " + this);
            return;
        }
        if (emptied && nobodyKnows(status)) {
            lost = end == null;
            return;
        }
        if (repeated && status.reason() == StatusReason.REASON_INVALID_OFFERS) {
            doubt();
            return;
        }
        if (maybeUnreachable && end == TaskState.TASK_LOST) {
            return;
        }
        if (maybeUnreachable || state == TaskState.TASK_UNREACHABLE) {
            Must.hold(end == null, () -> "lost after its end: " + this);
            lost = maybeUnreachable;
            return;
        }
        if (state == TaskState.TASK_UNKNOWN) {
            Must.hold(
                    end == null && heard.isEmpty() && asked != Asked.PROMISED, () -> "unknown, but promised: " + this);
            answered(Asked.NEVER);
            return;
        }
        lost = false;
        if (!state.isTerminal()) {
            Must.hold(state.progress() >= progress, () -> "the master knows less than it forwarded: " + this);
        } else if (end == null) {
            endIsUnknown = nobodyKnows(status);
            endOnReturn = status.reason() == StatusReason.REASON_AGENT_REREGISTERED;
        }
        // Told by the masters because the agent cannot: there is nothing to acknowledge, and they forget it, too.
        endAcknowledged |= status.reason() == StatusReason.REASON_AGENT_RESTARTED;
        ends(state);
    }

    /** To be found out by asking. */
    private void doubt() {
        if (asked == Asked.PROMISED) {
            asked = Asked.DOUBTFUL;
        }
    }

    /** An answer to a question for a task that the cluster does not have. */
    private static boolean nobodyKnows(TaskStatus status) {
        boolean says = switch (status.state()) {
            case TASK_GONE, TASK_GONE_BY_OPERATOR, TASK_UNKNOWN, TASK_LOST -> true;
            default -> false;
        };
        return says && status.uuid() == null && status.reason() == StatusReason.REASON_RECONCILIATION;
    }

    /**
     * An answer to a question for a task that the cluster does not have, or that is unreachable: then only the agent
     * that was named decides. Mesos: {@code master.cpp}, reconcileTasks.
     */
    private static boolean isOfUnreachableAgent(TaskStatus status) {
        return status.state() == TaskState.TASK_UNREACHABLE && status.reason() == StatusReason.REASON_RECONCILIATION;
    }

    /** The masters told its end, and no agent ever heard of it. */
    private boolean wasRefused() {
        return refusedByMasters() || (heard.isEmpty() && lost);
    }

    private boolean refusedByMasters() {
        return heard.isEmpty() && (end == TaskState.TASK_ERROR || end == TaskState.TASK_DROPPED);
    }

    private void ends(TaskState state) {
        if (end != null) {
            Must.hold(state == end, () -> "another state after the end: " + this);
        } else if (state.isTerminal()) {
            end = state;
        }
    }

    /** An update is being acknowledged. */
    void acknowledged(TaskStatus status) {
        endAcknowledged |= status.state().isTerminal();
    }

    @Override
    public String toString() {
        return "task " + id + " on " + agent() + " (" + asked + "): " + String.join("; ", story);
    }
}
