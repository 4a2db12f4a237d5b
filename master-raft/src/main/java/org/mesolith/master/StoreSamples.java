package org.mesolith.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.mesolith.metrics.Sample;

/** The numbers of the database, for the metrics page of every master. */
final class StoreSamples {
    private static final Map<String, String> HELP = Map.of(
            "background_errors", "Errors of flushes and compactions since the start.",
            "cache_bytes", "Bytes of blocks kept in memory.",
            "compaction_waiting_bytes", "Bytes that compactions have still to rewrite, estimated.",
            "compactions_running", "Compactions that run now.",
            "files_bytes", "Bytes of the database's files.",
            "flushes_running", "Flushes that run now.",
            "keys", "Rows, estimated.",
            "readers_bytes", "Bytes of indexes and filters in memory, estimated.",
            "write_buffer_bytes", "Bytes that are not flushed yet.",
            "writes_stopped", "1 while the database takes no writes.");

    private StoreSamples() {}

    static List<Sample> of(SortedMap<String, Long> figures) {
        var samples = new ArrayList<Sample>();
        figures.forEach((name, value) ->
                samples.add(Sample.gauge("store/" + name, HELP.getOrDefault(name, "Of the database."), value)));
        return samples;
    }
}
