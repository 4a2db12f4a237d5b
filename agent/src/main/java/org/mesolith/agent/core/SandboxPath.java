package org.mesolith.agent.core;

import java.util.List;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;

/**
 * Where tasks keep their files below the work directory, laid out as Mesos does:
 * {@code slaves/AGENT/frameworks/FRAMEWORK/executors/EXECUTOR/runs/CONTAINER}, and {@code runs/latest} beside it.
 */
public final class SandboxPath {
    /** Link to the newest run of an executor. */
    public static final String LATEST = "latest";

    private SandboxPath() {}

    /** The directory of an executor's runs, as its parts below the work directory. */
    public static List<String> runs(AgentId agent, FrameworkId framework, ExecutorId executor) {
        return List.of("slaves", agent.value(), "frameworks", framework.value(), "executors", executor.value(), "runs");
    }

    /** For a command task the executor has the task's id. */
    public static ExecutorId executor(RunId run) {
        return new ExecutorId(run.key().task().value());
    }
}
