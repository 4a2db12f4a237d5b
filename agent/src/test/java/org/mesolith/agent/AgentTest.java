package org.mesolith.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;
import org.mesolith.model.TaskState;

final class AgentTest {
    @TempDir
    Path dir;

    @Test
    void anAgentJoinsRunsATaskAndReportsItToTheEnd() throws Exception {
        try (var master = new FakeMaster(1);
                var agent = start(master.address())) {
            var join = master.awaitJoin();
            var key = master.launch("echo hello; exit 3");
            var end = master.await(key, TaskState.TASK_FAILED);

            assertThat(join.known()).isNull();
            assertThat(join.info().port()).isEqualTo(agent.address().getPort());
            assertThat(join.info().resources().milli("cpus")).isPositive();
            assertThat(master.states(key))
                    .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FAILED);
            assertThat(end.status().message()).isEqualTo("Command exited with status 3");
        }
    }

    @Test
    void anAgentFollowsTheRedirectToTheLeaderAndTheNextLeaderLater() throws Exception {
        try (var first = new FakeMaster(1);
                var second = new FakeMaster(2)) {
            second.follow(first);
            try (var _ = start(second.address() + "," + first.address())) {
                first.awaitJoin();
                var key = first.launch("sleep 300");
                first.await(key, TaskState.TASK_RUNNING);
                second.follow(second);
                first.stop();
                assertThatAgentJoins(second);
                second.kill(key);
                assertThat(second.await(key, TaskState.TASK_KILLED).status().message())
                        .isEqualTo("Command terminated with signal Terminated");
            }
        }
    }

    @Test
    void anotherAgentProcessTakesUpTheTasksOfTheFirst() throws Exception {
        try (var master = new FakeMaster(1)) {
            var first = start(master.address());
            master.awaitJoin();
            var lives = master.launch("echo $$ >pid; sleep 300");
            var ends = master.launch("sleep 1; exit 9");
            master.await(lives, TaskState.TASK_RUNNING);
            master.await(ends, TaskState.TASK_RUNNING);
            first.close();
            awaitFile("exit");
            try (var _ = start(master.address())) {
                var join = master.awaitJoin();
                assertThat(join.known()).isEqualTo(FakeMaster.AGENT);
                assertThat(join.tasks()).isEqualTo(2);
                assertThat(master.await(ends, TaskState.TASK_FAILED).status().message())
                        .isEqualTo("Command exited with status 9");
                master.kill(lives);
                master.await(lives, TaskState.TASK_KILLED);
            }
        }
    }

    @Test
    void anAgentThatLeavesEndsItsTasks() throws Exception {
        try (var master = new FakeMaster(1);
                var agent = start(master.address())) {
            master.awaitJoin();
            var key = master.launch("sleep 300");
            master.await(key, TaskState.TASK_RUNNING);
            agent.leave();

            assertThat(agent.end().get(20, TimeUnit.SECONDS).code()).isEqualTo(Halt.Code.STOPPED);
        }
        try (var master = new FakeMaster(1);
                var _ = start(master.address())) {
            assertThat(master.awaitJoin().known()).isNull();
        }
    }

    @Test
    void twoAgentsCannotShareAWorkDirectory() throws Exception {
        try (var _ = start("127.0.0.1:1")) {
            assertThatThrownBy(() -> start("127.0.0.1:1"))
                    .isInstanceOfSatisfying(
                            Agent.CannotStartException.class,
                            refused -> assertThat(refused.code()).isEqualTo(Halt.Code.DATA_IN_USE))
                    .hasMessageContaining("another agent uses");
        }
    }

    private void assertThatAgentJoins(FakeMaster master) throws InterruptedException {
        assertThat(master.awaitJoin().tasks()).isEqualTo(1);
    }

    /** Waits until a supervisor has written down an end. */
    private void awaitFile(String ending) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            try (var marks = Files.list(dir.resolve("work/run/marks"))) {
                if (marks.anyMatch(mark -> mark.toString().endsWith("." + ending))) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("no mark ." + ending);
    }

    private Agent start(String masters) throws Exception {
        return new AgentHome(dir).start(masters);
    }
}
