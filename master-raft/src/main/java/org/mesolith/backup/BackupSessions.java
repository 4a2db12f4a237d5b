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

    /** How long the leader is asked for what the copy must hold; without a majority it is made all the same. */
    private static final Duration FRESH_MAX = Duration.ofSeconds(8);

    private static final Duration CUT_MAX = Duration.ofSeconds(20);

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
        final Instant takenAt;
        final ReentrantLock lock = new ReentrantLock();
        final List<Manifest.Part> summed = new ArrayList<>();
        volatile Instant usedAt;

        @Nullable
        Manifest manifest;

        Session(Path directory, Snapshots.Cut.Done cut, Instant now) {
            this.directory = directory;
            this.cut = cut;
            this.takenAt = now;
            this.usedAt = now;
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

    /**
     * Copies the registry as it is now.
     *
     * @throws BackupRefusedException saying why there is none
     */
    public Begun begin() throws IOException, InterruptedException {
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
            Files.createDirectories(directory);
            var session = new Session(target, cut(target), queue.now());
            sessions.put(id, session);
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
            var names = names(session.directory);
            while (session.summed.size() < names.size()) {
                if (System.nanoTime() - until > 0) {
                    return null;
                }
                var name = names.get(session.summed.size());
                var file = session.directory.resolve(name);
                session.summed.add(new Manifest.Part(name, Files.size(file), Sha256.of(file)));
                session.usedAt = queue.now();
            }
            var manifest = describe(session);
            session.manifest = manifest;
            return manifest;
        } finally {
            session.lock.unlock();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        var names = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(directory)) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        names.sort(null);
        return names;
    }

    private Manifest describe(Session session) throws BackupRefusedException {
        Registry registry = session.cut.registry();
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
                session.summed);
    }

    /** Bytes of a file; fewer than asked for only at its end. */
    public byte[] read(String id, String name, long offset, int length) throws IOException {
        var session = session(id);
        var manifest = session.manifest;
        boolean known = manifest != null
                && manifest.files().stream().anyMatch(file -> file.name().equals(name));
        if (!known || offset < 0 || length < 0 || length > RANGE_BYTES_MAX) {
            throw new BackupRefusedException("no bytes " + offset + " and " + length + " more of a file '" + name
                    + "' in this backup; at most " + RANGE_BYTES_MAX + " at a time");
        }
        try (var file = new RandomAccessFile(session.directory.resolve(name).toFile(), "r")) {
            var bytes = new byte[(int) Math.max(0, Math.min(length, file.length() - offset))];
            file.seek(offset);
            file.readFully(bytes);
            return bytes;
        }
    }

    /** A file of a copy as a stream; the copy must not be ended before it is closed. */
    InputStream open(String id, Manifest.Part file) throws IOException {
        return Files.newInputStream(session(id).directory.resolve(file.name()));
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
            return session;
        } finally {
            lock.unlock();
        }
    }

    private void sweep() {
        lock.lock();
        try {
            var limit = queue.now().minus(IDLE_MAX);
            var idle = sessions.entrySet().stream()
                    .filter(entry -> entry.getValue().usedAt.isBefore(limit))
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
