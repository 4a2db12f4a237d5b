package org.mesolith.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Halt;
import org.mesolith.log.Recovering;

/** Takes down what a survivor is to become; {@link QuorumRecovery} does it at the next start. */
final class Recoverer implements Recovering {
    /** So that the answer reaches the one who asked. */
    private static final Duration BEFORE_THE_END = Duration.ofMillis(500);

    private final MemberCore core;
    private final Founding founding;

    Recoverer(MemberCore core, Founding founding) {
        this.core = core;
        this.founding = founding;
    }

    @Override
    public @Nullable Standing standing() {
        var division = core.node().division();
        var identity = founding.identity();
        if (division == null || identity.stage() == Identity.Stage.EMPTY) {
            return null;
        }
        var last = division.getRaftLog().getLastEntryTermIndex();
        var applied = core.replica().applied();
        // A log that a snapshot covers entirely has no last entry of its own.
        boolean covered = last == null || last.getIndex() < applied.getIndex();
        return new Standing(
                core.self(),
                identity.clusterId(),
                identity.groupId(),
                core.node().members(),
                covered || last == null ? applied.getTerm() : last.getTerm(),
                covered || last == null ? applied.getIndex() : last.getIndex(),
                division.getRaftLog().getLastCommittedIndex(),
                core.replica().registry().cluster().epoch(),
                core.node().leader());
    }

    @Override
    public CompletableFuture<Answer> recover(Plan plan) {
        var done = new CompletableFuture<Answer>();
        core.housekeeping().run(() -> done.complete(note(plan)));
        return done;
    }

    private Answer note(Plan plan) {
        var now = standing();
        if (now == null || !now.groupId().equals(plan.formerGroup())) {
            return new Answer.Refused("this member belongs to group " + (now == null ? "none" : now.groupId())
                    + ", not to " + plan.formerGroup());
        }
        if (now.leader() != null) {
            return new Answer.Refused("this member hears a leader, "
                    + now.leader().httpAuthority() + ": its group has a majority and needs no recovery");
        }
        if (now.lastTerm() != plan.lastTerm() || now.lastIndex() != plan.lastIndex()) {
            return new Answer.Refused("the log of this member has moved on to term " + now.lastTerm() + ", index "
                    + now.lastIndex() + "; look again");
        }
        var complaint = founding.complaint(now.clusterId(), plan.group(), java.util.List.of(core.self()));
        if (complaint != null) {
            return new Answer.Refused(complaint);
        }
        try {
            new RecoveryNote(core.settings()).write(plan);
        } catch (IOException failed) {
            return new Answer.Refused("the plan was not written down: " + failed.getMessage());
        }
        core.housekeeping()
                .runAfter(
                        BEFORE_THE_END,
                        () -> core.ending()
                                .end(
                                        Halt.Code.CONSENSUS_CLOSED,
                                        "asked to go on without the majority of its group; this is done at the next"
                                                + " start",
                                        null));
        return new Answer.Accepted();
    }
}
