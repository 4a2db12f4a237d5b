package org.mesolith.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;
import org.mesolith.model.TaskState;

/** The agent as a process of its own, killed and started again. */
final class AgentProcessTest {
    @TempDir
    Path dir;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void killNineOfTheAgentLosesNeitherTaskNorStatusNorOutput() throws Exception {
        try (var master = new FakeMaster(1)) {
            var first = agent(master, dir.resolve("work"));
            master.awaitJoin();
            var lives = master.launch("echo $$ >>" + dir.resolve("lives") + "; sleep 300");
            var ends = master.launch("echo $$ >>" + dir.resolve("ends") + "; sleep 1; echo late; exit 9");
            master.await(lives, TaskState.TASK_RUNNING);
            master.await(ends, TaskState.TASK_RUNNING);
            first.destroyForcibly().waitFor();
            var cut = master.launchLater("echo $$ >>" + dir.resolve("cut"));
            agent(master, dir.resolve("work"));
            var join = master.awaitJoin();
            master.say(cut);
            var end = master.await(ends, TaskState.TASK_FAILED);
            master.await(cut.key(), TaskState.TASK_FINISHED);
            master.kill(lives);
            master.await(lives, TaskState.TASK_KILLED);

            assertThat(join.tasks()).isEqualTo(2);
            assertThat(end.status().message()).isEqualTo("Command exited with status 9");
            assertThat(stdout(ends.task().value())).isEqualTo("late\n");
            for (var name : List.of("lives", "ends", "cut")) {
                assertThat(Files.readAllLines(dir.resolve(name))).as(name).hasSize(1);
            }
        }
    }

    @Test
    void termStopsTheAgentAndLeavesTheTasks() throws Exception {
        try (var master = new FakeMaster(1)) {
            var first = agent(master, dir.resolve("work"));
            master.awaitJoin();
            var lives = master.launch("sleep 300");
            master.await(lives, TaskState.TASK_RUNNING);
            first.destroy();
            assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(first.exitValue()).isEqualTo(Halt.Code.STOPPED.status());
            agent(master, dir.resolve("work"), "--recover=cleanup").waitFor(30, TimeUnit.SECONDS);
            agent(master, dir.resolve("work"));
            master.awaitJoin();

            assertThat(master.await(lives, TaskState.TASK_KILLED).status().message())
                    .isEqualTo("Command terminated with signal Terminated");
        }
    }

    @Test
    void aFullDiskRefusesTasksAndTheAgentGoesOn() throws Exception {
        var disk = Files.createDirectories(dir.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "none", disk.toString()) == 0;
        assertThat(mounted || System.getenv("CI") == null)
                .as("a small file system can be mounted (root and tmpfs); in CI (the variable CI is set) it must be")
                .isTrue();
        assumeTrue(mounted, "a small file system cannot be mounted here: root and tmpfs are needed");
        try (var master = new FakeMaster(1)) {
            agent(master, disk);
            master.awaitJoin();
            var before = master.launch("exit 0");
            master.await(before, TaskState.TASK_FINISHED);
            run("dd", "if=/dev/zero", "of=" + disk.resolve("filler"), "bs=4096", "count=2000");
            var refused = master.launch("exit 0");
            var why = master.await(refused, TaskState.TASK_FAILED).status().message();
            Files.delete(disk.resolve("filler"));
            var after = master.launch("exit 0");
            master.await(after, TaskState.TASK_FINISHED);

            assertThat(why).contains("No space left on device");
        } finally {
            endAll();
            for (var process : started) {
                process.waitFor(10, TimeUnit.SECONDS);
            }
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void aDamagedCheckpointRefusesTheStartWithAStatusOfItsOwn() throws Exception {
        var meta = Files.createDirectories(dir.resolve("work/meta/runs"));
        byte[] garbage = new byte[600];
        Arrays.fill(garbage, (byte) 7);
        garbage[0] = 0;
        garbage[1] = 0;
        garbage[2] = 0;
        Files.write(meta.resolve("00000000-0000-0001-0000-000000000002.run"), garbage);
        try (var master = new FakeMaster(1)) {
            var agent = agent(master, dir.resolve("work"));
            assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(agent.exitValue()).isEqualTo(Halt.Code.CORRUPT_DATA.status());
            assertThat(Files.readString(log())).contains("is damaged", "move the file away");
        }
    }

    private Process agent(FakeMaster master, Path workDir, String... more) throws Exception {
        var line = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                AgentMain.class.getName(),
                "--master=" + master.address(),
                "--work_dir=" + workDir,
                "--port=0",
                "--hostname=localhost",
                "--cgroups_root=mesolith-test"));
        line.addAll(List.of(more));
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        started.add(process);
        return process;
    }

    private Path log() {
        return dir.resolve("log");
    }

    private String stdout(String task) throws Exception {
        return Files.readString(dir.resolve("work/slaves/" + FakeMaster.AGENT + "/frameworks/" + FakeMaster.FRAMEWORK
                + "/executors/" + task + "/runs/latest/stdout"));
    }

    private static int run(String... words) throws Exception {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
