package org.mesolith.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.codec.CommandTask;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;

/** Real processes that take memory. */
final class MemoryOfTasksTest {
    /** A process that keeps at least 200 MB for itself. */
    private static final String HUNGRY = "head -c 200000000 /dev/zero | tail | sleep 1000";

    @TempDir
    private Path dir;

    @Test
    void aTaskThatTakesMoreMemoryThanItHasFailsAndSaysHowMuch() throws Exception {
        try (var master = new FakeMaster(1);
                var _ = new AgentHome(dir).start(master.address())) {
            master.awaitJoin();
            var modest = master.launch(task(HUNGRY), Resources.parse("mem:2000"));
            var hungry = master.launch(task(HUNGRY), Resources.parse("mem:64"));

            var end = master.await(hungry, TaskState.TASK_FAILED).status();
            assertThat(end.reason()).isEqualTo(StatusReason.REASON_CONTAINER_LIMITATION_MEMORY);
            assertThat(end.message()).matches("The task used \\d+ MiB of memory where 64 MiB are allowed; .*");
            assertThat(master.states(modest)).endsWith(TaskState.TASK_RUNNING);
        }
    }

    private static CommandTask task(String line) {
        return new CommandTask("", true, line, List.of(), List.of(), null, null, null, List.of(), List.of());
    }
}
