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

    /** What became of a bootstrap. */
    sealed interface Bootstrap {
        /** This member takes part; {@code before}: it did so already. */
        record Done(boolean before) implements Bootstrap {}

        /** It does not, and nothing was changed; the sentence says why. Answer 409. */
        record Refused(String why) implements Bootstrap {}
    }
}
