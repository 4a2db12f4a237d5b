package org.mesolith.master;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mesolith.log.CommandLog;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.model.Weight;
import org.mesolith.raft.RaftMember;
import org.mesolith.state.Actor;
import org.mesolith.state.Envelope;
import org.mesolith.state.Origin;
import org.mesolith.state.QuotaCommand;

/** Durable commands at the port of the log, in the leader's process. */
final class BenchCommits implements BenchLoad.Work {
    private final CommandLog log;
    private final long term;
    private final int roles;

    /** Of a member that leads; an {@link IllegalStateException} says that it does not. */
    BenchCommits(RaftMember member, int roles) {
        this.log = member.log();
        this.term = term(member);
        this.roles = roles;
    }

    /** The term in which this member leads. */
    static long term(RaftMember member) {
        var status = member.cluster().status();
        if (!status.ready()) {
            throw new IllegalStateException("this member does not lead");
        }
        return status.term();
    }

    @Override
    public CompletableFuture<String> begin(int number) {
        // A role that nobody uses; another weight each time, so that each command changes something.
        var weights = List.of(Weight.of("bench-nobody-" + number % roles, 1 + number % 7));
        var envelope = new Envelope(Actor.operator(null), Origin.CONSOLE, null, Instant.now(), term);
        return log.propose(new Proposal(envelope, new QuotaCommand.SetWeights(weights)))
                .thenApply(proposed -> proposed instanceof Proposed.Decided ? "" : "the log answered " + proposed);
    }
}
