package org.mesolith.leader.event;

/** Names one connection of one agent; given by the agents' door, never used twice in a process. */
public record LinkId(long value) implements Comparable<LinkId> {
    @Override
    public int compareTo(LinkId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "link-" + value;
    }
}
