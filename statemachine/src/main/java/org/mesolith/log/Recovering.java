package org.mesolith.log;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How the best survivor of a group that has lost its majority for good becomes the only member of a new one. Any
 * thread; nothing blocks; futures complete on the log's housekeeping thread.
 */
public interface Recovering {
    /**
     * How a member stands.
     *
     * @param members of its group as it knows them, itself included
     * @param lastTerm of the newest entry in its log
     * @param lastIndex of the newest entry in its log; it need not be committed
     * @param commitIndex up to which it knows its log to be committed
     * @param epoch of its registry, as far as it has applied its log
     * @param leader that it hears, itself perhaps; null for none
     */
    record Standing(
            MemberAddress self,
            String clusterId,
            String groupId,
            List<MemberAddress> members,
            long lastTerm,
            long lastIndex,
            long commitIndex,
            long epoch,
            @Nullable MemberAddress leader) {
        public Standing {
            members = List.copyOf(members);
        }
    }

    /**
     * What the survivor becomes.
     *
     * @param formerGroup that has lost its majority
     * @param group a UUID, drawn by the caller
     * @param epochId of the next epoch, drawn by the caller
     * @param lastTerm of the newest entry in its log, as it said
     * @param lastIndex of the newest entry in its log, as it said
     */
    record Plan(String formerGroup, String group, long epochId, long lastTerm, long lastIndex) {}

    /** What became of a wish. */
    sealed interface Answer {
        /** It is written down; the process ends, and does it when it is started again. */
        record Accepted() implements Answer {}

        /** Nothing was changed; the sentence says why. Answer 409. */
        record Refused(String why) implements Answer {}
    }

    /** Null while it belongs to no group. */
    @Nullable
    Standing standing();

    /** Makes it so: everything in this member's log counts as committed from then on. */
    CompletableFuture<Answer> recover(Plan plan);
}
