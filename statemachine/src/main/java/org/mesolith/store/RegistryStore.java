package org.mesolith.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.state.Change;
import org.mesolith.state.Registry;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.EventPage;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.state.row.Applied;
import org.mesolith.state.row.TaskDetail;
import org.mesolith.state.row.TaskRow;

/**
 * The durable copy of a registry and of the details of its tasks.
 *
 * <p>Threads: {@link #load}, {@link #write}, {@link #checkpoint}, {@link #replaceBy} on one thread at a time (the log's
 * apply thread); {@link #details}, {@link #events}, {@link #eventSince}, {@link #audits} on any; {@link #close} on any,
 * it waits for what is under way.
 *
 * <p>Every method throws {@link StorageException} when the disk refuses.
 */
public interface RegistryStore extends AutoCloseable {
    /** What the database keeps of its files in memory, at most. */
    long CACHE_BYTES_MAX = RocksHandles.BLOCK_CACHE_BYTES;

    /** What a store holds: a registry, and up to where in the log it is complete. */
    record Loaded(Registry registry, Applied applied) {}

    /**
     * Reads everything. Takes seconds with a million tasks.
     *
     * @throws org.mesolith.statecodec.UnknownFormatException when a newer software wrote it
     */
    Loaded load();

    /**
     * Stores the changes of an entry and how far the store is now, all or nothing. A crash may take the newest writes
     * away, but always whole ones and the newest first: they are played again from the log.
     */
    void write(Applied applied, List<Change> changes);

    /** Brings what was written to the disk, so that a checkpoint that follows has little to do. Any thread. */
    void flush();

    /**
     * Makes a copy in a directory that does not exist yet, by hard links where the file system can. Everything written
     * before is in it.
     */
    void checkpoint(Path directory);

    /** Takes over a checkpoint (of another member) in place of what is here; the checkpoint stays. Load again after. */
    void replaceBy(Path checkpoint);

    /** Details of these tasks in the same order; null for one that was forgotten. */
    List<@Nullable TaskDetail> details(List<TaskRow> tasks);

    /** Numbers of the database at this moment, by name; what it does not tell is missing. Any thread. */
    SortedMap<String, Long> figures();

    /** The batches of events that hold the place or come after it, at most so many, oldest first. */
    EventPage events(EventPlace from, int max);

    /** Place of the first event that is not older than this time; null when every one is older. */
    @Nullable
    EventPlace eventSince(Instant time);

    /** Audit rows of this sequence and after it, at most so many, in order. */
    List<AuditRow> audits(long from, int max);

    @Override
    void close();
}
