package org.mesolith.log;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mesolith.state.Registry;

/**
 * Snapshots of this member's registry. Any thread; nothing blocks; futures complete on the log's housekeeping thread.
 */
public interface Snapshots {
    /**
     * A snapshot on this member's disk.
     *
     * @param bytes of its files; hard links count in full
     */
    record Taken(long term, long index, Instant at, long bytes) {}

    /** What a request for a snapshot came to. */
    sealed interface Answer {
        record Done(Taken snapshot) implements Answer {}

        /** Nothing was written (or it is not to be trusted); the sentence says why. */
        record Failed(String why) implements Answer {}
    }

    /** Takes one now. */
    CompletableFuture<Answer> take();

    /** The newest first. */
    List<Taken> list();

    /**
     * Copies the registry as it is now into a directory that does not exist yet, on the same disk: hard links, so that
     * entries wait for milliseconds only. The copy belongs to the caller.
     */
    CompletableFuture<Cut> cut(Path directory);

    /** What became of a copy. */
    sealed interface Cut {
        /** It is complete up to this entry; the registry is the one that lies in it. */
        record Done(long term, long index, Registry registry) implements Cut {}

        /** There is none; the sentence says why. */
        record Failed(String why) implements Cut {}
    }

    /**
     * Copies the log up to an entry that was applied, as far back as it is still held, and the copy of the registry
     * from which it goes on, into a directory that does not exist yet, on the same disk. Files that no longer change
     * are hard links. The copy belongs to the caller.
     */
    CompletableFuture<Past> past(Path directory, long upTo);

    /** What became of a copy of the past. */
    sealed interface Past {
        /**
         * Files of the log in {@code log}, those of the snapshot in {@code snapshot}.
         *
         * @param snapshotTerm 0 without a snapshot
         * @param snapshotIndex -1 without a snapshot: the log begins with the first entry of the group
         * @param logFirst index of the first entry
         */
        record Done(long snapshotTerm, long snapshotIndex, long logFirst) implements Past {}

        /** There is none; the sentence says why. */
        record Failed(String why) implements Past {}
    }
}
