package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.backup.BackupFile;
import org.mesolith.backup.Manifest;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso cluster backup create}: any master hands out its registry as of one index; the cluster works on. */
@Command(
        description = {
            "Writes a backup of the registry into a file, while the cluster works.",
            "Any master will do. The file appears only when it is complete and on the disk.",
            "A passphrase stays on this machine: encryption is done here."
        },
        footer = {"", "Example: meso cluster backup create /backup/today.meso --passphrase-file /etc/meso/pass"})
public final class BackupCreate implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private PassphraseFile passphrase = new PassphraseFile();

    @Parameters(paramLabel = "FILE", description = "Where the backup is written; must not exist.")
    private Path file = Path.of("");

    @Option(
            names = "--with-log",
            description = "Also what the master still holds of the log, and the snapshot before it: the file is then "
                    + "enough for `meso state` and `meso cluster replay` on any machine.")
    private boolean withLog;

    @Option(names = "--dry-run", description = "Shows what would be in the backup; writes nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "The manifest of the backup as JSON.")
    private boolean json;

    /** The command in these surroundings. */
    public BackupCreate(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (Files.exists(file)) {
            throw new Failure(ExitCode.USAGE, file + " exists; nothing was written. Choose another name, or remove it");
        }
        char[] secret = passphrase.read();
        try (var fetch = BackupFetch.begin(masters.list(console).masters(), PATIENCE, withLog)) {
            Manifest manifest = fetch.manifest();
            if (!fetch.behind().isEmpty()) {
                console.err().println("note: this backup may lack what was acknowledged last: " + fetch.behind());
            }
            if (!dryRun) {
                write(fetch, secret);
            }
            var content = new BackupFile.Content(manifest, secret != null);
            if (json) {
                JsonOutput.print(console.out(), BackupText.json(content));
            } else {
                BackupText.print(console.out(), content);
                console.out()
                        .println(
                                dryRun
                                        ? "nothing was written (--dry-run); " + fetch.master() + " would hand it out"
                                        : "written     " + file + ", " + Files.size(file) + " bytes, from "
                                                + fetch.master());
            }
        }
        return ExitCode.OK;
    }

    private void write(BackupFetch fetch, char @Nullable [] secret) {
        try {
            BackupFile.save(file, fetch.manifest(), fetch::open, secret);
        } catch (IOException failed) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the backup was not written: " + failed.getMessage() + "; nothing is left of it",
                    failed);
        }
    }
}
