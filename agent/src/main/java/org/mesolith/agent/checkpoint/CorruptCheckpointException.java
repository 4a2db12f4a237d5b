package org.mesolith.agent.checkpoint;

import java.nio.file.Path;

/** A file contradicts its checksum, so its content was changed after it was written. */
public final class CorruptCheckpointException extends Exception {
    private static final long serialVersionUID = 1;

    CorruptCheckpointException(Path file, String what) {
        super("the checkpoint " + file + " is damaged: " + what + "; restore it from a copy, or move the file away: "
                + remedy(file));
    }

    private static String remedy(Path file) {
        return file.getFileName().toString().equals("identity")
                ? "then the agent joins as a new one and its old tasks are lost"
                : "then the task it describes is reported lost (--no-strict does that for every damaged task file)";
    }
}
