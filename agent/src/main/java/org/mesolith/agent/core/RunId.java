package org.mesolith.agent.core;

import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;

/**
 * Names one run of a task for ever: a framework may use a task id again, but a place in the log holds one launch only.
 * Also the run of an executor, whose id then stands for a task's. Runs of executors sort behind those of tasks.
 *
 * @param launchedAt place of the accepted launch in the log; of an executor, of its first task
 * @param executor whether this is the run of an executor
 */
public record RunId(TaskKey key, Position launchedAt, boolean executor) implements Comparable<RunId> {
    /** Of a task. */
    public RunId(TaskKey key, Position launchedAt) {
        this(key, launchedAt, false);
    }

    /** Of an executor. */
    public static RunId ofExecutor(FrameworkId framework, ExecutorId executor, Position launchedAt) {
        return new RunId(new TaskKey(framework, new TaskId(executor.value())), launchedAt, true);
    }

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
        if (executor != other.executor) {
            return executor ? 1 : -1;
        }
        int byKey = key.compareTo(other.key);
        return byKey != 0 ? byKey : launchedAt.compareTo(other.launchedAt);
    }

    @Override
    public String toString() {
        return (executor ? "executor " : "") + key + "@" + launchedAt;
    }
}
