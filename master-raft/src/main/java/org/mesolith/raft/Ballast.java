package org.mesolith.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.mesolith.base.DurableFiles;

/**
 * A little room kept for the worst moment. A vote is a small file written beside the log; Ratis 3.3.0 replaces it by an
 * empty one when the disk is full to the last block, and the member could never start again. So before a member with an
 * exhausted disk hands its lead over, which is a vote, this file makes room. Only the housekeeping thread.
 */
final class Ballast {
    private static final int BYTES = 1 << 20;

    private final Path file;

    Ballast(Path dataDir) {
        this.file = dataDir.resolve("ballast");
    }

    /** Takes the room, if it is not taken. */
    void lay() throws IOException {
        if (Files.exists(file) && Files.size(file) == BYTES) {
            return;
        }
        // Not zeros: some file systems give no room to them.
        var bytes = new byte[BYTES];
        new SplittableRandom(BYTES).nextBytes(bytes);
        DurableFiles.replace(file, bytes);
    }

    /** Gives the room back. */
    void drop() throws IOException {
        Files.deleteIfExists(file);
    }
}
