package org.mesolith.leader.event;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Fence;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskKey;
import org.mesolith.model.Uuid;

/** What an agent is told to do, before the fence of this leadership is put on it. */
public sealed interface AgentOrder {
    /** The level of the link that an agent must know to understand it. */
    default int level() {
        return switch (this) {
            case Launch launch ->
                launch.under() == null ? LinkMessage.Software.FIRST.level() : LinkMessage.Software.EXECUTORS;
            case LaunchGroup _, ShutdownExecutor _, TellExecutor _, AcknowledgeExecutor _ ->
                LinkMessage.Software.EXECUTORS;
            case Kill _, Acknowledge _, Shutdown _, SetReserved _, Drain _, Check _ ->
                LinkMessage.Software.FIRST.level();
        };
    }

    /** The message that goes over the link. */
    LinkMessage.FromMaster with(Fence fence);

    /**
     * Start this task.
     *
     * @param under the executor that it runs under, null for a command task
     */
    record Launch(
            TaskKey key,
            Position launchedAt,
            String user,
            Resources resources,
            Opaque framework,
            Opaque taskInfo,
            LinkMessage.Launch.@Nullable Under under)
            implements AgentOrder {
        /** Of a command task. */
        public Launch(
                TaskKey key, Position launchedAt, String user, Resources resources, Opaque framework, Opaque taskInfo) {
            this(key, launchedAt, user, resources, framework, taskInfo, null);
        }

        @Override
        public LinkMessage.FromMaster with(Fence fence) {
            return new LinkMessage.Launch(fence, key, launchedAt, user, resources, framework, taskInfo, under);
        }
    }

    /** Start these tasks under one executor, all or none. */
    record LaunchGroup(
            FrameworkId framework,
            Position launchedAt,
            int number,
            String user,
            Opaque info,
            LinkMessage.Launch.Under under,
            List<LinkMessage.LaunchGroup.Member> tasks)
            implements AgentOrder {
        public LaunchGroup {
            tasks = List.copyOf(tasks);
        }

        @Override
        public LinkMessage.FromMaster with(Fence fence) {
            return new LinkMessage.LaunchGroup(fence, framework, launchedAt, number, user, info, under, tasks);
        }
    }

    /** End this executor. */
    record ShutdownExecutor(FrameworkId framework, ExecutorId executor) implements AgentOrder {
        @Override
        public LinkMessage.FromMaster with(Fence fence) {
            return new LinkMessage.ShutdownExecutor(fence, framework, executor);
        }
    }

    /** Bytes for an executor. */
    record TellExecutor(FrameworkId framework, ExecutorId executor, byte[] data) implements AgentOrder {
        @Override
        public LinkMessage.FromMaster with(Fence fence) {
            return new LinkMessage.TellExecutor(fence, framework, executor, data);
        }
    }

    /** The end of the executor is known. */
    record AcknowledgeExecutor(LinkMessage.ExecutorRun run) implements AgentOrder {
        @Override
        public LinkMessage.FromMaster with(Fence fence) {
            return new LinkMessage.AcknowledgeExecutor(fence, run);
        }
    }

    /** End this task. */
    record Kill(TaskKey key, @Nullable Duration grace) implements AgentOrder {
        @Override
        public LinkMessage.FromMaster with(Fence fence) {
            return new LinkMessage.Kill(fence, key, grace);
        }
    }

    /**
     * The update has arrived.
     *
     * @param asked a framework waits for nothing more than that this is passed on, so whether it was is counted
     */
    record Acknowledge(TaskKey key, Uuid uuid, boolean asked) implements AgentOrder {
        @Override
        public LinkMessage.FromMaster with(Fence fence) {
            return new LinkMessage.AcknowledgeStatus(fence, key, uuid);
        }
    }

    /** End the framework. */
    record Shutdown(FrameworkId framework) implements AgentOrder {
        @Override
        public LinkMessage.FromMaster with(Fence fence) {
            return new LinkMessage.ShutdownFramework(fence, framework);
        }
    }

    /** These are the agent's reservations and volumes. */
    record SetReserved(Resources reserved) implements AgentOrder {
        @Override
        public LinkMessage.FromMaster with(Fence fence) {
            return new LinkMessage.SetReserved(fence, reserved);
        }
    }

    /** End every task; the agent is emptied. */
    record Drain(@Nullable Duration maxGrace, boolean markGone) implements AgentOrder {
        @Override
        public LinkMessage.FromMaster with(Fence fence) {
            return new LinkMessage.Drain(fence, maxGrace, markGone);
        }
    }

    /** Report what you do not have of these. */
    record Check(List<LinkMessage.CheckTasks.TaskRun> runs) implements AgentOrder {
        public Check {
            runs = List.copyOf(runs);
        }

        @Override
        public LinkMessage.FromMaster with(Fence fence) {
            return new LinkMessage.CheckTasks(fence, runs);
        }
    }
}
