package org.mesolith.raft;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.ThreadQueue;
import org.mesolith.log.Barrier;
import org.mesolith.log.CommandLog;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.state.Growth;

/**
 * The replicated log on this member: proposals wait in a bounded queue, share entries, and each gets an outcome of its
 * own. Any thread; futures complete on the thread {@code raft-replies}.
 */
final class RatisLog implements CommandLog, AutoCloseable {
    /** After this, who waits is told that nothing is known. */
    static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Leading leading;
    private final Function<Proposal, byte[]> encoder;
    private final Proposer proposer;
    private final ThreadQueue replies;
    private final LogCounters counters = new LogCounters();
    private final Set<Pack> underWay = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Function<Pack, CompletableFuture<RaftClientReply>> ratis;
    private volatile @Nullable StillLeading stillLeading;
    private volatile @Nullable String noSpace;
    private volatile @Nullable String unreadable;

    RatisLog(Leading leading, Function<Proposal, byte[]> encoder, Consumer<Throwable> onFault) {
        this.leading = leading;
        this.encoder = encoder;
        this.proposer = new Proposer(this::submit);
        this.replies = new ThreadQueue("raft-replies", onFault);
    }

    /** From now on packs go to Ratis by this. */
    void start(Function<Pack, CompletableFuture<RaftClientReply>> submitter) {
        ratis = submitter;
        proposer.start();
    }

    @Override
    public CompletableFuture<Proposed> propose(Proposal proposal) {
        var answer = new CompletableFuture<Proposed>();
        var why = noSpace;
        if (leading.term() == 0) {
            answer.complete(new Proposed.NotLeader(leading.other()));
        } else if (why != null && Growth.isGrowing(proposal.command())) {
            answer.complete(new Proposed.NoSpace(why));
        } else {
            enqueue(proposal, answer);
        }
        return answer;
    }

    /** Proposes what the log itself needs, also before the leadership is announced and on a full disk. */
    CompletableFuture<Proposed> proposeOwn(Proposal proposal) {
        var answer = new CompletableFuture<Proposed>();
        enqueue(proposal, answer);
        return answer;
    }

    private void enqueue(Proposal proposal, CompletableFuture<Proposed> answer) {
        var bytes = encoder.apply(proposal);
        long max = RatisConfig.COMMAND_BYTES_CEILING;
        if (bytes.length > max) {
            answer.complete(new Proposed.TooLarge(bytes.length, max));
            return;
        }
        if (!proposer.add(new Pack.Waiting(bytes, answer, System.nanoTime()))) {
            counters.full();
            answer.complete(new Proposed.Full());
        }
        answerIfLost();
    }

    @Override
    public CompletableFuture<Barrier> barrier() {
        var answer = new CompletableFuture<Barrier>();
        var why = unreadable;
        if (leading.term() == 0) {
            answer.complete(new Barrier.NotLeader(leading.other()));
        } else if (why != null) {
            answer.complete(new Barrier.Failed(why));
        } else {
            var quick = stillLeading;
            if (quick == null) {
                barrierByEntry(answer);
            } else if (!quick.add(answer)) {
                answer.complete(tooManyReads());
            }
        }
        return answer;
    }

    /** Readers ride on the next entry: when it is applied, everything before is. */
    void barrierByEntry(CompletableFuture<Barrier> reader) {
        if (leading.term() == 0) {
            reader.complete(new Barrier.NotLeader(leading.other()));
        } else if (!proposer.add(reader)) {
            reader.complete(tooManyReads());
        }
        answerIfLost();
    }

    private static Barrier tooManyReads() {
        return new Barrier.Failed("too many reads wait; try again");
    }

    /** From now on readers wait for the word of the other members, where that is enough. */
    void confirmBy(StillLeading quick) {
        stillLeading = quick;
    }

    @Override
    public int waiting() {
        return proposer.waiting();
    }

    /** The leadership may have ended between the look and the queue: then nobody else would answer. */
    private void answerIfLost() {
        if (leading.electedTerm() == 0) {
            lost();
        }
    }

    /** This member does not lead any more: what waits is not in the log. */
    void lost() {
        var left = proposer.drain();
        left.answerNotLeader(leading.other());
    }

    /** Refuses commands that make the state grow with this sentence; null: takes them again. */
    void noSpace(@Nullable String why) {
        noSpace = why;
    }

    /** Why this member answers no reads; null: it does. */
    @Nullable
    String unreadable() {
        return unreadable;
    }

    /** Refuses reads with this sentence from now on. */
    void unreadable(String why) {
        unreadable = why;
    }

    /** Keeps what comes while the lead is being handed over, or lets it go. Only the housekeeping's thread. */
    void hold(boolean on) {
        proposer.hold(on);
    }

    /** Whether everything that was sent before is decided and applied; while it keeps what comes. */
    boolean isStill() {
        return proposer.isStill();
    }

    LogCounters counters() {
        return counters;
    }

    /** Gives up on what has taken too long. Called every now and then. */
    void sweep() {
        proposer.drainOlderThan(DEADLINE).answerFull();
        long now = System.nanoTime();
        for (var pack : underWay) {
            if (now - pack.since() > DEADLINE.toNanos()) {
                pack.answerUnknown("no majority confirmed it within " + DEADLINE.toSeconds() + " s");
            }
        }
    }

    private void submit(Pack pack) {
        var way = ratis;
        if (way == null || leading.electedTerm() == 0) {
            proposer.ended();
            pack.answerNotLeader(leading.other());
            return;
        }
        underWay.add(pack);
        counters.sent(pack);
        CompletableFuture<RaftClientReply> reply;
        try {
            reply = way.apply(pack);
        } catch (RuntimeException refused) {
            reply = CompletableFuture.failedFuture(refused);
        }
        var _ = reply.whenComplete((answer, failure) -> {
            // Mostly on the apply thread: only let go and hand over.
            proposer.ended();
            replies.run(() -> over(pack, answer, failure));
        });
    }

    private void over(Pack pack, @Nullable RaftClientReply reply, @Nullable Throwable failure) {
        underWay.remove(pack);
        counters.over(pack);
        if (pack.answerDecided()) {
            return;
        }
        var cause = cause(reply, failure);
        if (pack.appended()) {
            pack.answerUnknown("the leadership ended before it was known to be decided (" + cause + ")");
        } else if (cause instanceof ResourceUnavailableException) {
            pack.answerFull();
        } else {
            pack.answerNotLeader(leading.other());
        }
    }

    private static @Nullable Throwable cause(@Nullable RaftClientReply reply, @Nullable Throwable failure) {
        if (reply != null) {
            return reply.getException();
        }
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }

    @Override
    public void close() {
        proposer.close();
        proposer.drain().answerNotLeader(null);
        for (var pack : underWay) {
            pack.answerUnknown("this master is stopping");
        }
        replies.close();
    }
}
