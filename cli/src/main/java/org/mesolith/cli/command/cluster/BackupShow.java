package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mesolith.backup.BackupFile;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso cluster backup show}. */
@Command(
        description = {
            "Shows what a backup says of itself: cluster, position, time, how many of what.",
            "Only its beginning is read; `meso cluster backup verify` checks all of it."
        },
        footer = {"", "Example: meso cluster backup show /backup/today.meso"})
public final class BackupShow implements Callable<Integer> {
    private final Console console;

    @Mixin
    private PassphraseFile passphrase = new PassphraseFile();

    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "The manifest of the backup as JSON.")
    private boolean json;

    /** The command in these surroundings. */
    public BackupShow(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        BackupFile.Content content = BackupReading.read(file, from -> BackupFile.show(from, passphrase.read()));
        if (json) {
            JsonOutput.print(console.out(), BackupText.json(content));
        } else {
            BackupText.print(console.out(), content);
        }
        return ExitCode.OK;
    }
}
