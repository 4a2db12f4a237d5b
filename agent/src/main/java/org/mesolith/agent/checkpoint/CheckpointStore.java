package org.mesolith.agent.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentRecord;
import org.mesolith.agent.core.Recovered;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.agent.core.VolumePath;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.DurableFiles;
import org.mesolith.model.Uuid;

/** The files of {@code WORK_DIR/meta}. One thread at a time. */
public final class CheckpointStore implements AutoCloseable {
    private final FileChannel lock;
    private final IdentityFile identity;
    private final RunFiles runs;
    private final ReservedFile reserved;
    private final Volumes volumes;

    private CheckpointStore(Path workDir, FileChannel lock) {
        var meta = workDir.resolve("meta");
        this.lock = lock;
        this.reserved = new ReservedFile(meta.resolve("reserved"));
        this.volumes = new Volumes(workDir);
        this.identity = new IdentityFile(meta.resolve("identity"));
        this.runs = new RunFiles(meta.resolve("runs"));
    }

    /**
     * Makes the directory when it is missing, and holds it until {@link #close}.
     *
     * @return null when another process holds it
     */
    public static @Nullable CheckpointStore open(Path workDir) throws IOException {
        var meta = workDir.resolve("meta");
        Files.createDirectories(meta.resolve("runs"));
        DurableFiles.syncParent(meta);
        DurableFiles.syncParent(meta.resolve("runs"));
        var lock = FileChannel.open(meta.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (held(lock) == null) {
            lock.close();
            return null;
        }
        return new CheckpointStore(workDir, lock);
    }

    private static @Nullable FileLock held(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException thisProcess) {
            return null;
        }
    }

    /**
     * What an earlier process left.
     *
     * @param strict false: damaged files of runs are put aside
     * @throws CorruptCheckpointException naming the file and what to do
     */
    public Recovered load(boolean strict) throws IOException, CorruptCheckpointException {
        return new Recovered(identity.load(), runs.load(strict), reserved.load());
    }

    /**
     * Who the agent is, and nothing else is read.
     *
     * @throws CorruptCheckpointException naming the file and what to do
     */
    public AgentRecord identity() throws IOException, CorruptCheckpointException {
        return identity.load();
    }

    /** Durable when it returns. */
    public void write(AgentRecord record) throws IOException {
        identity.write(record);
    }

    /**
     * Writes each of them. What each of them newly tells is on disk when it returns; that
     * the last update was acknowledged survives this process, and a loss of power from the next sync on.
     *
     * @return why it was refused, for each that was
     */
    public Map<RunId, IOException> write(List<RunRecord> all) {
        return runs.write(all);
    }

    /** All are durable when it returns; none that is new is there when it fails. */
    public void writeTogether(List<RunRecord> together) throws IOException {
        runs.writeTogether(together);
    }

    /** Wipes the volumes that are no more, and writes down those that are; durable when it returns. */
    public void keep(LinkMessage.SetReserved order, List<VolumePath> wiped) throws IOException {
        for (var volume : wiped) {
            volumes.wipe(volume);
        }
        reserved.write(order);
    }

    /** Removes a run. */
    public void remove(Uuid container) throws IOException {
        runs.remove(container);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
