package org.mesolith.doctor;

import org.jspecify.annotations.Nullable;

/**
 * Another member as this one reaches it.
 *
 * @param member its id
 * @param address of its HTTP door
 * @param trouble why it is not reached, or not in every way; null when it is
 * @param clockAheadMillis how far its clock is ahead of ours, the way of the question taken off; null when not known
 * @param uncertainMillis how well that is known
 * @param flushMicros what it says of its own disk; -1 when not known
 */
public record Neighbour(
        String member,
        String address,
        @Nullable String trouble,
        @Nullable Long clockAheadMillis,
        long uncertainMillis,
        long flushMicros) {
    /** One that does not answer. */
    public static Neighbour silent(String member, String address, String trouble) {
        return new Neighbour(member, address, trouble, null, 0, -1);
    }
}
