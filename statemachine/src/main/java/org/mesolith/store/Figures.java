package org.mesolith.store;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Numbers that RocksDB keeps of itself, under our names. */
final class Figures {
    /** @param property of RocksDB, summed over the families when {@code summed} */
    private record Figure(String name, String property, boolean summed) {}

    private static final List<Figure> ALL = List.of(
            new Figure("background_errors", "rocksdb.background-errors", false),
            new Figure("cache_bytes", "rocksdb.block-cache-usage", false),
            new Figure("compaction_waiting_bytes", "rocksdb.estimate-pending-compaction-bytes", true),
            new Figure("compactions_running", "rocksdb.num-running-compactions", false),
            new Figure("files_bytes", "rocksdb.total-sst-files-size", true),
            new Figure("flushes_running", "rocksdb.num-running-flushes", false),
            new Figure("keys", "rocksdb.estimate-num-keys", true),
            new Figure("readers_bytes", "rocksdb.estimate-table-readers-mem", true),
            new Figure("write_buffer_bytes", "rocksdb.cur-size-all-mem-tables", true),
            new Figure("writes_stopped", "rocksdb.is-write-stopped", false));

    private Figures() {}

    static SortedMap<String, Long> of(RocksDB database) throws RocksDBException {
        var figures = new TreeMap<String, Long>();
        for (var figure : ALL) {
            figures.put(
                    figure.name,
                    figure.summed
                            ? database.getAggregatedLongProperty(figure.property)
                            : database.getLongProperty(figure.property));
        }
        return figures;
    }
}
