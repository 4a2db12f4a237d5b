package org.mesolith.base;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** When software was packaged. Any thread. */
public final class Packaged {
    private Packaged() {}

    /** When the file was written that this class was loaded from; 1970 when that cannot be told. Reads the disk. */
    public static Instant at(Class<?> part) {
        try {
            var source = part.getProtectionDomain().getCodeSource();
            return Files.getLastModifiedTime(Path.of(source.getLocation().toURI()))
                    .toInstant();
        } catch (IOException | URISyntaxException | RuntimeException unknown) {
            return Instant.EPOCH;
        }
    }
}
