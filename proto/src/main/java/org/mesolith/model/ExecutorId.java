package org.mesolith.model;

/** Names an executor within its framework and agent; chosen by the framework, or the task's id for a command task. */
public record ExecutorId(String value) implements Comparable<ExecutorId> {
    @Override
    public int compareTo(ExecutorId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
