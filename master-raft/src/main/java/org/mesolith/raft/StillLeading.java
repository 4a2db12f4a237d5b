package org.mesolith.raft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.Barrier;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.PeerTerms;

/**
 * Barriers of a leader without an entry of the log: after the readers came it asks the other members which term they
 * have heard of. When a majority, itself included, knows of no newer term, then nobody of them had voted for a newer
 * leader when the readers came, so there was none, and all that was acknowledged by then is applied here. No clock is
 * needed and nothing is written.
 *
 * <p>One round is under way at a time; readers that come meanwhile share the next one. Where a round decides nothing
 * (the others are silent, or the voters are being changed) its readers wait for an entry instead.
 */
final class StillLeading {
    private static final Duration ANSWER_MAX = Duration.ofMillis(400);

    /** Readers that wait; above, they are refused. */
    private static final int READERS_MAX = 16_384;

    private final Leading leading;
    private final RatisNode node;
    private final Replica replica;
    private final MemberAddress self;
    private final PeerTerms peers;
    private final Consumer<CompletableFuture<Barrier>> byEntry;
    private final ReentrantLock lock = new ReentrantLock();

    // ---- with the lock
    private List<CompletableFuture<Barrier>> next = new ArrayList<>();
    private boolean asking;

    /** What a round found out. */
    private enum Verdict {
        LEADS,
        UNDECIDED
    }

    /** @param byEntry takes readers that have to wait for an entry; any thread */
    StillLeading(MemberCore core, PeerTerms peers, Consumer<CompletableFuture<Barrier>> byEntry) {
        this.leading = core.leading();
        this.node = core.node();
        this.replica = core.replica();
        this.self = core.self();
        this.peers = peers;
        this.byEntry = byEntry;
    }

    /** False: full. Any thread. */
    boolean add(CompletableFuture<Barrier> reader) {
        boolean first;
        lock.lock();
        try {
            if (next.size() >= READERS_MAX) {
                return false;
            }
            next.add(reader);
            first = !asking;
            asking = true;
        } finally {
            lock.unlock();
        }
        if (first) {
            round();
        }
        return true;
    }

    /** Takes those who wait and asks for them; afterwards for those who came meanwhile. */
    private void round() {
        var readers = taken();
        if (readers.isEmpty()) {
            return;
        }
        long term = leading.term();
        long index = replica.registry().at().index();
        var _ = verdict(term)
                .whenCompleteAsync(
                        (verdict, _) -> {
                            round();
                            conclude(readers, verdict == Verdict.LEADS, index);
                        },
                        Thread::startVirtualThread);
    }

    private List<CompletableFuture<Barrier>> taken() {
        lock.lock();
        try {
            var taken = next;
            next = new ArrayList<>();
            asking = !taken.isEmpty();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private CompletableFuture<Verdict> verdict(long term) {
        var group = node.group();
        var voters = node.members();
        boolean votes = voters.stream().anyMatch(this::isSelf);
        if (term == 0 || group == null || !votes || node.isChangingVoters()) {
            return CompletableFuture.completedFuture(Verdict.UNDECIDED);
        }
        // This member's own word counts, too: it has voted for nobody else while it is in this term.
        if (node.term() != term) {
            return CompletableFuture.completedFuture(Verdict.UNDECIDED);
        }
        int needed = voters.size() / 2;
        if (needed == 0) {
            return CompletableFuture.completedFuture(Verdict.LEADS);
        }
        var agreeing = new AtomicInteger();
        var silent = new AtomicInteger();
        var done = new CompletableFuture<Verdict>();
        for (var voter : voters) {
            if (!isSelf(voter)) {
                var _ = peers.term(voter).whenComplete((heard, _) -> {
                    if (isNoNewer(heard, voter, group, term)) {
                        if (agreeing.incrementAndGet() == needed) {
                            done.complete(Verdict.LEADS);
                        }
                    } else if (silent.incrementAndGet() == voters.size() - needed) {
                        done.complete(Verdict.UNDECIDED);
                    }
                });
            }
        }
        return done.completeOnTimeout(Verdict.UNDECIDED, ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean isSelf(MemberAddress voter) {
        return voter.member().equals(self.member());
    }

    private static boolean isNoNewer(PeerTerms.@Nullable Heard heard, MemberAddress voter, String group, long term) {
        return heard != null
                && heard.member().equals(voter.member())
                && heard.group().equals(group)
                && heard.term() <= term;
    }

    private void conclude(List<CompletableFuture<Barrier>> readers, boolean leads, long index) {
        if (leads) {
            var reached = new Barrier.Reached(index);
            readers.forEach(reader -> reader.complete(reached));
        } else {
            readers.forEach(byEntry);
        }
    }
}
