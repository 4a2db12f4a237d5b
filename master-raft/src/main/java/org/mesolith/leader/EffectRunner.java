package org.mesolith.leader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.EventQueue;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.LeaderEvent;
import org.mesolith.leader.event.LeaderEvent.Decided;
import org.mesolith.leader.event.LeaderEvent.DetailsRead;
import org.mesolith.leader.event.LeaderEvent.LinkLost;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.LeaderEvent.OperatorConfirmed;
import org.mesolith.leader.event.LeaderEvent.StreamClosed;
import org.mesolith.leader.event.LeaderEvent.Undecided;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.RequestId;
import org.mesolith.log.Barrier;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.state.Envelope;
import org.mesolith.state.row.TaskDetail;
import org.mesolith.state.row.TaskRow;

/**
 * Performs what the handlers of one term want done. What comes of it comes back as an event of that term, on its queue;
 * once the term has ended it reaches nobody.
 */
final class EffectRunner {
    private static final System.Logger LOG = System.getLogger(EffectRunner.class.getName());

    private final EventQueue queue;
    private final LeaderPorts ports;
    private final long term;
    private final Consumer<LeaderEvent> back;
    private final BiConsumer<RequestId, Reply> answers;
    private final Consumer<Duration> decided;

    /**
     * @param back takes an event of the term, on the queue
     * @param answers takes replies, on the queue
     * @param decided takes how long a proposal took, on the queue
     */
    EffectRunner(
            EventQueue queue,
            LeaderPorts ports,
            long term,
            Consumer<LeaderEvent> back,
            BiConsumer<RequestId, Reply> answers,
            Consumer<Duration> decided) {
        this.queue = queue;
        this.ports = ports;
        this.term = term;
        this.back = back;
        this.answers = answers;
        this.decided = decided;
    }

    void perform(List<Effect> effects) {
        effects.forEach(this::perform);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Propose propose -> propose(propose);
            case Effect.ToFramework(var stream, var event, var capabilities) -> {
                if (!ports.streams().send(stream, event, capabilities)) {
                    ports.streams().end(stream, null);
                    later(new StreamClosed(stream));
                }
            }
            case Effect.EndStream(var stream, var last) -> ports.streams().end(stream, last);
            case Effect.ToOperators(var streams, var event, var after) ->
                ports.operators().send(streams, event, after).forEach(slow -> later(new StreamClosed(slow)));
            case Effect.EndWatch(var stream) -> ports.operators().end(stream);
            case Effect.ToAgent(var link, var message) -> {
                if (!ports.links().send(link, message)) {
                    ports.links().close(link, "the agent is too slow to read, or gone");
                    later(new LinkLost(link));
                }
            }
            case Effect.CloseLink(var link, var why) -> ports.links().close(link, why);
            case Effect.WakeAfter(var delay, var event) -> queue.runAfter(delay, () -> back.accept(event));
            case Effect.Answer(var request, var reply) -> answers.accept(request, reply);
            case Effect.Confirm(var asked) -> confirm(asked);
            case Effect.ReadDetails(var purpose, var tasks) -> ports.reader().execute(() -> read(purpose, tasks));
            case Effect.Report(var what) -> LOG.log(System.Logger.Level.WARNING, what);
            case Effect.Raise(var event) -> throw new IllegalStateException("raised past the router: " + event);
        }
    }

    private void propose(Propose propose) {
        var from = queue.now();
        var envelope = new Envelope(propose.actor(), propose.origin(), propose.key(), from, term);
        var _ = ports.log().propose(new Proposal(envelope, propose.command())).whenComplete((proposed, fault) -> {
            var event = fault == null
                    ? outcome(propose, proposed)
                    : new Undecided(propose, Undecided.Why.UNKNOWN, String.valueOf(fault));
            queue.run(() -> {
                if (event instanceof Decided) {
                    decided.accept(Duration.between(from, queue.now()));
                }
                back.accept(event);
            });
        });
    }

    private void confirm(OperatorAsked asked) {
        var _ = ports.log().barrier().whenComplete((barrier, fault) -> {
            later(new OperatorConfirmed(asked, fault == null ? lead(barrier) : OperatorConfirmed.Lead.UNKNOWN));
        });
    }

    private static OperatorConfirmed.Lead lead(Barrier barrier) {
        return switch (barrier) {
            case Barrier.Reached _ -> OperatorConfirmed.Lead.HELD;
            case Barrier.NotLeader _ -> OperatorConfirmed.Lead.GONE;
            case Barrier.Failed _ -> OperatorConfirmed.Lead.UNKNOWN;
        };
    }

    private static LeaderEvent outcome(Propose propose, Proposed proposed) {
        return switch (proposed) {
            case Proposed.Decided(var at, var outcome) -> new Decided(propose, at, outcome);
            case Proposed.NotLeader _ -> new Undecided(propose, Undecided.Why.NOT_LEADER, "");
            case Proposed.Unknown(var why) -> new Undecided(propose, Undecided.Why.UNKNOWN, why);
            case Proposed.Full _ -> new Undecided(propose, Undecided.Why.FULL, "");
            case Proposed.TooLarge(long bytes, long bytesMax) ->
                new Undecided(
                        propose,
                        Undecided.Why.TOO_LARGE,
                        "the call takes " + bytes + " bytes in the log, at most " + bytesMax
                                + " fit; split it into several calls");
            case Proposed.NoSpace(var why) -> new Undecided(propose, Undecided.Why.NO_SPACE, why);
        };
    }

    private void read(Effect.ReadDetails.Purpose purpose, List<TaskRow> tasks) {
        var read = ports.details().of(tasks);
        var details = new ArrayList<DetailsRead.Detail>(tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
            details.add(detail(tasks.get(i), read.get(i)));
        }
        later(new DetailsRead(purpose, details));
    }

    private static DetailsRead.Detail detail(TaskRow task, @Nullable TaskDetail read) {
        if (read == null) {
            return new DetailsRead.Detail(task, null, null);
        }
        var statuses = read.statuses();
        return new DetailsRead.Detail(task, read.taskInfo(), statuses.isEmpty() ? null : statuses.getLast());
    }

    private void later(LeaderEvent event) {
        queue.run(() -> back.accept(event));
    }
}
