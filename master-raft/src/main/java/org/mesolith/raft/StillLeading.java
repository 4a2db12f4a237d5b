package org.mesolith.raft;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.Barrier;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.PeerTerms;

/**
 * Barriers of a leader without an entry of the log: after the readers came it asks the other members which term they
 * have heard of. When a majority, itself included, knows of no newer term, then nobody of them had voted for a newer
 * leader when the readers came, so there was none, and all that was acknowledged or shown by any member by then was
 * committed here. The readers wait until it is applied, too: another member may have applied, and shown, what this one
 * has only committed. No clock is needed and nothing is written.
 *
 * <p>Where a round decides nothing (the others are silent, or the voters are being changed) its readers wait for an
 * entry instead.
 */
final class StillLeading {
    private static final Duration ANSWER_MAX = Duration.ofMillis(400);

    private final Leading leading;
    private final RatisNode node;
    private final Replica replica;
    private final MemberAddress self;
    private final PeerTerms peers;
    private final Consumer<CompletableFuture<Barrier>> byEntry;
    private final SharedRounds rounds = new SharedRounds(this::ask);

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
        return rounds.add(reader);
    }

    private CompletableFuture<Runnable> ask(List<CompletableFuture<Barrier>> readers) {
        long term = leading.term();
        long committed = node.committed();
        return leadsIn(term).handle((leads, _) -> () -> conclude(readers, Boolean.TRUE.equals(leads), committed));
    }

    /** False: not known. */
    private CompletableFuture<Boolean> leadsIn(long term) {
        var group = node.group();
        var voters = node.members();
        boolean votes = voters.stream().anyMatch(this::isSelf);
        // This member's own word counts, too: it has voted for nobody else while it is in this term.
        if (term == 0 || node.term() != term || group == null || !votes || node.isChangingVoters()) {
            return CompletableFuture.completedFuture(false);
        }
        int needed = voters.size() / 2;
        if (needed == 0) {
            return CompletableFuture.completedFuture(true);
        }
        var agreeing = new AtomicInteger();
        var silent = new AtomicInteger();
        var done = new CompletableFuture<Boolean>();
        for (var voter : voters) {
            if (!isSelf(voter)) {
                var _ = peers.term(voter).whenComplete((heard, _) -> {
                    if (isNoNewer(heard, voter, group, term)) {
                        if (agreeing.incrementAndGet() == needed) {
                            done.complete(true);
                        }
                    } else if (silent.incrementAndGet() == voters.size() - needed) {
                        done.complete(false);
                    }
                });
            }
        }
        return done.completeOnTimeout(false, ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
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

    private void conclude(List<CompletableFuture<Barrier>> readers, boolean leads, long committed) {
        if (!leads) {
            readers.forEach(byEntry);
            return;
        }
        var _ = replica.appliedUpTo(committed, RatisLog.DEADLINE.toMillis()).thenAccept(reached -> {
            // Others wait for this index, too: a command's, for of an entry without one they hear later.
            var answer = reached
                    ? new Barrier.Reached(replica.registry().at().index())
                    : new Barrier.Failed("the leader did not get to entry " + committed + " of its log within "
                            + RatisLog.DEADLINE.toSeconds() + " s; try again");
            readers.forEach(reader -> reader.complete(answer));
        });
    }
}
