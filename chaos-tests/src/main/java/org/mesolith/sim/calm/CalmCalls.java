package org.mesolith.sim.calm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.leader.LeaderMetrics;
import org.mesolith.leader.Pictured;
import org.mesolith.leader.Standing;
import org.mesolith.leader.Viewed;
import org.mesolith.leader.Watched;
import org.mesolith.leader.event.Caller;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.StreamId;

/** The way to the leader for doors in the same thread: a call that waits lets everything happen that is due now. */
final class CalmCalls implements LeaderCalls {
    private final Supplier<? extends LeaderCalls> leader;
    private final CalmQueue queue;

    CalmCalls(Supplier<? extends LeaderCalls> leader, CalmQueue queue) {
        this.leader = leader;
        this.queue = queue;
    }

    @Override
    public void awaitSettled(Standing before, Duration within) {
        // Nobody waits here: there is one thread.
    }

    @Override
    public Standing standing() {
        return leader.get().standing();
    }

    @Override
    public void ask(SchedulerRequest request, @Nullable StreamId stream, Caller caller, Consumer<Reply> then) {
        leader.get().ask(request, stream, caller, then);
    }

    @Override
    public void subscribe(SchedulerRequest request, StreamId stream, Caller caller, Consumer<Reply> then) {
        leader.get().subscribe(request, stream, caller, then);
    }

    @Override
    public void streamClosed(StreamId stream) {
        leader.get().streamClosed(stream);
    }

    @Override
    public void ask(OperatorCall call, Caller caller, Consumer<Reply> then) {
        leader.get().ask(call, caller, then);
    }

    @Override
    public void view(Consumer<Viewed> then) {
        leader.get().view(then);
    }

    @Override
    public void watch(StreamId stream, Consumer<Watched> then) {
        leader.get().watch(stream, then);
    }

    @Override
    public void picture(Consumer<Pictured> then) {
        leader.get().picture(then);
    }

    @Override
    public void metrics(Consumer<LeaderMetrics> then) {
        leader.get().metrics(then);
    }

    @Override
    public Viewed view(Duration within) {
        return this.<Viewed>settled(this::view, new Viewed.Refused(new Reply.Late()));
    }

    @Override
    public Watched watch(StreamId stream, Duration within) {
        return this.<Watched>settled(then -> watch(stream, then), new Watched.Refused(new Reply.Late()));
    }

    @Override
    public Pictured picture(Duration within) {
        return this.<Pictured>settled(this::picture, new Pictured.Refused(new Reply.Late()));
    }

    @Override
    public LeaderMetrics metrics(Duration within) {
        return this.<LeaderMetrics>settled(this::metrics, new LeaderMetrics(List.of()));
    }

    @Override
    public Reply ask(SchedulerRequest request, @Nullable StreamId stream, Caller caller, Duration within) {
        return this.<Reply>settled(then -> ask(request, stream, caller, then), new Reply.Late());
    }

    @Override
    public Reply subscribe(SchedulerRequest request, StreamId stream, Caller caller, Duration within) {
        return this.<Reply>settled(then -> subscribe(request, stream, caller, then), new Reply.Late());
    }

    @Override
    public Reply ask(OperatorCall call, Caller caller, Duration within) {
        return this.<Reply>settled(then -> ask(call, caller, then), new Reply.Late());
    }

    private <T> T settled(Consumer<Consumer<T>> call, T otherwise) {
        var answers = new ArrayList<T>();
        call.accept(answers::add);
        queue.settle();
        return answers.isEmpty() ? otherwise : answers.getFirst();
    }
}
