package org.mesolith.raft;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftClientReply;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.Snapshots;
import org.mesolith.store.StorageException;

/**
 * Takes snapshots when enough was applied, the log is large, or the last one is old. Members take theirs at different
 * moments, so that never all stand still.
 */
final class SnapshotKeeper implements Snapshots {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");
    private static final long TAKE_MINUTES_MAX = 5;

    /** Quarter of the limits over which the members are spread. */
    private static final int SPREAD_PER_MILLE = 250;

    private final MemberCore core;
    private final Supplier<@Nullable RatisAdapter> adapter;
    private final long spreadPerMille;
    private final Instant startedAt = Instant.now();
    private volatile boolean taking;

    SnapshotKeeper(MemberCore core, Supplier<@Nullable RatisAdapter> adapter) {
        this.core = core;
        this.adapter = adapter;
        this.spreadPerMille = Math.floorMod(core.self().member().hashCode(), SPREAD_PER_MILLE);
    }

    @Override
    public List<Taken> list() {
        var now = adapter.get();
        try {
            return now == null ? List.of() : GroupView.snapshots(now.snapshots());
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "the snapshots cannot be listed", unreadable);
            return List.of();
        }
    }

    /** The newest; null when there is none. */
    @Nullable
    Taken newest() {
        var all = list();
        return all.isEmpty() ? null : all.getFirst();
    }

    @Override
    public CompletableFuture<Answer> take() {
        var done = new CompletableFuture<Answer>();
        core.housekeeping().run(() -> begin(done));
        return done;
    }

    private void begin(CompletableFuture<Answer> done) {
        if (core.node().division() == null) {
            done.complete(new Answer.Failed("this member belongs to no cluster yet"));
            return;
        }
        taking = true;
        var _ = core.node()
                .snapshot()
                .orTimeout(TAKE_MINUTES_MAX, TimeUnit.MINUTES)
                .whenComplete((reply, failure) -> core.housekeeping().run(() -> {
                    taking = false;
                    done.complete(answer(reply, failure));
                }));
    }

    private Answer answer(@Nullable RaftClientReply reply, @Nullable Throwable failure) {
        if (reply == null || !reply.isSuccess()) {
            return new Answer.Failed("no snapshot was taken: " + (reply == null ? failure : reply.getException()));
        }
        var taken = newest();
        return taken == null ? new Answer.Failed("nothing was applied yet") : new Answer.Done(taken);
    }

    @Override
    public CompletableFuture<Cut> cut(Path directory) {
        var done = new CompletableFuture<Cut>();
        Thread.ofPlatform().name("raft-cut").daemon(true).start(() -> done.complete(cutNow(directory)));
        return done;
    }

    private Cut cutNow(Path directory) {
        var now = adapter.get();
        if (now == null || core.node().division() == null) {
            return new Cut.Failed("this member belongs to no cluster yet");
        }
        try {
            return now.cut(directory);
        } catch (StorageException failed) {
            return new Cut.Failed("the registry was not copied to " + directory + ": " + failed.getMessage());
        }
    }

    @Override
    public CompletableFuture<Past> past(Path directory, long upTo) {
        var done = new CompletableFuture<Past>();
        Thread.ofPlatform().name("raft-past").daemon(true).start(() -> done.complete(pastNow(directory, upTo)));
        return done;
    }

    private Past pastNow(Path directory, long upTo) {
        var division = core.node().division();
        if (division == null) {
            return new Past.Failed("this member belongs to no cluster yet");
        }
        var group = division.getRaftStorage().getStorageDir().getRoot().toPath();
        try {
            return new LogCopy(group, directory, upTo).make();
        } catch (IOException failed) {
            return new Past.Failed("the log was not copied to " + directory + ": " + failed.getMessage());
        }
    }

    /**
     * Takes one when it is due. Only the housekeeping thread.
     *
     * @param segments of the log, oldest first
     */
    void takeIfDue(List<LogSegment> segments) {
        var rules = core.settings().snapshots();
        var last = newest();
        long lastIndex = last == null ? -1 : last.index();
        long entries = core.replica().applied().getIndex() - lastIndex;
        if (taking || core.node().division() == null || entries <= 0) {
            return;
        }
        var since = last == null ? startedAt : last.at();
        long ageSeconds = Instant.now().getEpochSecond() - since.getEpochSecond();
        if (entries >= spread(rules.entries())
                || LogSegment.bytesAfter(segments, lastIndex) > spread(rules.logBytes())
                || ageSeconds > spread(rules.age().toSeconds())) {
            var _ = take();
        }
    }

    /** Throws away whole segments that a snapshot covers, but for what is kept for members that return. */
    void purge(List<LogSegment> segments) {
        var last = newest();
        var division = core.node().division();
        if (last == null || division == null || segments.isEmpty()) {
            return;
        }
        long upTo = LogSegment.purgeable(segments, last.index(), core.settings().snapshots());
        var oldest = segments.getFirst();
        if (!oldest.open() && oldest.last() <= upTo) {
            var _ = division.getRaftLog().purge(upTo);
        }
    }

    private long spread(long limit) {
        return limit - limit / 1_000 * spreadPerMille;
    }
}
