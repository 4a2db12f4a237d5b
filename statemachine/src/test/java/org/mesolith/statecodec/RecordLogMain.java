package org.mesolith.statecodec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mesolith.base.DurableFiles;
import org.mesolith.model.Position;
import org.mesolith.state.Actor;
import org.mesolith.state.Change;
import org.mesolith.state.Envelope;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Origin;
import org.mesolith.state.RandomCommands;
import org.mesolith.state.Registry;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.row.Applied;
import org.mesolith.state.rules.StateMachine;
import org.mesolith.store.RocksStore;

/**
 * Records a log of one feature level, the fingerprint that it ends in and the snapshot that a member takes there, once,
 * to be read by every later version ({@code RecordedLogTest}); never run by tests.
 *
 * <p>{@code java -cp … org.mesolith.statecodec.RecordLogMain statemachine/src/test/resources/log level-3 3 [seed]}, and
 * add the name to the list in the test. A recorded log is never made anew: that it still ends in the same fingerprint
 * is what it is for.
 */
public final class RecordLogMain {
    private static final int ENTRIES = 120;
    private static final int COMMANDS_PER_ENTRY = 4;

    private RecordLogMain() {}

    public static void main(String[] arguments) throws IOException {
        var directory = Files.createDirectories(Path.of(arguments[0]));
        var name = arguments[1];
        var commands = new RandomCommands(arguments.length > 3 ? Long.parseLong(arguments[3]) : 1);
        var scratch = Files.createTempDirectory("record");
        try {
            RecordedLog log;
            try (var store = RocksStore.open(scratch.resolve("db"))) {
                log = record(commands, Integer.parseInt(arguments[2]), store);
                store.checkpoint(scratch.resolve("snapshot"));
            }
            try (var file = Files.newOutputStream(directory.resolve(name + ".log"), StandardOpenOption.CREATE_NEW)) {
                log.write(file);
            }
            Files.writeString(
                    directory.resolve(name + ".digest"),
                    Long.toHexString(log.replayed().digest()) + "\n",
                    StandardOpenOption.CREATE_NEW);
            zip(scratch.resolve("snapshot"), directory.resolve(name + ".snapshot.zip"));
        } finally {
            DurableFiles.deleteTree(scratch);
        }
    }

    private static void zip(Path from, Path to) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(to, StandardOpenOption.CREATE_NEW))) {
            for (var file : DurableFiles.children(from)) {
                zip.putNextEntry(new ZipEntry(String.valueOf(file.getFileName())));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }

    private static RecordedLog record(RandomCommands commands, int level, RocksStore store) {
        var entries = new ArrayList<RecordedLog.Entry>();
        var registry = Registry.EMPTY;
        for (long index = 0; index < ENTRIES; index++) {
            List<byte[]> packed = new ArrayList<>();
            var changes = new ArrayList<Change>();
            long term = 0;
            for (int ordinal = 0; ordinal < COMMANDS_PER_ENTRY; ordinal++) {
                var made = index == 0 && ordinal == 0 ? first(level) : ofThisLevel(commands, registry, index);
                term = made.term();
                packed.add(CommandCodec.encode(made.envelope(), made.command()));
                var at = new Position(index, ordinal);
                var entry = new LogEntry(at, term, made.envelope(), made.command());
                var step = StateMachine.step(registry, entry);
                registry = step.after();
                changes.addAll(step.changes());
            }
            store.write(new Applied(term, index, registry.at()), changes);
            entries.add(new RecordedLog.Entry(term, index, EntryCodec.pack(packed)));
        }
        return new RecordedLog(entries);
    }

    private static LogEntry first(int level) {
        var envelope = new Envelope(Actor.SYSTEM, Origin.LEADER, null, Instant.parse("2026-11-22T08:00:00Z"), 1);
        return new LogEntry(
                new Position(0, 0), 1, envelope, new SystemCommand.InitCluster("cluster-of-" + level, 1, 7, level));
    }

    private static LogEntry ofThisLevel(RandomCommands commands, Registry registry, long index) {
        var made = commands.entry(registry, index);
        while (made.command() instanceof SystemCommand.RaiseFeatureLevel) {
            made = commands.entry(registry, index);
        }
        return made;
    }
}
