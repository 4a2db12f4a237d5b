package org.mesolith.codec.legacy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.DrainOrder;
import org.mesolith.api.TaskView;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;

/**
 * What {@code /state} of an agent shows.
 *
 * @param builtAt when its software was packaged
 * @param id empty before a master gave it one
 * @param pid as old clients read it, {@code slave(1)@ip:port}
 * @param drain null unless it is being emptied
 * @param total everything it has, as it is reserved now; with what it lends
 * @param taken of {@code total}, by executors and tasks that are not over
 * @param master the host name of the master that it is linked to, null without one
 * @param flags settings in force by name; null when they are not shown
 */
public record AgentPage(
        Instant builtAt,
        Instant started,
        String id,
        String pid,
        AgentInfo info,
        @Nullable DrainOrder drain,
        Resources total,
        Resources taken,
        @Nullable String master,
        @Nullable Map<String, String> flags,
        List<Framework> frameworks,
        List<Framework> completed) {
    public AgentPage {
        frameworks = List.copyOf(frameworks);
        completed = List.copyOf(completed);
    }

    /**
     * A framework that has or had something here.
     *
     * @param info its FrameworkInfo as the master sent it
     */
    public record Framework(FrameworkId id, Opaque info, List<Executor> executors, List<Executor> completed) {
        public Framework {
            executors = List.copyOf(executors);
            completed = List.copyOf(completed);
        }
    }

    /**
     * One run of an executor; a task with a command has one of its own.
     *
     * @param info its ExecutorInfo, null for that of a task with a command
     * @param container id of its container
     * @param directory its sandbox, absolute
     * @param taken by itself and by its tasks that are not over
     * @param queued tasks that have not reached it
     * @param completed tasks that are over, acknowledged or not
     */
    public record Executor(
            String id,
            String name,
            String source,
            String container,
            String directory,
            @Nullable Opaque info,
            Resources taken,
            List<TaskView> tasks,
            List<TaskView> queued,
            List<TaskView> completed) {
        public Executor {
            tasks = List.copyOf(tasks);
            queued = List.copyOf(queued);
            completed = List.copyOf(completed);
        }
    }
}
