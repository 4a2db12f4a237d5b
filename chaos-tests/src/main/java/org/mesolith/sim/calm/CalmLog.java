package org.mesolith.sim.calm;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.Barrier;
import org.mesolith.log.CommandLog;
import org.mesolith.log.LogListener;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.model.Position;
import org.mesolith.state.Actor;
import org.mesolith.state.Command;
import org.mesolith.state.Envelope;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Origin;
import org.mesolith.state.Registry;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.rules.StateMachine;

/** A log of one member that decides at once. */
final class CalmLog implements CommandLog {
    private final CalmQueue queue;
    private final SimDetails details = new SimDetails();
    private Registry registry = Registry.EMPTY;
    private @Nullable LogListener listener;
    private long term;
    private long index;

    CalmLog(CalmQueue queue) {
        this.queue = queue;
        apply(new Proposal(envelope(), new SystemCommand.InitCluster("calm", 1, 7)));
    }

    private Envelope envelope() {
        return new Envelope(Actor.SYSTEM, Origin.CONSOLE, null, queue.now(), term);
    }

    /** A new term begins with this listener; nobody else hears of it. */
    void lead(LogListener leader) {
        term++;
        listener = leader;
        leader.onLeaderReady(term, registry);
    }

    Registry registry() {
        return registry;
    }

    SimDetails details() {
        return details;
    }

    /** Applies a command as if the leader had proposed it. */
    void order(Command command) {
        apply(new Proposal(new Envelope(Actor.SYSTEM, Origin.LEADER, null, queue.now(), term), command));
    }

    @Override
    public CompletableFuture<Proposed> propose(Proposal proposal) {
        return CompletableFuture.completedFuture(apply(proposal));
    }

    private Proposed apply(Proposal proposal) {
        index++;
        var entry = new LogEntry(new Position(index, 0), term, proposal.envelope(), proposal.command());
        var step = StateMachine.step(registry, entry);
        var outcome = step.outcome();
        registry = step.after();
        details.write(step.changes());
        var hears = listener;
        if (hears != null) {
            hears.onApplied(entry, outcome, registry);
        }
        return new Proposed.Decided(entry.at(), outcome);
    }

    @Override
    public CompletableFuture<Barrier> barrier() {
        return CompletableFuture.completedFuture(
                new Barrier.Reached(registry.at().index()));
    }

    @Override
    public int waiting() {
        return 0;
    }
}
