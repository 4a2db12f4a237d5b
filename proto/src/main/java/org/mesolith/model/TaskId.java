package org.mesolith.model;

/** Names a task within its framework; chosen by the framework. */
public record TaskId(String value) implements Comparable<TaskId> {
    @Override
    public int compareTo(TaskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
