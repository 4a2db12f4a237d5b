package org.mesolith.leader.event;

/** Names one call that waits for a {@link Reply}; never used twice in a process. */
public record RequestId(long value) implements Comparable<RequestId> {
    @Override
    public int compareTo(RequestId other) {
        return Long.compare(value, other.value);
    }
}
