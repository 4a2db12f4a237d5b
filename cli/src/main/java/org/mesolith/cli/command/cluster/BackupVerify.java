package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.backup.BackupFile;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso cluster backup verify}: restores into a scratch directory and compares the digest. */
@Command(
        description = {
            "Checks a backup by really restoring it into a scratch directory on this machine.",
            "Needs room for the whole database there. No master is asked."
        },
        footer = {"", "Example: meso cluster backup verify /backup/today.meso"})
public final class BackupVerify implements Callable<Integer> {
    private final Console console;

    @Mixin
    private PassphraseFile passphrase = new PassphraseFile();

    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path file = Path.of("");

    @Option(
            names = "--scratch",
            paramLabel = "DIRECTORY",
            description = "Where the database is laid for a moment (default: beside other temporary files).")
    private @Nullable Path scratch;

    @Option(names = "--json", description = "The manifest of the backup as JSON.")
    private boolean json;

    /** The command in these surroundings. */
    public BackupVerify(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        BackupFile.Content content = VerifiedBackup.open(file, passphrase.read(), scratch);
        if (json) {
            JsonOutput.print(console.out(), BackupText.json(content));
        } else {
            BackupText.print(console.out(), content);
            console.out().println("verified    every file, and the digest of the registry in it");
        }
        return ExitCode.OK;
    }
}
