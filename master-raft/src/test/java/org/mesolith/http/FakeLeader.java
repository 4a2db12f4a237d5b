package org.mesolith.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
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
import org.mesolith.logging.Verbosity;
import org.mesolith.model.Fence;
import org.mesolith.model.StreamId;

/** A leader that answers what the test tells it to, and remembers what it was asked. */
final class FakeLeader implements LeaderCalls {
    /** A log at which nobody looks. */
    static final OwnLog LOG = new OwnLog(new Verbosity(new StillQueue(), level -> {}), null);

    static final Standing LEADING = new Standing.Leading(new Fence("c", 1, 7, 3));

    Standing standing = LEADING;

    /** What it is after a call has waited. */
    Standing settles = LEADING;

    final List<Duration> waited = new ArrayList<>();
    Reply reply = new Reply.Accepted();
    Viewed viewed = new Viewed.Refused(new Reply.NotReady());
    Watched watched = new Watched.Refused(new Reply.NotReady());
    Pictured pictured = new Pictured.Refused(new Reply.NotReady());
    final List<SchedulerRequest> asked = new ArrayList<>();
    final List<OperatorCall> operated = new ArrayList<>();
    final List<Caller> callers = new ArrayList<>();
    final List<StreamId> closed = new ArrayList<>();

    @Nullable
    StreamId subscribed;

    @Override
    public Standing standing() {
        return standing;
    }

    @Override
    public void awaitSettled(Standing before, Duration within) {
        waited.add(within);
        standing = settles;
        if (settles.equals(before)) {
            LockSupport.parkNanos(within.toNanos());
        }
    }

    @Override
    public void ask(SchedulerRequest request, @Nullable StreamId stream, Caller caller, Consumer<Reply> then) {
        asked.add(request);
        callers.add(caller);
        then.accept(reply);
    }

    @Override
    public void subscribe(SchedulerRequest request, StreamId stream, Caller caller, Consumer<Reply> then) {
        subscribed = stream;
        then.accept(reply);
    }

    @Override
    public void streamClosed(StreamId stream) {
        closed.add(stream);
    }

    @Override
    public void ask(OperatorCall call, Caller caller, Consumer<Reply> then) {
        operated.add(call);
        callers.add(caller);
        then.accept(reply);
    }

    @Override
    public void view(Consumer<Viewed> then) {
        then.accept(viewed);
    }

    @Override
    public void watch(StreamId stream, Consumer<Watched> then) {
        subscribed = stream;
        then.accept(watched);
    }

    @Override
    public void picture(Consumer<Pictured> then) {
        then.accept(pictured);
    }

    @Override
    public void metrics(Consumer<LeaderMetrics> then) {
        then.accept(new LeaderMetrics(List.of()));
    }
}
