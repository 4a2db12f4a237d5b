package org.mesolith.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;
import org.mesolith.base.EventQueue;
import org.mesolith.log.Barrier;
import org.mesolith.log.MemberReads;
import org.mesolith.log.Snapshots;
import org.mesolith.state.Registry;

/**
 * Copies of the registry that are being fetched: each one belongs to a session, of which there are few, and which end
 * when nobody asks for a while. Any thread.
 */
public final class BackupSessions {
    /** Sessions at a time: one for an operator, one for the schedule. */
    public static final int SESSIONS_MAX = 2;

    /** Largest piece of a file that is handed out at a time. */
    public static final int RANGE_BYTES_MAX = 4 << 20;

    /** A session that nobody asks for so long ends. */
    public static final Duration IDLE_MAX = Duration.ofMinutes(2);

    /** One that nobody ever asked for ends so soon: its id was lost on the way. */
    public static final Duration UNASKED_MAX = Duration.ofSeconds(15);

    /** How long the leader is asked for what the copy must hold; without a majority it is made all the same. */
    private static final Duration FRESH_MAX = Duration.ofSeconds(8);

    private static final Duration CUT_MAX = Duration.ofSeconds(20);

    private static final String REGISTRY = "registry";
    private static final String PAST = "past";

    /** What a backup says about who made it. */
    public interface Maker {
        String version();

        /** Name of this member. */
        String member();

        /** Null while it belongs to no group. */
        @Nullable
        String groupId();
    }

    /** A copy that is being fetched. */
    private static final class Session {
        final Path directory;
        final Snapshots.Cut.Done cut;
        final Snapshots.Past.@Nullable Done past;
        final Instant takenAt;
        final ReentrantLock lock = new ReentrantLock();
        final List<Manifest.Part> summed = new ArrayList<>();
        final List<Manifest.Part> summedPast = new ArrayList<>();
        volatile Instant usedAt;
        volatile boolean isAsked;

        @Nullable
        Manifest manifest;

        Session(Path directory, Snapshots.Cut.Done cut, Snapshots.Past.@Nullable Done past, Instant now) {
            this.directory = directory;
            this.cut = cut;
            this.past = past;
            this.takenAt = now;
            this.usedAt = now;
        }

        boolean isIdle(Instant now) {
            return usedAt.isBefore(now.minus(isAsked ? IDLE_MAX : UNASKED_MAX));
        }
    }

    private final Path directory;
    private final Snapshots snapshots;
    private final MemberReads reads;
    private final Maker maker;
    private final EventQueue queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final SortedMap<String, Session> sessions = new TreeMap<>();

    /**
     * @param directory of its own, on the disk of the database; what a former process left there is removed
     * @param queue for the clock, and to end idle sessions
     */
    public BackupSessions(Path directory, Snapshots snapshots, MemberReads reads, Maker maker, EventQueue queue)
            throws IOException {
        this.directory = directory;
        this.snapshots = snapshots;
        this.reads = reads;
        this.maker = maker;
        this.queue = queue;
        DurableFiles.deleteTree(directory);
        sweepLater();
    }

    private void sweepLater() {
        queue.runAfter(IDLE_MAX.dividedBy(4), () -> {
            sweep();
            sweepLater();
        });
    }

    /**
     * A copy that can be fetched.
     *
     * @param session under which
     * @param behind null when the copy holds everything that was acknowledged before it was asked for; else why nobody
     *     can say so
     */
    public record Begun(String session, @Nullable String behind) {}

    /** A copy without the log. */
    public Begun begin() throws IOException, InterruptedException {
        return begin(false);
    }

    /**
     * Copies the registry as it is now.
     *
     * @param withLog whether the log that led to it is copied, too, as far back as it is still held
     * @throws BackupRefusedException saying why there is none
     */
    public Begun begin(boolean withLog) throws IOException, InterruptedException {
        sweep();
        var behind = behind();
        var id = UUID.randomUUID().toString();
        lock.lock();
        try {
            if (sessions.size() >= SESSIONS_MAX) {
                throw new BackupRefusedException("this master is already handing out " + sessions.size()
                        + " backups; wait until one ends, or ask another master");
            }
            var target = directory.resolve(id);
            Files.createDirectories(target);
            try {
                var cut = cut(target.resolve(REGISTRY));
                var past = withLog ? past(target.resolve(PAST), cut.index()) : null;
                sessions.put(id, new Session(target, cut, past, queue.now()));
            } finally {
                if (!sessions.containsKey(id)) {
                    DurableFiles.deleteTree(target);
                }
            }
            return new Begun(id, behind);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable String behind() {
        var late = new Barrier.Failed("it did not answer within " + FRESH_MAX.toSeconds() + " s");
        var asked = reads.fresh(Duration.ZERO)
                .copy()
                .completeOnTimeout(late, FRESH_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return switch (asked) {
            case Barrier.Reached _ -> null;
            case Barrier.NotLeader _ -> "no leading master could be asked what was acknowledged last";
            case Barrier.Failed(var why) -> "the leading master could not be asked what was acknowledged last: " + why;
        };
    }

    private Snapshots.Cut.Done cut(Path target) throws IOException, InterruptedException {
        try {
            return switch (snapshots.cut(target).get(CUT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                case Snapshots.Cut.Done done -> done;
                case Snapshots.Cut.Failed(var why) -> throw new BackupRefusedException(why);
            };
        } catch (ExecutionException | TimeoutException failed) {
            throw new BackupRefusedException("the registry was not copied within " + CUT_MAX + ": " + failed, failed);
        }
    }

    private Snapshots.Past.Done past(Path target, long upTo) throws IOException, InterruptedException {
        try {
            return switch (snapshots.past(target, upTo).get(CUT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                case Snapshots.Past.Done done -> done;
                case Snapshots.Past.Failed(var why) -> throw new BackupRefusedException(why);
            };
        } catch (ExecutionException | TimeoutException failed) {
            throw new BackupRefusedException("the log was not copied within " + CUT_MAX + ": " + failed, failed);
        }
    }

    /**
     * The manifest of a copy, once the checksums of its files are known: each call works on them until its time is
     * over.
     *
     * @return null when there is still something to do: ask again
     */
    public @Nullable Manifest manifest(String id, Duration within) throws IOException {
        var session = session(id);
        long until = System.nanoTime() + within.toNanos();
        session.lock.lock();
        try {
            var made = session.manifest;
            if (made != null) {
                return made;
            }
            if (!sum(session, REGISTRY, "", session.summed, until)
                    || !sum(session, PAST + "/snapshot", Manifest.Past.SNAPSHOT, session.summedPast, until)
                    || !sum(session, PAST + "/log", "", session.summedPast, until)) {
                return null;
            }
            var manifest = describe(session);
            session.manifest = manifest;
            return manifest;
        } finally {
            session.lock.unlock();
        }
    }

    /** Adds the checksums of a directory's files that are still missing; false when the time is over. */
    private boolean sum(Session session, String below, String prefix, List<Manifest.Part> summed, long until)
            throws IOException {
        for (var file : DurableFiles.children(session.directory.resolve(below))) {
            var name = prefix + file.getFileName();
            if (summed.stream().anyMatch(part -> part.name().equals(name))) {
                continue;
            }
            if (System.nanoTime() - until > 0) {
                return false;
            }
            summed.add(new Manifest.Part(name, Files.size(file), Sha256.of(file)));
            session.usedAt = queue.now();
        }
        return true;
    }

    private Manifest describe(Session session) throws BackupRefusedException {
        Registry registry = session.cut.registry();
        var past = session.past;
        var cluster = registry.cluster();
        var group = maker.groupId();
        if (!cluster.exists() || group == null) {
            throw new BackupRefusedException("this member belongs to no cluster yet: there is nothing to back up");
        }
        return new Manifest(
                maker.version(),
                cluster.featureLevel(),
                cluster.clusterId(),
                cluster.epoch(),
                cluster.epochId(),
                group,
                maker.member(),
                session.cut.term(),
                session.cut.index(),
                session.takenAt,
                Long.toHexString(registry.digest()),
                Counts.of(registry),
                session.summed,
                past == null
                        ? null
                        : new Manifest.Past(
                                past.snapshotTerm(), past.snapshotIndex(), past.logFirst(), session.summedPast));
    }

    /** Where the file lies; null when it is none of the copy. */
    private static @Nullable Path find(Session session, String name) {
        var manifest = session.manifest;
        if (manifest == null) {
            return null;
        }
        var past = manifest.past();
        if (past != null && past.files().stream().anyMatch(file -> file.name().equals(name))) {
            var below = session.directory.resolve(PAST);
            return name.startsWith(Manifest.Past.SNAPSHOT)
                    ? below.resolve("snapshot").resolve(name.substring(Manifest.Past.SNAPSHOT.length()))
                    : below.resolve("log").resolve(name);
        }
        boolean known = manifest.files().stream().anyMatch(file -> file.name().equals(name));
        return known ? session.directory.resolve(REGISTRY).resolve(name) : null;
    }

    /** Bytes of a file; fewer than asked for only at its end. */
    public byte[] read(String id, String name, long offset, int length) throws IOException {
        var session = session(id);
        var where = find(session, name);
        if (where == null || offset < 0 || length < 0 || length > RANGE_BYTES_MAX) {
            throw new BackupRefusedException("no bytes " + offset + " and " + length + " more of a file '" + name
                    + "' in this backup; at most " + RANGE_BYTES_MAX + " at a time");
        }
        try (var file = new RandomAccessFile(where.toFile(), "r")) {
            var bytes = new byte[(int) Math.max(0, Math.min(length, file.length() - offset))];
            file.seek(offset);
            file.readFully(bytes);
            return bytes;
        }
    }

    /** A file of a copy as a stream; the copy must not be ended before it is closed. */
    InputStream open(String id, Manifest.Part file) throws IOException {
        var where = find(session(id), file.name());
        if (where == null) {
            throw new BackupRefusedException("there is no file " + file.name() + " in this backup");
        }
        return Files.newInputStream(where);
    }

    /** Removes a copy; nothing happens when it is gone already. */
    public void end(String id) throws IOException {
        lock.lock();
        try {
            var session = sessions.remove(id);
            if (session != null) {
                DurableFiles.deleteTree(session.directory);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many copies are being fetched. */
    public int open() {
        lock.lock();
        try {
            return sessions.size();
        } finally {
            lock.unlock();
        }
    }

    private Session session(String id) throws BackupRefusedException {
        lock.lock();
        try {
            var session = sessions.get(id);
            if (session == null) {
                throw new BackupRefusedException("this master has no backup under way with that id: it ended after "
                        + IDLE_MAX.toMinutes() + " minutes without a call, or the master was restarted; begin again");
            }
            session.usedAt = queue.now();
            session.isAsked = true;
            return session;
        } finally {
            lock.unlock();
        }
    }

    private void sweep() {
        lock.lock();
        try {
            var now = queue.now();
            var idle = sessions.entrySet().stream()
                    .filter(entry -> entry.getValue().isIdle(now))
                    .map(java.util.Map.Entry::getKey)
                    .toList();
            for (var id : idle) {
                end(id);
            }
        } catch (IOException stubborn) {
            System.getLogger("org.mesolith.backup")
                    .log(System.Logger.Level.WARNING, "a copy of the registry cannot be removed", stubborn);
        } finally {
            lock.unlock();
        }
    }
}
