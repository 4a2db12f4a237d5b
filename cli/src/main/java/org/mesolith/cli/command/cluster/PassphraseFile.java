package org.mesolith.cli.command.cluster;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mesolith.backup.BackupRefusedException;
import org.mesolith.backup.Passphrase;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Option;

/** The option that names the file with a passphrase: it never appears in a list of processes. */
public final class PassphraseFile {
    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "The first line of this file is the passphrase of the backup.")
    private @Nullable Path file;

    /** Null without the option. */
    public char @Nullable [] read() {
        try {
            return file == null ? null : Passphrase.read(file);
        } catch (BackupRefusedException unusable) {
            throw new Failure(ExitCode.USAGE, unusable.sentence(), unusable);
        }
    }
}
