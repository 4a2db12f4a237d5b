package org.mesolith.cli.command.past;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.backup.Manifest;
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
            "A backup that was made with its log is enough: what comes out is then compared with what it holds.",
            "Fingerprints that leaders noted in the log are compared on the way. The newest entries of a log may never "
                    + "have been committed."
        },
        footer = {
            "",
            "Example: meso cluster replay case.meso",
            "         meso cluster replay today.meso --log ./group-of-master-1 --to 4711"
        })
public final class ClusterReplay implements Callable<Integer> {
    private final Console console;

    @Mixin
    private PassphraseFile passphrase = new PassphraseFile();

    @Parameters(paramLabel = "BACKUP", description = "The backup to begin with.")
    private Path backup = Path.of("");

    @Option(
            names = "--log",
            paramLabel = "DIR",
            description = "The work directory of a master, or a copy of the directory of its group (default: the log "
                    + "that is in the backup).")
    private @Nullable Path log;

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
            var carrier = opened.carrier();
            if (log == null && carrier == null) {
                throw new Failure(
                        ExitCode.USAGE,
                        backup + " was made without its log; give one with --log, or make the backup with"
                                + " `meso cluster backup create --with-log`");
            }
            long begin = opened.sources().oldestCopy();
            var found = until.index() < begin ? null : opened.at(until);
            if (found == null || found.index() < begin) {
                throw new Failure(
                        ExitCode.FAILED,
                        until + " is no longer held by " + backup + ", which is at index " + begin
                                + "; take an older backup, or `meso state --at` with the log alone. Nothing was"
                                + " changed");
            }
            boolean compared = carrier != null && compare(carrier, found);
            print(found, compared);
        }
        return ExitCode.OK;
    }

    /** False when it ended before the registry of the backup. */
    private static boolean compare(Manifest carrier, Replay.Replayed found) {
        if (found.index() != carrier.index()) {
            return false;
        }
        if (found.registry().digest() != carrier.digestBits()) {
            throw new Failure(
                    ExitCode.FAILED,
                    "at index " + carrier.index() + " the master had the digest " + carrier.digest() + ", here it is "
                            + Long.toHexString(found.registry().digest()) + ": this version decides differently (the"
                            + " master's is " + carrier.version() + "), or that master had gone wrong. Nothing was"
                            + " changed");
        }
        return true;
    }

    private void print(Replay.Replayed at, boolean compared) {
        if (json) {
            var fields = PastText.json(at);
            fields.put("entries", at.entries());
            fields.put("commands", at.commands());
            fields.put("digests_compared", at.checks());
            fields.put("digest_of_backup_compared", compared);
            JsonOutput.print(console.out(), new JsonObject(fields));
        } else {
            PastText.print(console.out(), at);
            console.out()
                    .println("applied  " + at.entries() + " entries with " + at.commands() + " commands; " + at.checks()
                            + " fingerprints of leaders compared, all equal"
                            + (compared ? "; the digest is that of the backup" : ""));
        }
    }
}
