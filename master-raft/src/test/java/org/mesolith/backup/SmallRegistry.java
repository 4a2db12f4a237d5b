package org.mesolith.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mesolith.log.Barrier;
import org.mesolith.log.Details;
import org.mesolith.log.MemberReads;
import org.mesolith.log.PeerTerms;
import org.mesolith.log.Snapshots;
import org.mesolith.model.Position;
import org.mesolith.model.Weight;
import org.mesolith.state.Change;
import org.mesolith.state.Registry;
import org.mesolith.state.row.Applied;
import org.mesolith.state.row.ClusterRow;
import org.mesolith.store.RocksStore;

/** A cluster with one weight in a real database, which can be copied; the log is played by hand. */
final class SmallRegistry implements Snapshots, MemberReads, BackupSessions.Maker, AutoCloseable {
    private final RocksStore store;
    private Registry registry = Registry.EMPTY;
    private long index;
    Barrier barrier = new Barrier.Reached(0);
    Runnable arriving = () -> {};

    SmallRegistry(Path directory) {
        this.store = RocksStore.open(directory);
        apply(List.of(new Change.ClusterPut(new ClusterRow("c1", 1, 5, 2))));
        apply(List.of(new Change.WeightPut(Weight.of("ads", 3))));
    }

    void apply(List<Change> changes) {
        index++;
        var at = new Position(index, 0);
        registry = registry.with(at, changes);
        store.write(new Applied(1, index, at), changes);
    }

    @Override
    public CompletableFuture<Cut> cut(Path directory) {
        store.checkpoint(directory);
        return CompletableFuture.completedFuture(new Cut.Done(1, index, registry));
    }

    /** One file of a log from the first entry on, and no snapshot. */
    @Override
    public CompletableFuture<Past> past(Path directory, long upTo) {
        try {
            var log = Files.createDirectories(directory.resolve("log"));
            Files.writeString(log.resolve("log_0-" + upTo), "the log up to " + upTo);
            return CompletableFuture.completedFuture(new Past.Done(0, -1, 0));
        } catch (IOException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    @Override
    public CompletableFuture<Barrier> barrier() {
        return CompletableFuture.completedFuture(barrier);
    }

    /** What was acknowledged elsewhere arrives here when it is waited for. */
    @Override
    public CompletableFuture<Barrier> fresh(Duration age) {
        arriving.run();
        return barrier();
    }

    @Override
    public Registry registry() {
        return registry;
    }

    @Override
    public Details details() {
        return store::details;
    }

    @Override
    public long term() {
        return 1;
    }

    @Override
    public PeerTerms.Heard heard() {
        return new PeerTerms.Heard("m1", "g", term());
    }

    @Override
    public CompletableFuture<Answer> take() {
        return CompletableFuture.completedFuture(new Answer.Failed("not here"));
    }

    @Override
    public List<Taken> list() {
        return List.of();
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public String member() {
        return "member-one";
    }

    @Override
    public String groupId() {
        return "g1";
    }

    @Override
    public void close() {
        store.close();
    }
}
