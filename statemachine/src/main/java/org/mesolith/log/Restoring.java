package org.mesolith.log;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How a member that waits becomes a founder of a group that begins with the registry of a backup.
 *
 * <p>Two steps: all members prepare, and only when every one of them is ready, and all have come to the same digest,
 * they found. Any thread; nothing blocks; futures complete on the log's housekeeping thread.
 */
public interface Restoring {
    /**
     * What the group begins with; every member is given the same.
     *
     * @param groupId a UUID, drawn by the caller: no member of the former group can speak to this one
     * @param epoch of the restored cluster, above the backup's: what the former cluster orders is refused
     * @param epochId drawn by the caller
     * @param term of the newest entry in the backup
     * @param index of the newest entry in the backup
     * @param digest of the registry in the backup
     */
    record Plan(
            String groupId,
            List<MemberAddress> founders,
            long epoch,
            long epochId,
            long term,
            long index,
            long digest) {
        public Plan {
            founders = List.copyOf(founders);
        }
    }

    /** What became of a step. */
    sealed interface Answer {
        /**
         * The step is done, now or before.
         *
         * @param digest of the registry that the group begins with, the same on every member
         */
        record Done(long digest) implements Answer {}

        /** It is not, and nothing was changed; the sentence says why. Answer 409. */
        record Refused(String why) implements Answer {}
    }

    /**
     * Opens the database in these files, which stay as they are, compares it with the plan, and lays the beginning of
     * the group ready beside the member's data. Takes as long as loading the registry.
     */
    CompletableFuture<Answer> prepare(Plan plan, Path files);

    /** Makes this member a founder of the group that was prepared. From here on it takes part in elections. */
    CompletableFuture<Answer> found(Plan plan);
}
