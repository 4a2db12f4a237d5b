package org.mesolith.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** An open database with everything that must be closed with it, in order. */
final class RocksHandles implements AutoCloseable {
    private static final long WRITE_BUFFER_BYTES = 32L << 20;
    private static final long WRITE_BUFFERS_BYTES_MAX = 64L << 20;
    static final long BLOCK_CACHE_BYTES = 32L << 20;
    private static final int BACKGROUND_JOBS = 2;
    private static final int INFO_LOGS_KEPT = 3;
    private static final int OPEN_FILES_MAX = 512;

    /** Made with their first row. */
    private static final List<String> LATER = List.of(Tables.EVENTS, Tables.AUDIT);

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache = new LRUCache(BLOCK_CACHE_BYTES);
    private final BloomFilter filter = new BloomFilter();
    private final ColumnFamilyOptions familyOptions = familyOptions(cache, filter);
    private final DBOptions options = options();
    private final List<ColumnFamilyHandle> families = new CopyOnWriteArrayList<>();
    private final RocksDB database;
    private volatile @Nullable ColumnFamilyHandle events;
    private volatile @Nullable ColumnFamilyHandle audit;

    RocksHandles(Path directory) throws RocksDBException {
        var descriptors = new ArrayList<ColumnFamilyDescriptor>();
        try {
            // In this order: `opened` counts on it.
            var later = thereAlready(directory).stream().filter(LATER::contains).toList();
            Tables.FAMILIES.forEach(family -> descriptors.add(descriptor(family)));
            later.forEach(family -> descriptors.add(descriptor(family)));
            descriptors.addAll(unknownFamilies(directory));
            this.database = RocksDB.open(options, directory.toString(), descriptors, families);
            this.events = opened(later, Tables.EVENTS);
            this.audit = opened(later, Tables.AUDIT);
        } catch (RocksDBException refused) {
            closeOptions();
            throw refused;
        }
    }

    /**
     * Families that a newer software made. It fills them only from a feature level on that this one refuses, so they
     * are empty, and stay: going back to an older version is possible until that level is reached.
     */
    private List<ColumnFamilyDescriptor> unknownFamilies(Path directory) throws RocksDBException {
        return thereAlready(directory).stream()
                .filter(family -> !Tables.FAMILIES.contains(family) && !LATER.contains(family))
                .map(this::descriptor)
                .toList();
    }

    private ColumnFamilyDescriptor descriptor(String family) {
        return new ColumnFamilyDescriptor(Tables.utf8(family), familyOptions);
    }

    private static List<String> thereAlready(Path directory) throws RocksDBException {
        try (var plain = new Options()) {
            return RocksDB.listColumnFamilies(plain, directory.toString()).stream()
                    .map(name -> new String(name, StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private @Nullable ColumnFamilyHandle opened(List<String> later, String family) {
        int place = later.indexOf(family);
        return place < 0 ? null : families.get(Tables.FAMILIES.size() + place);
    }

    private ColumnFamilyHandle made(String family) throws RocksDBException {
        var made = database.createColumnFamily(descriptor(family));
        families.add(made);
        return made;
    }

    /** With the write-ahead log off, families would stand at different places after a crash but for atomic flush. */
    private static DBOptions options() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setAtomicFlush(true)
                .setDbWriteBufferSize(WRITE_BUFFERS_BYTES_MAX)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setMaxOpenFiles(OPEN_FILES_MAX)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(INFO_LOGS_KEPT);
    }

    private static ColumnFamilyOptions familyOptions(Cache cache, BloomFilter filter) {
        return new ColumnFamilyOptions()
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
    }

    RocksDB database() {
        return database;
    }

    /** Every family of the database. */
    List<ColumnFamilyHandle> families() {
        return families;
    }

    ColumnFamilyHandle rows() {
        return families.get(0);
    }

    ColumnFamilyHandle tasks() {
        return families.get(1);
    }

    ColumnFamilyHandle completed() {
        return families.get(2);
    }

    ColumnFamilyHandle details() {
        return families.get(3);
    }

    /** For a write, on the one thread that writes; made when missing. */
    ColumnFamilyHandle events() throws RocksDBException {
        var there = events;
        if (there == null) {
            there = made(Tables.EVENTS);
            events = there;
        }
        return there;
    }

    /** For a write, on the one thread that writes; made when missing. */
    ColumnFamilyHandle audit() throws RocksDBException {
        var there = audit;
        if (there == null) {
            there = made(Tables.AUDIT);
            audit = there;
        }
        return there;
    }

    /** For a read; null while nothing was ever written. */
    @Nullable
    ColumnFamilyHandle eventsIfAny() {
        return events;
    }

    /** For a read; null while nothing was ever written. */
    @Nullable
    ColumnFamilyHandle auditIfAny() {
        return audit;
    }

    @Override
    public void close() {
        families.forEach(ColumnFamilyHandle::close);
        database.close();
        closeOptions();
    }

    private void closeOptions() {
        options.close();
        familyOptions.close();
        filter.close();
        cache.close();
    }
}
