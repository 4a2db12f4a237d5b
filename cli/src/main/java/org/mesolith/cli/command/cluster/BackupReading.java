package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.mesolith.backup.BackupRefusedException;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** Reads a backup; what a command ends with when there is none, or it is not to be trusted. */
final class BackupReading {
    private BackupReading() {}

    /** What is done with the file. */
    interface Work<T> {
        T of(Path file) throws IOException;
    }

    /** Fails with {@link ExitCode#NOT_FOUND} without a file, with {@link ExitCode#FAILED} when it is refused. */
    static <T> T read(Path file, Work<T> work) throws IOException {
        try {
            return work.of(file);
        } catch (NoSuchFileException missing) {
            throw new Failure(ExitCode.NOT_FOUND, "there is no file " + missing.getFile(), missing);
        } catch (BackupRefusedException refused) {
            throw new Failure(ExitCode.FAILED, file + ": " + refused.sentence() + ". Nothing was changed", refused);
        }
    }
}
