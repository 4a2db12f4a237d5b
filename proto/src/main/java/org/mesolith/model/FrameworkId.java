package org.mesolith.model;

/** Names a framework; minted by the replicated state, or chosen by the framework on its first subscribe. */
public record FrameworkId(String value) implements Comparable<FrameworkId> {
    @Override
    public int compareTo(FrameworkId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
