package org.mesolith.state.row;

import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;

/**
 * An executor that was promised to run on an agent: from the launch of its first task until its agent reports its end.
 *
 * @param id unique within the framework and agent
 * @param role to which its resources are allocated
 * @param resources its own, counted once however many tasks it has; allocated to the role
 * @param launchedAt place of the launch that asked for it first; with its id, framework and agent it names this run of
 *     the executor for ever
 * @param unreachable its agent fell silent: it holds nothing until the agent returns
 * @param info the whole {@code mesos.v1.ExecutorInfo}; a task that names the executor must bring the same
 */
public record ExecutorRow(
        FrameworkId framework,
        ExecutorId id,
        AgentId agent,
        String role,
        Resources resources,
        Position launchedAt,
        boolean unreachable,
        Opaque info) {
    /** True while its resources are allocated. */
    public boolean holdsResources() {
        return !unreachable;
    }

    /** The same with an agent that fell silent, or has returned. */
    public ExecutorRow withUnreachable(boolean yes) {
        return new ExecutorRow(framework, id, agent, role, resources, launchedAt, yes, info);
    }

    /** The key among the executors of its framework. */
    public String key() {
        return key(agent, id);
    }

    /** The key of this executor among those of its framework; neither id holds a line feed. */
    public static String key(AgentId agent, ExecutorId id) {
        return agent.value() + "\n" + id.value();
    }
}
