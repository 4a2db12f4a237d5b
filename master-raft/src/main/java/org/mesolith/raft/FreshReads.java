package org.mesolith.raft;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.Barrier;
import org.mesolith.log.Details;
import org.mesolith.log.LeaderBarriers;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberReads;
import org.mesolith.log.PeerTerms;
import org.mesolith.state.Registry;

/**
 * Reads of this member's registry. While it follows, it asks the leader for a barrier and waits until it has applied as
 * much. Few questions are under way at a time; readers that come meanwhile share the next one, which is asked after
 * they came.
 */
final class FreshReads implements MemberReads {
    /** How often a reader that waits looks who leads. */
    private static final Executor LATER =
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS, Thread::startVirtualThread);

    private final MemberCore core;
    private final LeaderBarriers leaders;
    private final SharedRounds rounds = new SharedRounds(this::ask);

    /** Everything that was acknowledged before the moment is at or below the index, which is applied here. */
    private record Known(long index, long nanos) {}

    private volatile @Nullable Known known;

    FreshReads(MemberCore core, LeaderBarriers leaders) {
        this.core = core;
        this.leaders = leaders;
    }

    @Override
    public CompletableFuture<Barrier> barrier() {
        return core.log().barrier();
    }

    @Override
    public @Nullable Registry registry() {
        var now = core.replica().registry();
        return now.cluster().exists() ? now : null;
    }

    @Override
    public Details details() {
        return core.files().store()::details;
    }

    @Override
    public long term() {
        return core.node().term();
    }

    @Override
    public PeerTerms.Heard heard() {
        var group = core.node().group();
        return new PeerTerms.Heard(core.self().member(), group == null ? "" : group, term());
    }

    @Override
    public CompletableFuture<Barrier> fresh(Duration age) {
        var why = core.log().unreadable();
        if (why != null) {
            return CompletableFuture.completedFuture(new Barrier.Failed(why));
        }
        var before = known;
        if (before != null && System.nanoTime() - before.nanos < age.toNanos()) {
            return CompletableFuture.completedFuture(new Barrier.Reached(before.index));
        }
        if (core.leading().term() != 0) {
            long asked = System.nanoTime();
            return core.log().barrier().whenComplete((barrier, _) -> learned(barrier, asked));
        }
        var answer = new CompletableFuture<Barrier>();
        if (!rounds.add(answer)) {
            answer.complete(new Barrier.Failed("too many reads wait; try again"));
        }
        return answer;
    }

    private CompletableFuture<Runnable> ask(List<CompletableFuture<Barrier>> readers) {
        long asked = System.nanoTime();
        return question().handle((barrier, _) -> () -> conclude(readers, barrier, asked));
    }

    private CompletableFuture<Barrier> question() {
        var leader = core.leading().other();
        if (leader == null) {
            // None is known, or this member: it is elected and gets ready.
            return CompletableFuture.completedFuture(new Barrier.NotLeader(null));
        }
        var answer = new CompletableFuture<Barrier>();
        pass(leaders.barrier(leader), answer);
        watch(leader, answer);
        return answer;
    }

    /** A leader that was replaced may never answer: then the one that leads instead is asked. */
    private void watch(MemberAddress asked, CompletableFuture<Barrier> answer) {
        LATER.execute(() -> {
            boolean leads = core.leading().term() != 0;
            var now = core.leading().other();
            if (answer.isDone()) {
                return;
            }
            if (leads) {
                pass(core.log().barrier(), answer);
            } else if (now == null || now.equals(asked)) {
                watch(asked, answer);
            } else {
                pass(leaders.barrier(now), answer);
                watch(now, answer);
            }
        });
    }

    private static void pass(CompletableFuture<Barrier> from, CompletableFuture<Barrier> to) {
        var _ = from.whenComplete((barrier, fault) -> {
            if (fault == null) {
                to.complete(barrier);
            } else {
                to.completeExceptionally(fault);
            }
        });
    }

    private void conclude(List<CompletableFuture<Barrier>> readers, @Nullable Barrier barrier, long asked) {
        if (!(barrier instanceof Barrier.Reached(long index))) {
            var failed = barrier == null ? new Barrier.Failed("the leader was not asked") : barrier;
            readers.forEach(reader -> reader.complete(failed));
            return;
        }
        var _ = core.replica().appliedUpTo(index, RatisLog.DEADLINE.toMillis()).thenAccept(reached -> {
            if (reached) {
                learned(barrier, asked);
            }
            var answer = reached
                    ? barrier
                    : new Barrier.Failed("this member did not get to entry " + index + " of the log within "
                            + RatisLog.DEADLINE.toSeconds() + " s; ask another one");
            readers.forEach(reader -> reader.complete(answer));
        });
    }

    private void learned(@Nullable Barrier barrier, long asked) {
        var before = known;
        // Two questions may be under way: the answer of the older one may come last.
        if (barrier instanceof Barrier.Reached(long index) && (before == null || asked - before.nanos > 0)) {
            known = new Known(index, asked);
        }
    }
}
