package org.mesolith.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The secret of an encrypted backup, as it lies in a file. */
public final class Passphrase {
    private static final int CHARS_MIN = 8;
    private static final int CHARS_MAX = 1_024;

    private Passphrase() {}

    /**
     * The first line of a file.
     *
     * @throws BackupRefusedException when the file cannot be read, or the line is too short or too long
     */
    public static char[] read(Path file) throws BackupRefusedException {
        try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            var line = lines.readLine();
            if (line == null || line.length() < CHARS_MIN || line.length() > CHARS_MAX) {
                throw new BackupRefusedException("the first line of " + file + " must be a passphrase of " + CHARS_MIN
                        + " to " + CHARS_MAX + " characters");
            }
            return line.toCharArray();
        } catch (BackupRefusedException refused) {
            throw refused;
        } catch (IOException unreadable) {
            throw new BackupRefusedException(
                    "the file with the passphrase, " + file + ", cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }
}
