package org.mesolith.raft;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.state.Actor;
import org.mesolith.state.Envelope;
import org.mesolith.state.Origin;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.EventPage;
import org.mesolith.state.journal.EventPlace;

/** The commands that consensus itself proposes. Only the housekeeping thread. */
final class OwnCommands {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    private static final Duration SOON = Duration.ofSeconds(1);

    private final MemberCore core;
    private final Founding founding;
    private long digestsCheckedAt = System.nanoTime();
    private long prunedAt = System.nanoTime();

    OwnCommands(MemberCore core, Founding founding) {
        this.core = core;
        this.founding = founding;
    }

    /** The first leader of a group makes the cluster; a repeated wish is refused by the rules. */
    void makeCluster() {
        long term = core.leading().electedTerm();
        if (term == 0 || core.replica().registry().cluster().exists()) {
            return;
        }
        long epochId = ThreadLocalRandom.current().nextLong();
        propose(term, new SystemCommand.InitCluster(founding.identity().clusterId(), 1, epochId));
    }

    /** Every now and then each member compares its fingerprint of the registry with the leader's. */
    void checkDigests() {
        long every = core.settings().digestEvery().toNanos();
        long term = core.leading().term();
        if (term == 0 || every == 0 || System.nanoTime() - digestsCheckedAt < every) {
            return;
        }
        digestsCheckedAt = System.nanoTime();
        var note = core.replica().registry().digestNote();
        propose(term, new SystemCommand.DigestCheck(note.at(), note.digest()));
    }

    /** Every now and then old events and audit rows are forgotten, on all members. */
    void pruneJournal() {
        var rules = core.settings().journal();
        long term = core.leading().term();
        if (term == 0 || System.nanoTime() - prunedAt < rules.checkEvery().toNanos()) {
            return;
        }
        var store = core.files().store();
        var kept = new JournalPruning.Kept() {
            @Override
            public EventPage events(EventPlace from, int max) {
                return store.events(from, max);
            }

            @Override
            public List<AuditRow> audits(long from, int max) {
                return store.audits(from, max);
            }
        };
        var wish = JournalPruning.wish(core.replica().registry().journal(), kept, rules, Instant.now());
        var command = wish.command();
        // With more to forget the next look comes soon; when this one is not applied by then, that one is refused.
        prunedAt = System.nanoTime()
                - (wish.more() ? rules.checkEvery().minus(SOON).toNanos() : 0);
        if (command != null) {
            propose(term, command);
        }
    }

    private void propose(long term, SystemCommand command) {
        var envelope = new Envelope(Actor.SYSTEM, Origin.LEADER, null, Instant.now(), term);
        var _ = core.log()
                .proposeOwn(new Proposal(envelope, command))
                .orTimeout(RatisLog.DEADLINE.toMillis() * 2, TimeUnit.MILLISECONDS)
                .whenComplete((proposed, failure) -> {
                    if (!(proposed instanceof Proposed.Decided)) {
                        LOG.log(System.Logger.Level.INFO, command + " came to nothing: " + proposed, failure);
                    }
                });
    }
}
