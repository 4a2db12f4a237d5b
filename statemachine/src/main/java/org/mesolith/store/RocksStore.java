package org.mesolith.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.Change;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.EventPage;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.state.row.Applied;
import org.mesolith.state.row.TaskDetail;
import org.mesolith.state.row.TaskRow;
import org.mesolith.statecodec.RowCodec;
import org.rocksdb.Checkpoint;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The store in RocksDB. Its own write-ahead log is off, for the Raft log is one; flushes are atomic over the column
 * families and the place in the log lies in the same batch as the rows, so after a crash it is some older whole state.
 */
public final class RocksStore implements RegistryStore {
    private final LiveDirectory directory;
    private final WriteOptions writeOptions;

    /** Read: the database is used; write: it is exchanged or closed. The native library would crash without. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private @Nullable RocksHandles handles;

    private RocksStore(LiveDirectory directory, RocksHandles handles, WriteOptions writeOptions) {
        this.directory = directory;
        this.handles = handles;
        this.writeOptions = writeOptions;
    }

    /**
     * Opens the store, or makes an empty one.
     *
     * @param directory of its own, on the file system on which checkpoints will lie; created when missing
     * @throws StorageException when it cannot be opened, also because another process has it open
     */
    public static RocksStore open(Path directory) {
        var live = new LiveDirectory(directory);
        try {
            live.recover();
            return new RocksStore(live, new RocksHandles(live.path()), new WriteOptions().setDisableWAL(true));
        } catch (RocksDBException | IOException refused) {
            throw new StorageException("the store in " + directory + " cannot be opened", refused);
        }
    }

    @Override
    public Loaded load() {
        return reading("read", open -> new RowReader(open).load());
    }

    @Override
    public void write(Applied applied, List<Change> changes) {
        reading("written", open -> {
            try (var batch = new WriteBatch()) {
                var writer = new RowWriter(open, batch);
                for (var change : changes) {
                    writer.write(change);
                }
                batch.put(open.rows(), Tables.APPLIED, RowCodec.write(applied));
                open.database().write(writeOptions, batch);
            }
            return applied;
        });
    }

    @Override
    public void flush() {
        reading("flushed", open -> {
            try (var options = new FlushOptions().setWaitForFlush(true)) {
                open.database().flush(options, open.families());
            }
            return open;
        });
    }

    @Override
    public void checkpoint(Path target) {
        reading("copied to " + target, open -> {
            try (var checkpoint = Checkpoint.create(open.database())) {
                checkpoint.createCheckpoint(target.toString());
            }
            return target;
        });
    }

    @Override
    public void replaceBy(Path checkpoint) {
        lock.writeLock().lock();
        try {
            opened().close();
            handles = null;
            directory.replaceBy(checkpoint);
            handles = new RocksHandles(directory.path());
        } catch (RocksDBException | IOException refused) {
            throw new StorageException(
                    "the store in " + directory.path() + " cannot be replaced by " + checkpoint, refused);
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public List<@Nullable TaskDetail> details(List<TaskRow> tasks) {
        var keys = new ArrayList<byte[]>();
        for (var task : tasks) {
            keys.add(Tables.launched(task.run()));
            for (int number = 0; number < task.statuses(); number++) {
                keys.add(Tables.status(task.run(), number));
            }
        }
        if (keys.isEmpty()) {
            return List.of();
        }
        var values = reading(
                "read", open -> open.database().multiGetAsList(Collections.nCopies(keys.size(), open.details()), keys));
        return details(tasks, values);
    }

    @Override
    public SortedMap<String, Long> figures() {
        return reading("measured", open -> Figures.of(open.database()));
    }

    private static List<@Nullable TaskDetail> details(List<TaskRow> tasks, List<byte @Nullable []> values) {
        var details = new ArrayList<@Nullable TaskDetail>(tasks.size());
        int next = 0;
        for (var task : tasks) {
            details.add(detail(values.subList(next, next + 1 + task.statuses())));
            next += 1 + task.statuses();
        }
        return details;
    }

    private static @Nullable TaskDetail detail(List<byte @Nullable []> values) {
        var launchedBytes = values.getFirst();
        if (launchedBytes == null) {
            return null;
        }
        var launched = RowCodec.readLaunched(launchedBytes);
        var statuses = new ArrayList<TaskStatus>(values.size() - 1);
        for (var bytes : values.subList(1, values.size())) {
            if (bytes != null) {
                statuses.add(RowCodec.readStatus(bytes));
            }
        }
        return new TaskDetail(launched.name(), launched.taskInfo(), statuses);
    }

    @Override
    public EventPage events(EventPlace from, int max) {
        return reading("read", open -> new JournalReader(open).events(from, max));
    }

    @Override
    public @Nullable EventPlace eventSince(Instant time) {
        return reading("read", open -> Optional.ofNullable(new JournalReader(open).eventSince(time)))
                .orElse(null);
    }

    @Override
    public List<AuditRow> audits(long from, int max) {
        return reading("read", open -> new JournalReader(open).audits(from, max));
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            var open = handles;
            if (open != null) {
                handles = null;
                open.close();
                writeOptions.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private interface Use<T> {
        T with(RocksHandles open) throws RocksDBException;
    }

    private <T> T reading(String what, Use<T> use) {
        lock.readLock().lock();
        try {
            return use.with(opened());
        } catch (RocksDBException refused) {
            throw new StorageException("the store in " + directory.path() + " cannot be " + what, refused);
        } finally {
            lock.readLock().unlock();
        }
    }

    private RocksHandles opened() {
        var open = handles;
        if (open == null) {
            throw new IllegalStateException("the store in " + directory.path() + " is closed");
        }
        return open;
    }
}
