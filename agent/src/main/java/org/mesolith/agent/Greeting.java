package org.mesolith.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.mesolith.codec.AccessFiles;
import org.mesolith.wire.Headers;

/** How an agent tells masters who it is: with the principal and secret of a file, as HTTP basic authentication. */
final class Greeting {
    private static final long BYTES_MAX = 1L << 20;

    private Greeting() {}

    /** @throws IllegalArgumentException with what is wrong with the file */
    static Headers read(String file) {
        var name = file.startsWith("file://") ? file.substring("file://".length()) : file;
        try {
            var path = Path.of(name);
            if (Files.size(path) > BYTES_MAX) {
                throw new IllegalArgumentException("the file is larger than 1 MiB; it should hold one name and secret");
            }
            return Headers.of(
                    "Authorization",
                    AccessFiles.credential(Files.readAllBytes(path)).basic());
        } catch (IOException | InvalidPathException unreadable) {
            throw new IllegalArgumentException("the file cannot be read (" + unreadable + ")", unreadable);
        } catch (AccessFiles.BadFile bad) {
            throw new IllegalArgumentException(bad.getMessage(), bad);
        }
    }
}
