package org.mesolith.leader;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.base.Waiting;
import org.mesolith.leader.event.Caller;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.StreamId;

/**
 * The way of frameworks and operators to the leader. Any thread.
 *
 * <p>Each call comes in two forms: one that waits, for a call's own thread, and one that tells the reply to a consumer,
 * exactly once, mostly on the leader's queue, where it must not block. A master that does not lead answers
 * {@link Reply.NotLeader}; the message must have been checked by itself before, the state is checked here.
 */
public interface LeaderCalls {
    /** What this master is now. */
    Standing standing();

    /**
     * Waits until this master leads or knows who does, at most so long: during a change of the leader. When it does so
     * now as it did before, only for a moment. For a call's own thread.
     *
     * @param before what it was when a call was answered that there is no leader
     */
    void awaitSettled(Standing before, Duration within) throws InterruptedException;

    /** Any scheduler call but SUBSCRIBE; {@code stream} is the header Mesos-Stream-Id, null when absent. */
    void ask(SchedulerRequest request, @Nullable StreamId stream, Caller caller, Consumer<Reply> then);

    /**
     * SUBSCRIBE. The door names the stream (unguessable, at most 128 characters) and is ready for its events before it
     * calls. {@link Reply.Done}: the stream is open, the events follow or came before; what goes wrong from then on
     * comes as the event {@code Failed} and the end. Any other reply: there is no stream.
     */
    void subscribe(SchedulerRequest request, StreamId stream, Caller caller, Consumer<Reply> then);

    /**
     * SUBSCRIBE of an operator: shows what is and tells on this stream what happens from then on, without a gap and
     * without telling anything twice. The door names the stream and is ready for its events before it calls.
     */
    void watch(StreamId stream, Consumer<Watched> then);

    /** The subscriber went away, or was cut off by the door. */
    void streamClosed(StreamId stream);

    /** An operator's call that changes something; reads are answered from a view. */
    void ask(OperatorCall call, Caller caller, Consumer<Reply> then);

    /**
     * What reads are answered from: at least as new as this call. The details of tasks are read when they are shown.
     */
    void view(Consumer<Viewed> then);

    /** What explanations and forecasts are made from: at least as new as this call. */
    void picture(Consumer<Pictured> then);

    /** Numbers of the leader; of a master that does not lead, those that say so. */
    void metrics(Consumer<LeaderMetrics> then);

    /** Waits at most so long; {@link Reply.Late} then. */
    default Viewed view(Duration within) {
        return Waiting.<Viewed>within(within, new Viewed.Refused(new Reply.Late()), this::view);
    }

    /** Waits at most so long; {@link Reply.Late} then. */
    default Pictured picture(Duration within) {
        return Waiting.<Pictured>within(within, new Pictured.Refused(new Reply.Late()), this::picture);
    }

    /** Waits at most so long; without any numbers then. */
    default LeaderMetrics metrics(Duration within) {
        return Waiting.<LeaderMetrics>within(within, new LeaderMetrics(List.of()), this::metrics);
    }

    /** Waits at most so long; {@link Reply.Late} then: the door gives the stream up and reports it closed. */
    default Watched watch(StreamId stream, Duration within) {
        return Waiting.<Watched>within(within, new Watched.Refused(new Reply.Late()), then -> watch(stream, then));
    }

    /** Waits at most so long; {@link Reply.Late} then. */
    default Reply ask(SchedulerRequest request, @Nullable StreamId stream, Caller caller, Duration within) {
        return Waiting.<Reply>within(within, new Reply.Late(), then -> ask(request, stream, caller, then));
    }

    /** Waits at most so long; {@link Reply.Late} then: the door gives the stream up and reports it closed. */
    default Reply subscribe(SchedulerRequest request, StreamId stream, Caller caller, Duration within) {
        return Waiting.<Reply>within(within, new Reply.Late(), then -> subscribe(request, stream, caller, then));
    }

    /** Waits at most so long; {@link Reply.Late} then. */
    default Reply ask(OperatorCall call, Caller caller, Duration within) {
        return Waiting.<Reply>within(within, new Reply.Late(), then -> ask(call, caller, then));
    }
}
