package org.mesolith.log;

import org.jspecify.annotations.Nullable;

/** What became of a barrier for reads. */
public sealed interface Barrier {
    /**
     * Everything that was acknowledged before the barrier was asked for is at or below this index, and is applied on
     * this member. A view of the registry is new enough when {@code registry.at().index() >= index}.
     */
    record Reached(long index) implements Barrier {}

    /** This member does not lead. Null: nobody is known to lead. */
    record NotLeader(@Nullable MemberAddress leader) implements Barrier {}

    /** The leadership ended or the quorum was not heard in time; nothing can be said about the order. */
    record Failed(String why) implements Barrier {}
}
