package org.mesolith.state;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;

/** What becomes of tasks. */
public sealed interface TaskCommand extends Command {
    /** Agents report on tasks, oldest first. Accepted with {@link Result.TasksUpdated}, a verdict for each. */
    record UpdateTasks(List<Update> updates) implements TaskCommand {
        public UpdateTasks {
            updates = List.copyOf(updates);
        }

        /**
         * One report.
         *
         * @param launchedAt names the run: a report of another run of the same id is not believed
         * @param latest the task's latest state at the agent, which may be newer than the reported one
         */
        public record Update(
                AgentId agent, FrameworkId framework, Position launchedAt, TaskStatus status, TaskState latest) {
            public TaskKey key() {
                return new TaskKey(framework, status.task());
            }
        }
    }

    /**
     * Frameworks have received these updates. A task whose acknowledged update is terminal is completed. Accepted with
     * {@link Result.TasksAcknowledged}, a verdict for each.
     */
    record AcknowledgeTasks(List<Acknowledgement> acknowledgements) implements TaskCommand {
        public AcknowledgeTasks {
            acknowledgements = List.copyOf(acknowledgements);
        }

        /** One acknowledgement. */
        public record Acknowledgement(TaskKey key, Uuid uuid) {}
    }

    /** The masters end these tasks themselves, without waiting for an agent; they are completed at once. */
    record DropTasks(List<Drop> drops) implements TaskCommand {
        public DropTasks {
            drops = List.copyOf(drops);
        }

        /**
         * One task.
         *
         * @param launchedAt the run that is meant, null for whichever there is; another run is left alone
         * @param state terminal; kept out when the task has ended before
         */
        public record Drop(
                TaskKey key, @Nullable Position launchedAt, TaskState state, StatusReason reason, String message) {}
    }

    /** These executors are over: what they held is free. One that is not there, or runs again, is left alone. */
    record EndExecutors(List<End> ends) implements TaskCommand {
        public EndExecutors {
            ends = List.copyOf(ends);
        }

        /**
         * One executor.
         *
         * @param launchedAt the run that is meant
         */
        public record End(FrameworkId framework, ExecutorId executor, AgentId agent, Position launchedAt) {}
    }
}
