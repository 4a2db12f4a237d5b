package org.mesolith.raft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;
import org.mesolith.base.Halt;
import org.mesolith.log.Recovering;

/**
 * The file in which a member keeps what it was told to become, until it is that: {@code key=value} lines, replaced as a
 * whole.
 */
final class RecoveryNote {
    private final Path file;

    RecoveryNote(RatisSettings settings) {
        this.file = settings.dataDir().resolve("recovery");
    }

    void write(Recovering.Plan plan) throws IOException {
        var text = "former_group=" + plan.formerGroup() + "\ngroup=" + plan.group() + "\nepoch_id=" + plan.epochId()
                + "\nlast_term=" + plan.lastTerm() + "\nlast_index=" + plan.lastIndex() + "\n";
        DurableFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Null when nothing is to be done. */
    Recovering.@Nullable Plan read() throws IOException, StartRefused {
        if (!Files.exists(file)) {
            return null;
        }
        var fields = new TreeMap<String, String>();
        for (var line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            fields.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        }
        try {
            return new Recovering.Plan(
                    fields.getOrDefault("former_group", ""),
                    fields.getOrDefault("group", ""),
                    number(fields, "epoch_id"),
                    number(fields, "last_term"),
                    number(fields, "last_index"));
        } catch (NumberFormatException damaged) {
            throw new StartRefused(
                    Halt.Code.CORRUPT_DATA,
                    "the file " + file + ", which says how to go on without a majority, is damaged ("
                            + damaged.getMessage() + "); remove it and run `meso cluster recover-quorum` again",
                    damaged);
        }
    }

    private static long number(Map<String, String> fields, String key) {
        return Long.parseLong(fields.getOrDefault(key, "no " + key));
    }

    void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
