package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso cluster restore}: masters that were started and wait become the cluster of a backup. */
@Command(
        description = {
            "Makes masters that were started with empty directories, and wait, the cluster of a backup.",
            "What happened after the backup is lost; orders of the former masters are refused from then on.",
            "After an interruption run it again with the same file and members: it goes on where it stopped."
        },
        footer = {
            "",
            "Example: meso cluster restore /backup/today.meso --members 10.0.0.1:5050,10.0.0.2:5050,10.0.0.3:5050 --yes"
        })
public final class ClusterRestore implements Callable<Integer> {
    private final Console console;

    @Mixin
    private PassphraseFile passphrase = new PassphraseFile();

    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path file = Path.of("");

    @Option(
            names = "--members",
            required = true,
            paramLabel = "HOST:PORT,…",
            description = "The HTTP address of every new master: 1, 3 or 5 of them.")
    private String members = "";

    @Option(
            names = "--former-masters",
            paramLabel = "HOST:PORT,…",
            description = "Masters of the lost cluster that may still answer: asked what will be lost.")
    private String former = "";

    @Option(
            names = "--epoch",
            paramLabel = "NUMBER",
            description = "Epoch of the restored cluster (default: one above the backup's, or above that of a former"
                    + " master that answers). Give a higher one if agents were told of a higher one already.")
    private long epoch;

    @Option(
            names = "--scratch",
            paramLabel = "DIRECTORY",
            description = "Where the database is laid for a moment (default: beside other temporary files).")
    private @Nullable Path scratch;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "5m",
            description = "How long to wait for the masters and for a leader (default: ${DEFAULT-VALUE}).")
    private String timeout = "5m";

    @Mixin
    private Consent consent = new Consent();

    @Option(names = "--json", description = "The plan, and what became of it, as JSON.")
    private boolean json;

    /** The command in these surroundings. */
    public ClusterRestore(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<HostPort> addresses = Members.named(members);
        Deadline deadline = Deadline.after(SpanText.read("--timeout", timeout));
        Path below = scratch == null ? Files.createTempDirectory("meso-restore") : scratch;
        try (var backup = OpenedBackup.open(file, passphrase.read(), below.resolve("database"))) {
            var run = new RestoreRun(console, addresses, backup, deadline);
            run.prepare(HostPort.parseList(former), epoch);
            run.show(json && !consent.isGiven());
            if (!consent.isGiven()) {
                return consent.end(console);
            }
            run.perform(json);
            return ExitCode.OK;
        } finally {
            if (scratch == null) {
                Files.deleteIfExists(below);
            }
        }
    }
}
