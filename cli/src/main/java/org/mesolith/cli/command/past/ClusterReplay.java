package org.mesolith.cli.command.past;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.cluster.PassphraseFile;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.replay.Replay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso cluster replay}. */
@Command(
        description = {
            "Applies a log to a backup, on any machine and without a cluster, and prints the digest that comes "
                    + "out: the "
                    + "same that every master has at that index.",
            "Fingerprints that leaders noted in the log are compared on the way. The newest entries of a log may never "
                    + "have been committed."
        },
        footer = {"", "Example: meso cluster replay today.meso --log ./group-of-master-1 --to 4711"})
public final class ClusterReplay implements Callable<Integer> {
    private final Console console;

    @Mixin
    private PassphraseFile passphrase = new PassphraseFile();

    @Parameters(paramLabel = "BACKUP", description = "The backup to begin with.")
    private Path backup = Path.of("");

    @Option(
            names = "--log",
            paramLabel = "DIR",
            required = true,
            description = "The work directory of a master, or a copy of the directory of its group.")
    private Path log = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "INDEX",
            defaultValue = "end",
            description = "The last entry that is applied; also a time (default: the newest in the log).")
    private String to = "end";

    @Option(
            names = "--scratch",
            paramLabel = "DIRECTORY",
            description = "Where databases are laid for a moment (default: beside other temporary files).")
    private @Nullable Path scratch;

    @Option(names = "--json", description = "JSON for programs.")
    private boolean json;

    /** The command in these surroundings. */
    public ClusterReplay(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        var until = Moment.read(to);
        try (var opened = OpenedPast.openOne(backup, log, passphrase.read(), scratch)) {
            long begin = opened.sources().oldestCopy();
            var found = until.index() < begin ? null : opened.at(until);
            if (found == null || found.index() < begin) {
                throw new Failure(
                        ExitCode.FAILED,
                        until + " is no longer held by " + backup + ", which is at index " + begin
                                + "; take an older backup, or `meso state --at` with the log alone. Nothing was"
                                + " changed");
            }
            print(found);
        }
        return ExitCode.OK;
    }

    private void print(Replay.Replayed at) {
        if (json) {
            var fields = PastText.json(at);
            fields.put("entries", at.entries());
            fields.put("commands", at.commands());
            fields.put("digests_compared", at.checks());
            JsonOutput.print(console.out(), new JsonObject(fields));
        } else {
            PastText.print(console.out(), at);
            console.out()
                    .println("applied  " + at.entries() + " entries with " + at.commands() + " commands; " + at.checks()
                            + " fingerprints of leaders compared, all equal");
        }
    }
}
