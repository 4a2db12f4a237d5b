package org.mesolith.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.agent.core.TaskExit;
import org.mesolith.agent.core.TaskSpec;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.Uuid;

final class ContainersTest {
    @TempDir
    Path dir;

    private Machine machine;

    @BeforeEach
    void open() throws Exception {
        machine = new Machine(dir);
    }

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void aTaskRunsAndItsStatusAndOutputAreKept() throws Exception {
        var job = machine.spawn(Machine.shell("echo out; echo err >&2; exit 7"));

        machine.await(AgentEvent.Spawned.class);
        assertThat(machine.awaitExit()).isEqualTo(new TaskExit.Status(7));
        assertThat(machine.text(job, "stdout")).isEqualTo("out\n");
        assertThat(machine.text(job, "stderr")).isEqualTo("err\n");
        assertThat(machine.file(job, "..").resolve("latest")).isSymbolicLink();
        machine.cleanUp(job);
    }

    @Test
    void aSignalIsToldFromAStatus() throws Exception {
        machine.spawn(Machine.shell("kill -9 $$"));
        assertThat(machine.awaitExit()).isEqualTo(new TaskExit.Signal(9));
        machine.spawn(Machine.shell("exit 137"));
        assertThat(machine.awaitExit()).isEqualTo(new TaskExit.Status(137));
    }

    @Test
    void theEnvironmentIsMadeFromNothing() throws Exception {
        var command = new TaskSpec.Command(
                false,
                "/usr/bin/env",
                List.of("env"),
                List.of(
                        new TaskSpec.Variable("PLAIN", "a 'b' $c\nd"),
                        new TaskSpec.Variable("odd.name", "x"),
                        new TaskSpec.Variable("MESOS_CONTAINER_ID", "forged")));
        var job = machine.spawn(Machine.spec(command, ""));
        machine.awaitExit();

        var lines = machine.text(job, "stdout").lines().toList();
        assertThat(lines)
                .contains("PLAIN=a 'b' $c", "d", "odd.name=x", "FROM_AGENT=yes", "MESOS_SLAVE_ID=agent-1")
                .contains("MESOS_CONTAINER_ID=" + job.container())
                .contains("MESOS_TASK_ID=" + job.run().key().task())
                .contains("MESOS_SANDBOX=" + machine.file(job, "").toString().replaceAll("/$", ""))
                .noneMatch(line -> line.startsWith("JAVA") || line.startsWith("HOME="));
    }

    @Test
    void argumentsReachTheProgramAsTheyAre() throws Exception {
        var command =
                new TaskSpec.Command(false, "printf", List.of("printf", "%s|", "a b", "$HOME", "", "it's"), List.of());
        var job = machine.spawn(Machine.spec(command, ""));
        machine.awaitExit();

        assertThat(machine.text(job, "stdout")).isEqualTo("a b|$HOME||it's|");
    }

    @Test
    void aTaskHasASessionOfItsOwn() throws Exception {
        var job = machine.spawn(Machine.shell("cut -d' ' -f1,6 /proc/$$/stat >ids; sleep 60"));
        machine.await(AgentEvent.Spawned.class);
        Machine.until(
                "ids are there",
                () -> Files.exists(machine.file(job, "ids"))
                        && machine.file(job, "ids").toFile().length() > 2);
        var ids = machine.text(job, "ids").strip().split(" ");

        assertThat(ids[0]).isEqualTo(ids[1]);
        machine.cleanUp(job);
    }

    @Test
    void theSameContainerTwiceRunsOnce() throws Exception {
        var job = Machine.Job.fresh("once");
        var spec = Machine.shell("echo ran >>" + dir.resolve("count") + "; sleep 60");
        machine.spawn(job, spec);
        machine.spawn(job, spec);
        machine.spawn(job, spec);
        machine.await(AgentEvent.Spawned.class);
        machine.spawn(job, spec);
        Machine.until("it ran", () -> dir.resolve("count").toFile().length() > 0);
        try (var again = new Machine(dir)) {
            again.spawn(job, spec);
            again.await(AgentEvent.Spawned.class);
        }
        machine.cleanUp(job);

        assertThat(Files.readAllLines(dir.resolve("count"))).hasSize(1);
    }

    @Test
    void termReachesTheTaskWhichMayEndInOrder() throws Exception {
        var job = machine.spawn(Machine.shell("trap 'echo bye; exit 4' TERM; echo up; while :; do sleep 0.1; done"));
        Machine.until("up", () -> machine.file(job, "stdout").toFile().length() > 0);
        machine.containers.terminate(new AgentEffect.Terminate(job.run(), job.container()));

        assertThat(machine.awaitExit()).isEqualTo(new TaskExit.Status(4));
        assertThat(machine.text(job, "stdout")).isEqualTo("up\nbye\n");
        machine.cleanUp(job);
    }

    /** The supervisor has said that it starts the task; its child may be its shell yet, or not be there at all. */
    @RepeatedTest(40)
    void termIsNotLostInTheMomentInWhichTheTaskStarts() throws Exception {
        var job = machine.spawn(Machine.shell("exec sleep 300"));
        machine.await(AgentEvent.Spawned.class);
        machine.containers.terminate(new AgentEffect.Terminate(job.run(), job.container()));

        assertThat(machine.awaitExit()).isEqualTo(new TaskExit.Signal(15));
        machine.cleanUp(job);
    }

    @Test
    void killEndsTheWholeTreeWithProcessesThatLeftTheirSession() throws Exception {
        var job = machine.spawn(Machine.shell("(setsid sh -c 'echo $$ >deep; exec sleep 300' &) ; echo $$ >top;"
                + " trap '' TERM; while :; do sleep 1; done"));
        long deep = machine.pid(job, "deep");
        long top = machine.pid(job, "top");
        machine.containers.killTree(new AgentEffect.KillTree(job.run(), job.container()));

        assertThat(machine.awaitExit()).isEqualTo(new TaskExit.Signal(9));
        machine.cleanUp(job);
        assertThat(Machine.lives(deep)).isFalse();
        assertThat(Machine.lives(top)).isFalse();
    }

    @Test
    void whatATaskLeavesBehindEndsWithIt() throws Exception {
        var job = machine.spawn(
                Machine.shell("(setsid env -i /bin/sh -c 'echo $$ >deep; exec sleep 300' &) ; sleep 0.3; exit 0"));
        assertThat(machine.awaitExit()).isEqualTo(new TaskExit.Status(0));
        long deep = machine.pid(job, "deep");
        assertThat(Machine.lives(deep)).isTrue();
        machine.cleanUp(job);

        assertThat(Machine.lives(deep)).isFalse();
    }

    @Test
    void anotherAgentProcessFindsTheTaskAndItsEnd() throws Exception {
        var job = machine.spawn(Machine.shell("echo $$ >top; sleep 1; exit 5"));
        var process = machine.await(AgentEvent.Spawned.class).process();
        machine.close();
        try (var next = new Machine(dir)) {
            next.containers.adopt(new AgentEffect.Adopt(job.run(), job.container(), Machine.AGENT, process));
            assertThat(next.await(AgentEvent.Spawned.class).process()).isEqualTo(process);
            assertThat(next.awaitExit()).isEqualTo(new TaskExit.Status(5));
        }
    }

    @Test
    void anEndThatNobodySawIsFoundLater() throws Exception {
        var job = machine.spawn(Machine.shell("exit 6"));
        var process = machine.await(AgentEvent.Spawned.class).process();
        machine.awaitExit();
        machine.close();
        try (var next = new Machine(dir)) {
            next.containers.adopt(new AgentEffect.Adopt(job.run(), job.container(), Machine.AGENT, process));
            assertThat(next.awaitExit()).isEqualTo(new TaskExit.Status(6));
        }
    }

    @Test
    void aContainerThatNeverStartedNeverWillAfterItWasLookedFor() throws Exception {
        var job = Machine.Job.fresh("never");
        machine.containers.adopt(new AgentEffect.Adopt(job.run(), job.container(), Machine.AGENT, null));
        assertThat(machine.awaitExit()).isInstanceOf(TaskExit.NotStarted.class);
        machine.spawn(job, Machine.shell("echo ran >" + dir.resolve("ran")));
        assertThat(machine.awaitExit()).isInstanceOf(TaskExit.NotStarted.class);

        assertThat(dir.resolve("ran")).doesNotExist();
    }

    @Test
    void aKilledSupervisorIsNoticedAndItsTaskCanBeCleanedUp() throws Exception {
        var job = machine.spawn(Machine.shell("echo $$ >top; exec sleep 300"));
        var process = machine.await(AgentEvent.Spawned.class).process();
        long top = machine.pid(job, "top");
        ProcessTable.signal(process.pid(), true);

        assertThat(machine.awaitExit()).isInstanceOf(TaskExit.Unknown.class);
        machine.cleanUp(job);
        assertThat(Machine.lives(top)).isFalse();
    }

    @Test
    void anUnknownUserIsRefusedInWords() throws Exception {
        machine.spawn(Machine.spec(new TaskSpec.Command(true, "true", List.of(), List.of()), "no-such-user-here"));

        assertThat(machine.awaitExit())
                .isInstanceOfSatisfying(
                        TaskExit.NotStarted.class,
                        exit -> assertThat(exit.why()).contains("no-such-user-here"));
    }

    @Test
    void limitsAreKeptByTheKernel() throws Exception {
        var spec = new TaskSpec(
                "",
                new TaskSpec.Command(true, "ulimit -n", List.of(), List.of()),
                "",
                Duration.ofSeconds(3),
                null,
                List.of(new TaskSpec.ProcessLimit("nofile", 123L, 200L)),
                false);
        var job = machine.spawn(spec);
        machine.awaitExit();

        assertThat(machine.text(job, "stdout")).isEqualTo("123\n");
    }

    @Test
    void outputAboveTheCapIsCutAndTheNewestBytesAreKept() throws Exception {
        machine.close();
        try (var small = new Machine(dir, 10_000)) {
            var job = small.spawn(
                    Machine.shell("i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done; sleep 5"));
            Machine.until(
                    "cut",
                    () -> Files.exists(small.file(job, "stdout.1"))
                            && small.file(job, "stdout").toFile().length() < 10_000);
            small.cleanUp(job);

            assertThat(small.file(job, "stdout.1").toFile().length()).isBetween(9_000L, 10_000L);
        }
    }

    @Test
    void aTaskUnderABuiltInExecutorKeepsItsFilesInTheSandboxOfTheExecutor() throws Exception {
        var executor = RunId.ofExecutor(new FrameworkId("fw"), new ExecutorId("pod"), new Position(1, 0));
        var within = new RunRecord.Under(executor, new Uuid(7, System.nanoTime()), new RunRecord.Group(1, true));
        var around = machine.containers.sandboxes().of(Machine.AGENT, executor, within.container());
        for (var word : List.of("first", "second")) {
            var job = Machine.Job.fresh("same");
            machine.containers.spawn(new AgentEffect.Spawn(
                    job.run(),
                    job.container(),
                    Machine.AGENT,
                    within,
                    Machine.shell("echo " + word + " $MESOS_EXECUTOR_ID $MESOS_TASK_ID")));
            assertThat(machine.awaitExit()).isEqualTo(new TaskExit.Status(0));

            assertThat(around.resolve("tasks/same/stdout")).hasContent(word + " pod same\n");
            assertThat(around.resolve("tasks/same").toRealPath())
                    .isEqualTo(around.toRealPath().resolve("containers/" + job.container()));
            machine.cleanUp(job);
        }
        assertThat(around.resolveSibling("latest").toRealPath()).isEqualTo(around.toRealPath());
    }
}
