package org.mesolith.model;

/** A task's full name: task ids are unique only within a framework. */
public record TaskKey(FrameworkId framework, TaskId task) implements Comparable<TaskKey> {
    @Override
    public int compareTo(TaskKey other) {
        int byFramework = framework.compareTo(other.framework);
        return byFramework != 0 ? byFramework : task.compareTo(other.task);
    }

    @Override
    public String toString() {
        return framework + "/" + task;
    }
}
