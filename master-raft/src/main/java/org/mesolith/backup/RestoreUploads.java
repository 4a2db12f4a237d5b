package org.mesolith.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;
import org.mesolith.log.Restoring;

/**
 * The database of a backup on its way to a member that waits. One restore at a time; another one takes its place, which
 * harms nobody as long as none has founded its group. Any thread, one at a time.
 */
public final class RestoreUploads {
    /** Largest piece of a file that is taken at a time. */
    public static final int RANGE_BYTES_MAX = 4 << 20;

    /** How far a restore is. */
    public enum Stage {
        /** None is under way. */
        NONE,
        /** Files are being received. */
        RECEIVING,
        /** All files are here, checked and opened. */
        READY,
        /** The group is founded. */
        DONE
    }

    /** How a restore stands; the plan is null only without one. */
    public record Status(Stage stage, @Nullable RestorePlan plan) {}

    private static final String FILES = "files";
    private static final String PLAN = "plan.json";

    private final Path directory;
    private final Restoring restoring;
    private final ReentrantLock lock = new ReentrantLock();
    private Status status;

    /**
     * @param directory of its own, on the disk of the database; what a former process received is taken up again
     * @param groupId of the group that this member belongs to; null while it waits
     */
    public RestoreUploads(Path directory, Restoring restoring, @Nullable String groupId) throws IOException {
        this.directory = directory;
        this.restoring = restoring;
        this.status = found(directory, groupId);
    }

    private static Status found(Path directory, @Nullable String groupId) throws IOException {
        var kept = directory.resolve(PLAN);
        if (!Files.exists(kept)) {
            DurableFiles.deleteTree(directory);
            return new Status(Stage.NONE, null);
        }
        try {
            var plan = PlanJson.read(Files.readAllBytes(kept));
            return new Status(plan.group().groupId().equals(groupId) ? Stage.DONE : Stage.RECEIVING, plan);
        } catch (BackupRefusedException unreadable) {
            // Of another version: nothing was founded with it, or it is only a note of what was.
            DurableFiles.deleteTree(directory);
            return new Status(Stage.NONE, null);
        }
    }

    /** How the restore stands. */
    public Status status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /** Begins a restore, or goes on with the same one. */
    public Status begin(RestorePlan plan) throws IOException {
        lock.lock();
        try {
            if (!plan.equals(status.plan)) {
                if (status.stage == Stage.DONE) {
                    throw new BackupRefusedException("this master was restored before and belongs to a cluster;"
                            + " restore to masters that were started with empty directories");
                }
                DurableFiles.deleteTree(directory);
                Files.createDirectories(directory.resolve(FILES));
                keep(plan);
                status = new Status(Stage.RECEIVING, plan);
            }
            return status;
        } finally {
            lock.unlock();
        }
    }

    /** A process that is killed meanwhile finds the whole plan, or none. */
    private void keep(RestorePlan plan) throws IOException {
        DurableFiles.replace(directory.resolve(PLAN), PlanJson.write(plan));
    }

    /** How much of a file is here. */
    public long received(String group, String name) throws IOException {
        lock.lock();
        try {
            var file = file(part(group, name));
            return Files.exists(file) ? Files.size(file) : 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes bytes of a file.
     *
     * @return how much of the file is here now; bytes that do not begin where it ends are not taken
     */
    public long receive(String group, String name, long offset, byte[] bytes) throws IOException {
        lock.lock();
        try {
            var part = part(group, name);
            var file = file(part);
            try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (channel.size() != offset || bytes.length > part.bytes() - offset) {
                    return channel.size();
                }
                DurableFiles.writeAt(channel, offset, bytes);
                return channel.size();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Checks all files, opens the database and lays the group ready.
     *
     * @return the digest that the group begins with
     * @throws TimeoutException it is still at it: ask again
     */
    public long prepare(String group, Duration within) throws IOException, InterruptedException, TimeoutException {
        lock.lock();
        try {
            var plan = plan(group);
            if (status.stage == Stage.RECEIVING) {
                for (var part : plan.manifest().files()) {
                    check(part);
                }
            }
            long digest = await(restoring
                    .prepare(plan.group(), directory.resolve(FILES))
                    .get(within.toMillis(), TimeUnit.MILLISECONDS));
            status = new Status(status.stage == Stage.DONE ? Stage.DONE : Stage.READY, plan);
            return digest;
        } catch (ExecutionException failed) {
            throw new BackupRefusedException("the backup could not be opened: " + failed.getCause(), failed);
        } finally {
            lock.unlock();
        }
    }

    private void check(Manifest.Part part) throws IOException {
        var file = file(part);
        if (part.bytes() == 0 && !Files.exists(file)) {
            Files.createFile(file);
        }
        if (!Files.exists(file) || Files.size(file) != part.bytes()) {
            throw new BackupRefusedException("the file " + part.name() + " of the backup is not here as a whole");
        }
        var found = Sha256.of(file);
        if (!found.equals(part.sha256())) {
            Files.delete(file);
            throw new BackupRefusedException("the file " + part.name() + " of the backup arrived with the checksum "
                    + found + " instead of " + part.sha256() + "; run the restore again, it sends it again");
        }
    }

    /**
     * Founds the group that lies ready.
     *
     * @throws TimeoutException it is still at it: ask again
     */
    public void found(String group, Duration within) throws IOException, InterruptedException, TimeoutException {
        lock.lock();
        try {
            var plan = plan(group);
            long _ = await(restoring.found(plan.group()).get(within.toMillis(), TimeUnit.MILLISECONDS));
            status = new Status(Stage.DONE, plan);
            DurableFiles.deleteTree(directory.resolve(FILES));
        } catch (ExecutionException failed) {
            throw new BackupRefusedException("the group could not be founded: " + failed.getCause(), failed);
        } finally {
            lock.unlock();
        }
    }

    private static long await(Restoring.Answer answer) throws BackupRefusedException {
        return switch (answer) {
            case Restoring.Answer.Done(long digest) -> digest;
            case Restoring.Answer.Refused(var why) -> throw new BackupRefusedException(why);
        };
    }

    private RestorePlan plan(String group) throws BackupRefusedException {
        var plan = status.plan;
        if (plan == null || !plan.group().groupId().equals(group)) {
            throw new BackupRefusedException("this master knows of no restore to the group " + group
                    + ": it was restarted, or another restore has taken its place; run the restore again");
        }
        return plan;
    }

    private Manifest.Part part(String group, String name) throws BackupRefusedException {
        return plan(group).manifest().files().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BackupRefusedException("the backup has no file '" + name + "'"));
    }

    private Path file(Manifest.Part part) {
        return directory.resolve(FILES).resolve(part.name());
    }
}
