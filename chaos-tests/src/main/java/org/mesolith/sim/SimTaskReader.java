package org.mesolith.sim;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.mesolith.agent.core.TaskReader;
import org.mesolith.agent.core.TaskSpec;
import org.mesolith.model.Opaque;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;

/** Reads the bytes of simulated tasks and frameworks. */
final class SimTaskReader implements TaskReader {
    /** In a framework's bytes: it wants to see TASK_KILLING. */
    static final String KILLING_STATE = "killing-state";

    private static final Duration KILL_GRACE = Duration.ofSeconds(2);

    @Override
    public Reading read(Opaque framework, Opaque taskInfo, String user) {
        var text = new String(taskInfo.bytes(), StandardCharsets.UTF_8);
        boolean killing = new String(framework.bytes(), StandardCharsets.UTF_8).contains(KILLING_STATE);
        try {
            var shape = TaskShape.parse(text);
            var command = new TaskSpec.Command(true, shape.text(), List.of(), List.of());
            return new Reading.Runs(new TaskSpec("", command, user, KILL_GRACE, null, List.of(), killing));
        } catch (IllegalArgumentException unreadable) {
            return new Reading.Refused("cannot read the task: " + unreadable.getMessage());
        }
    }

    @Override
    public Opaque containerStatus(Uuid container) {
        return Opaque.empty(TaskStatus.SCHEMA);
    }
}
