package org.mesolith.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.mesolith.agent.core.ExecutorTokens;

/** The file of {@code --jwt_secret_key}. */
final class SecretKey {
    /** HMAC-SHA-256 is as strong as its key up to here; a shorter one can be guessed sooner than a signature. */
    private static final int BYTES_MIN = 32;

    private static final int BYTES_MAX = 1 << 16;

    private SecretKey() {}

    /** @throws IllegalArgumentException with what is wrong with the file */
    static ExecutorTokens read(String file) {
        var name = file.startsWith("file://") ? file.substring("file://".length()) : file;
        try {
            var path = Path.of(name);
            long bytes = Files.size(path);
            if (bytes < BYTES_MIN || bytes > BYTES_MAX) {
                throw new IllegalArgumentException("the file has " + bytes + " bytes; a key has " + BYTES_MIN + " to "
                        + BYTES_MAX + ", for example from: head -c 32 /dev/urandom");
            }
            return new ExecutorTokens(Files.readAllBytes(path));
        } catch (IOException | InvalidPathException unreadable) {
            throw new IllegalArgumentException("the file cannot be read (" + unreadable + ")", unreadable);
        }
    }
}
