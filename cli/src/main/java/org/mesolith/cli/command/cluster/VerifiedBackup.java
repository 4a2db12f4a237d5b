package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mesolith.backup.BackupFile;
import org.mesolith.backup.Scratch;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** Opens backups in scratch directories. */
final class VerifiedBackup {
    private VerifiedBackup() {}

    /** The backup, really opened. Fails with {@link ExitCode#FAILED} if it cannot be trusted. */
    static BackupFile.Content open(Path file, char @Nullable [] secret, @Nullable Path scratch) {
        try {
            Path own = scratch == null
                    ? Files.createTempDirectory("meso-verify")
                    : Files.createTempDirectory(Files.createDirectories(scratch), "meso-verify");
            try {
                return BackupReading.read(file, from -> Scratch.verify(from, secret, own.resolve("database")));
            } finally {
                Files.deleteIfExists(own);
            }
        } catch (IOException failed) {
            throw new Failure(
                    ExitCode.FAILED,
                    file + " could not be restored into a scratch directory: " + failed.getMessage()
                            + "; name one with room for it with --scratch",
                    failed);
        }
    }
}
