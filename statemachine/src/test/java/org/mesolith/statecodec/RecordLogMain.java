package org.mesolith.statecodec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.model.Position;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Outcome;
import org.mesolith.state.RandomCommands;
import org.mesolith.state.Registry;
import org.mesolith.state.rules.StateMachine;

/**
 * Records a log of this release, once, to be replayed by every later one ({@code RecordedLogTest}); never run by tests.
 *
 * <p>{@code java -cp … org.mesolith.statecodec.RecordLogMain statemachine/src/test/resources/log 0.1.0 [seed]}, and add
 * the version to the list in the test. A recorded log is never made anew: that it still ends in the same fingerprint is
 * what it is for.
 */
public final class RecordLogMain {
    private static final int ENTRIES = 120;
    private static final int COMMANDS_PER_ENTRY = 4;

    private RecordLogMain() {}

    public static void main(String[] arguments) throws IOException {
        var directory = Files.createDirectories(Path.of(arguments[0]));
        var commands = new RandomCommands(arguments.length > 2 ? Long.parseLong(arguments[2]) : 1);
        var log = record(commands);
        try (var file =
                Files.newOutputStream(directory.resolve(arguments[1] + ".log"), StandardOpenOption.CREATE_NEW)) {
            log.write(file);
        }
        Files.writeString(
                directory.resolve(arguments[1] + ".digest"),
                Long.toHexString(log.replayed().digest()) + "\n",
                StandardOpenOption.CREATE_NEW);
    }

    private static RecordedLog record(RandomCommands commands) {
        var entries = new ArrayList<RecordedLog.Entry>();
        var registry = Registry.EMPTY;
        for (long index = 0; index < ENTRIES; index++) {
            List<byte[]> packed = new ArrayList<>();
            long term = 0;
            for (int ordinal = 0; ordinal < COMMANDS_PER_ENTRY; ordinal++) {
                var made = commands.entry(registry, index);
                term = made.term();
                packed.add(CommandCodec.encode(made.envelope(), made.command()));
                var at = new Position(index, ordinal);
                var entry = new LogEntry(at, term, made.envelope(), made.command());
                registry = StateMachine.apply(registry, entry) instanceof Outcome.Accepted(var changes, var _)
                        ? registry.with(at, changes)
                        : registry;
            }
            entries.add(new RecordedLog.Entry(term, index, EntryCodec.pack(packed)));
        }
        return new RecordedLog(entries);
    }
}
