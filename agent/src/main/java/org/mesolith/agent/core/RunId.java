package org.mesolith.agent.core;

import org.mesolith.model.Position;
import org.mesolith.model.TaskKey;

/**
 * Names one run of a task for ever: a framework may use a task id again, but a place in the log holds one launch only.
 *
 * @param launchedAt place of the accepted launch in the log
 */
public record RunId(TaskKey key, Position launchedAt) implements Comparable<RunId> {
    /** Sorts before every run of this task. */
    public static RunId first(TaskKey key) {
        return new RunId(key, new Position(Long.MIN_VALUE, 0));
    }

    /** Sorts behind every run of this task. */
    public static RunId last(TaskKey key) {
        return new RunId(key, new Position(Long.MAX_VALUE, Integer.MAX_VALUE));
    }

    @Override
    public int compareTo(RunId other) {
        int byKey = key.compareTo(other.key);
        return byKey != 0 ? byKey : launchedAt.compareTo(other.launchedAt);
    }

    @Override
    public String toString() {
        return key + "@" + launchedAt;
    }
}
