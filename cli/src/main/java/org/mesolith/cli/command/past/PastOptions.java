package org.mesolith.cli.command.past;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.cluster.PassphraseFile;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the past is read from: files that are named, or else what a master hands out. */
final class PastOptions {
    @Option(
            names = "--backup",
            paramLabel = "FILE",
            description = "A backup of the cluster, best one with its log; may be given again.")
    private List<Path> backups = new ArrayList<>();

    @Option(
            names = "--log",
            paramLabel = "DIR",
            description = "The work directory of a master, running or not, or a copy of the directory of its "
                    + "group: its "
                    + "snapshots and its log.")
    private @Nullable Path log;

    @Option(
            names = "--scratch",
            paramLabel = "DIRECTORY",
            description = "Where databases are laid for a moment (default: beside other temporary files).")
    private @Nullable Path scratch;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private PassphraseFile passphrase = new PassphraseFile();

    /** Opens what was named; closing removes what was laid out for it. */
    OpenedPast open(Console console) throws IOException {
        return backups.isEmpty() && log == null
                ? OpenedPast.fetch(masters.list(console).masters(), console, scratch)
                : OpenedPast.open(backups, log, passphrase.read(), scratch);
    }
}
