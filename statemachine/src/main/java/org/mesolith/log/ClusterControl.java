package org.mesolith.log;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Membership and handover. Methods may be called on any thread and do not block; futures as in {@link CommandLog}. */
public interface ClusterControl {
    /** What this member knows now; from memory, cheap. */
    ClusterStatus status();

    /**
     * Hands the leadership to another member.
     *
     * @param target null: whoever is most up to date
     */
    CompletableFuture<Handover> transferLeadership(@Nullable MemberAddress target, Duration deadline);

    /** What became of a handover. */
    sealed interface Handover {
        /** Another member leads. */
        record Done() implements Handover {}

        /** This member does not lead. */
        record NotLeader(@Nullable MemberAddress leader) implements Handover {}

        /** It did not come to pass; this member may still lead. */
        record Failed(String why) implements Handover {}
    }

    /**
     * Makes this member a founder of a new cluster. Every founder must be told the same, itself among them; the first
     * that leads makes the cluster. A member takes part in one founding in its life: the same one again is done
     * already, another one is refused.
     *
     * @param clusterId name of the cluster, drawn by the caller
     * @param groupId a UUID, drawn by the caller
     */
    CompletableFuture<Bootstrap> bootstrap(String clusterId, String groupId, List<MemberAddress> founders);

    /**
     * Makes this member, which waits, a standby of an existing cluster: it opens storage for the group and listens; it
     * votes only after a {@link #change}. Again with the same content is done already.
     */
    CompletableFuture<Bootstrap> join(String clusterId, String groupId);

    /**
     * Changes who votes, in one step in which both the old and the new majority are asked. Members that are added are
     * caught up first. Only the leader; one that is to be removed hands over the lead and changes nothing.
     */
    CompletableFuture<Changed> change(VoterChange wish);

    /** What became of a change of the voters. */
    sealed interface Changed {
        /**
         * These vote now, or would after a preview.
         *
         * @param before those that voted until now; the same list when nothing had to be done
         */
        record Done(List<MemberAddress> before, List<MemberAddress> after) implements Changed {}

        /** This member does not lead (any more). */
        record NotLeader(@Nullable MemberAddress leader) implements Changed {}

        /** Nothing was changed; the sentence says why and what to do. Answer 409. */
        record Refused(String why) implements Changed {}

        /** It may still come to pass. Answer 504, and look. */
        record Unknown(String why) implements Changed {}
    }

    /** What became of a bootstrap. */
    sealed interface Bootstrap {
        /** This member takes part; {@code before}: it did so already. */
        record Done(boolean before) implements Bootstrap {}

        /** It does not, and nothing was changed; the sentence says why. Answer 409. */
        record Refused(String why) implements Bootstrap {}
    }
}
