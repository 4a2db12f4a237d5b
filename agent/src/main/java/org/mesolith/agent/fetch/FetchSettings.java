package org.mesolith.agent.fetch;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the fetcher must know of the agent's settings.
 *
 * @param staging absolute; emptied at start; on the file system of the sandboxes
 * @param cache absolute; emptied at start
 * @param cacheBytesMax of all files in the cache; 0 for no cache
 * @param fileBytesMax of one file, and of all that is unpacked from one
 * @param stallMax a file that does not grow for so long has failed
 * @param timeMax for all files of one task
 * @param home what a relative path is relative to; null when the operator names nothing
 */
public record FetchSettings(
        Path staging,
        Path cache,
        long cacheBytesMax,
        long fileBytesMax,
        Duration stallMax,
        Duration timeMax,
        @Nullable Path home) {
    /** Files that are brought for one task at a time. */
    public static final int PER_TASK_MAX = 4;

    /** Files that are brought for all tasks at a time. */
    public static final int AT_A_TIME_MAX = 16;

    /** Files that one task may ask for. */
    public static final int URIS_MAX = 1_000;

    /** Entries of one archive. */
    public static final int ENTRIES_MAX = 100_000;

    /** Steps from the first address of a file to the one that gives it. */
    public static final int REDIRECTS_MAX = 10;

    /** Until a connection stands. */
    public static final Duration CONNECT_MAX = Duration.ofSeconds(20);

    /** Between two lines about one file in a task's log. */
    static final Duration TELL_EVERY = Duration.ofSeconds(10);
}
