package org.mesolith.agent.container;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.TaskSpec;
import org.mesolith.model.ExecutorId;

/** The environment of a command task, made from nothing (Mesos: executorEnvironment); the task's own variables win. */
final class TaskEnvironment {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private TaskEnvironment() {}

    static Map<String, String> of(ContainerSettings settings, AgentEffect.Placed placed, Path sandbox, TaskSpec spec) {
        var run = placed.run();
        var within = placed.within();
        var executor = within == null ? run : within.executor();
        var all = new LinkedHashMap<String, String>();
        var endpoint = settings.doors().endpoint();
        int colon = endpoint.lastIndexOf(':');
        all.put("PATH", PATH);
        all.put("LIBPROCESS_IP", endpoint.substring(0, colon));
        all.put("LIBPROCESS_PORT", "0");
        all.put("MESOS_AGENT_ENDPOINT", endpoint);
        all.put("MESOS_CHECKPOINT", "1");
        all.put("MESOS_DIRECTORY", sandbox.toString());
        all.put("MESOS_EXECUTOR_ID", executor.key().task().value());
        all.put(
                "MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD",
                run.executor() ? spec.killGrace().toMillis() / 1e3 + "secs" : "5secs");
        all.put("MESOS_FRAMEWORK_ID", run.key().framework().value());
        all.put("MESOS_HTTP_COMMAND_EXECUTOR", "0");
        all.put("MESOS_RECOVERY_TIMEOUT", settings.doors().recovery().toMillis() / 1e3 + "secs");
        all.put("MESOS_SANDBOX", sandbox.toString());
        all.put("MESOS_SLAVE_ID", placed.agent().value());
        all.put("MESOS_SLAVE_PID", "slave(1)@" + endpoint);
        all.put("MESOS_SUBSCRIPTION_BACKOFF_MAX", "2secs");
        if (!run.executor()) {
            all.put("MESOS_TASK_ID", run.key().task().value());
        }
        all.putAll(settings.environment());
        spec.command().environment().forEach(variable -> all.put(variable.name(), variable.value()));
        if (run.executor()) {
            addDoors(all, settings.doors(), placed);
        }
        // Last and not to be overwritten: the container's processes are found by it.
        all.put(MarkerTrees.VARIABLE, placed.container().toString());
        return all;
    }

    /** How an executor of a framework comes in, and shows who it is. */
    private static void addDoors(Map<String, String> all, ContainerSettings.Doors doors, AgentEffect.Placed placed) {
        if (doors.socket() != null) {
            all.put("MESOS_DOMAIN_SOCKET", doors.socket().toString());
        }
        if (doors.tokens() != null) {
            var key = placed.run().key();
            var id = new ExecutorId(key.task().value());
            all.put(
                    "MESOS_EXECUTOR_AUTHENTICATION_TOKEN",
                    doors.tokens().mint(key.framework(), id, placed.container()));
        }
    }
}
