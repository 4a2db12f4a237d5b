package org.mesolith.raft;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.server.protocol.TermIndex;
import org.mesolith.base.Check;
import org.mesolith.log.LogListener;
import org.mesolith.log.Proposed;
import org.mesolith.model.Position;
import org.mesolith.state.Change;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.state.row.Applied;
import org.mesolith.state.rules.StateMachine;
import org.mesolith.statecodec.EntryCodec;
import org.mesolith.store.RegistryStore;

/**
 * This member's copy of the state: decides about each command in log order, writes the changes of an entry in one
 * batch, then publishes the registry and tells the listener.
 *
 * <p>Threads: one writes at a time (the apply thread, or the one that starts the member); any may read the registry.
 */
final class Replica implements AutoCloseable {
    /** An applied command and the registry after it. */
    private record Step(LogEntry entry, Outcome outcome, Registry after) {}

    private final RegistryStore store;
    private final LogListener listener;
    private volatile Registry registry;
    private volatile TermIndex applied;
    private final AppliedWaits waits = new AppliedWaits(() -> applied().getIndex());

    Replica(RegistryStore store, LogListener listener) {
        this.store = store;
        this.listener = listener;
        var loaded = store.load();
        this.registry = loaded.registry();
        this.applied = place(loaded.applied());
    }

    private static TermIndex place(Applied applied) {
        return TermIndex.valueOf(applied.term(), applied.index());
    }

    private static Applied place(TermIndex at, Registry now) {
        return new Applied(at.getTerm(), at.getIndex(), now.at());
    }

    /** The newest registry that is written. */
    Registry registry() {
        return registry;
    }

    /** The newest entry that is applied, commands or not. */
    TermIndex applied() {
        return applied;
    }

    /**
     * Decides about the commands of an entry.
     *
     * @return one outcome for each, in order
     * @throws org.mesolith.statecodec.UnknownFormatException when a newer version wrote one of them
     */
    List<Proposed.Decided> apply(TermIndex at, byte[] entry) {
        Check.that(at.getIndex() > applied.getIndex(), "entry " + at + " applied again after " + applied);
        var commands = EntryCodec.unpack(entry);
        var steps = new ArrayList<Step>(commands.size());
        var changes = new ArrayList<Change>();
        var now = registry;
        for (int ordinal = 0; ordinal < commands.size(); ordinal++) {
            var command = commands.get(ordinal);
            var place = new Position(at.getIndex(), ordinal);
            var logged = new LogEntry(place, at.getTerm(), command.envelope(), command.command());
            var decided = StateMachine.step(now, logged);
            changes.addAll(decided.changes());
            now = decided.after();
            steps.add(new Step(logged, decided.outcome(), now));
        }
        if (!commands.isEmpty()) {
            store.write(place(at, now), changes);
        }
        registry = now;
        var told = tell(steps);
        // After the listener: who waits for this index may go on to what the listener knows.
        applied = at;
        waits.advanced();
        return told;
    }

    private List<Proposed.Decided> tell(List<Step> steps) {
        var decided = new ArrayList<Proposed.Decided>(steps.size());
        for (var step : steps) {
            listener.onApplied(step.entry, step.outcome, step.after);
            decided.add(new Proposed.Decided(step.entry.at(), step.outcome));
        }
        return decided;
    }

    /** An entry without commands was passed; it is written with the next one that has some, or with a snapshot. */
    void pass(TermIndex at) {
        if (at.getIndex() > applied.getIndex()) {
            applied = at;
            waits.advanced();
        }
    }

    /** True once this index is applied; false when it was not within this time. Any thread. */
    CompletableFuture<Boolean> appliedUpTo(long index, long millisMax) {
        return waits.until(index, millisMax);
    }

    /** Brings to the disk what was written, so that a checkpoint has little to do. Any thread. */
    void flush() {
        store.flush();
    }

    /** Writes everything up to {@link #applied} into a directory that does not exist yet. */
    void checkpoint(Path directory) {
        store.write(place(applied, registry), List.of());
        store.checkpoint(directory);
    }

    /** Takes over a snapshot, which stays as it is. */
    void replaceBy(Path snapshot, TermIndex at) {
        store.replaceBy(snapshot);
        var loaded = store.load();
        Check.that(
                place(loaded.applied()).equals(at),
                "the snapshot " + snapshot + " holds a database that is at " + loaded.applied());
        registry = loaded.registry();
        applied = at;
        waits.advanced();
    }

    /** Tells the listener that the registry was replaced as a whole. */
    void tellReplaced() {
        listener.onReplaced(registry);
    }

    @Override
    public void close() {
        store.close();
    }
}
