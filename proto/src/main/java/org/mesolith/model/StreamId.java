package org.mesolith.model;

/** Names one subscription's event stream; what clients send back in the header Mesos-Stream-Id. */
public record StreamId(String value) implements Comparable<StreamId> {
    @Override
    public int compareTo(StreamId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
