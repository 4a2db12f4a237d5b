package org.mesolith.log;

import java.time.Duration;
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
}
