package org.mesolith.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.agent.core.TaskExit;
import org.mesolith.agent.core.TaskSpec;
import org.mesolith.agent.core.VolumePath;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.Uuid;

final class VolumeLinksTest {
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
    void aTaskFindsWhatAnEarlierOneLeftInItsVolume() throws Exception {
        var volume = new VolumePath(null, false, "eng/db", "v1");
        var writes = machine.spawn(task("echo kept > data/file", mount(volume, "data")));
        assertThat(machine.awaitExit()).isEqualTo(new TaskExit.Status(0));
        machine.cleanUp(writes);
        assertThat(dir.resolve("volumes/roles/eng db/v1/file")).hasContent("kept");

        var reads = machine.spawn(task("cat some/where/file", mount(volume, "some/where")));
        assertThat(machine.awaitExit()).isEqualTo(new TaskExit.Status(0));
        assertThat(machine.text(reads, "stdout")).isEqualTo("kept\n");
        machine.cleanUp(reads);
    }

    @Test
    void aVolumeOnADiskOfItsOwnIsThere() throws Exception {
        var disk = Files.createDirectories(dir.resolve("disk"));
        var job = machine.spawn(
                task("echo kept > data/file", mount(new VolumePath(disk.toString(), true, "r", "v1"), "data")));
        assertThat(machine.awaitExit()).isEqualTo(new TaskExit.Status(0));
        machine.cleanUp(job);
        assertThat(disk.resolve("file")).hasContent("kept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data", "../data", "a/../../b", ".", ""})
    void pathsOutsideOfTheSandboxAreRefused(String path) throws Exception {
        var job = machine.spawn(task("exit 0", mount(new VolumePath(null, false, "r", "v1"), path)));
        var exit = machine.await(AgentEvent.Exited.class).exit();
        assertThat(exit).isInstanceOf(TaskExit.NotStarted.class);
        assertThat(exit.toString()).contains("container path '" + path + "'");
        assertThat(dir.resolve("volumes")).doesNotExist();
        machine.cleanUp(job);
    }

    @Test
    void aVolumeWithinAnotherOneIsRefused() {
        var one = mount(new VolumePath(null, false, "r", "v1"), "data");
        var two = mount(new VolumePath(null, false, "r", "v2"), "data/inner");
        assertThat(problem(one, two)).contains("lies within that of another volume, 'data'");
        assertThat(problem(two, one)).contains("lies within that of another volume");
        assertThat(problem(one, mount(two.volume(), "data2"))).isNull();
    }

    @Test
    void whatStandsInThePlaceOfALinkKeepsTheTaskFromStarting() throws Exception {
        var job = machine.spawn(task("exit 0", mount(new VolumePath(null, false, "r", "v1"), "stdout")));
        var exit = machine.await(AgentEvent.Exited.class).exit();
        assertThat(exit).isInstanceOf(TaskExit.NotStarted.class);
        assertThat(exit.toString()).contains("stdout");
        machine.cleanUp(job);
    }

    @Test
    void tasksOfAGroupShareTheVolumeOfTheirExecutor() throws Exception {
        var volume = mount(new VolumePath(null, false, "r", "v1"), "store");
        var links = List.of(new TaskSpec.SandboxLink(true, "store", "shared"));
        var pod = pod();
        run(pod, "writes", "echo kept > shared/file", List.of(volume), links);
        assertThat(dir.resolve("volumes/roles/r/v1/file")).hasContent("kept");
        assertThat(machine.text(run(pod, "reads", "cat shared/file", List.of(volume), links), pod, "stdout"))
                .isEqualTo("kept\n");
    }

    @Test
    void tasksOfAGroupShareADirectoryOfTheirExecutorThatIsMadeForThem() throws Exception {
        var links = List.of(new TaskSpec.SandboxLink(true, "common/dir", "here"));
        var pod = pod();
        run(pod, "writes", "echo said > here/file", List.of(), links);
        assertThat(machine.text(run(pod, "reads", "cat here/file", List.of(), links), pod, "stdout"))
                .isEqualTo("said\n");
    }

    @Test
    void aDirectoryIsNotMadeWhereATaskMayHavePutALink() throws Exception {
        var elsewhere = Files.createDirectories(dir.resolve("elsewhere"));
        var pod = pod();
        var around = Files.createDirectories(
                machine.containers.sandboxes().of(Machine.AGENT, pod.executor(), pod.container()));
        Files.createDirectories(around.resolve("tasks"));
        Files.createSymbolicLink(around.resolve("trap"), elsewhere);
        var job = spawn(pod, "task", "exit 0", List.of(), List.of(new TaskSpec.SandboxLink(true, "trap/new", "here")));

        assertThat(machine.awaitExit()).asString().contains("trap/new", "let a task make it first");
        assertThat(elsewhere).isEmptyDirectory();
        machine.cleanUp(job);
    }

    @Test
    void aTaskSeesADirectoryOfItsOwnAtAnotherPlace() throws Exception {
        var spec = around("echo x > there/file; cat here/file", List.of(), List.of(self("here", "deep/there")));
        var command = new TaskSpec.Command(true, "echo x > deep/there/file; cat here/file", List.of(), List.of());
        var job = machine.spawn(spec.running(command));
        assertThat(machine.awaitExit()).isEqualTo(new TaskExit.Status(0));
        assertThat(machine.text(job, "stdout")).isEqualTo("x\n");
        machine.cleanUp(job);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "../other", "a/../../b", ".", ""})
    void sourcesOutsideOfTheSandboxAreRefused(String source) {
        for (boolean ofParent : new boolean[] {true, false}) {
            var links = List.of(new TaskSpec.SandboxLink(ofParent, source, "here"));
            assertThat(VolumeLinks.problem(around("true", List.of(), links)))
                    .contains("The path '" + source + "' of a SANDBOX_PATH does not lie below the sandbox");
        }
    }

    @Test
    void aDirectoryWithinItselfIsRefused() {
        assertThat(VolumeLinks.problem(around("true", List.of(), List.of(self("a", "a/b")))))
                .contains("lie within each other");
        assertThat(VolumeLinks.problem(around("true", List.of(), List.of(self("a/b", "a")))))
                .contains("lie within each other");
    }

    @Test
    void placesOfTheExecutorAreCheckedToo() {
        var volume = mount(new VolumePath(null, false, "r", "v1"), "../out");
        assertThat(VolumeLinks.problem(around("true", List.of(volume), List.of())))
                .startsWith("Of the executor: The volume's container path '../out'");
    }

    private static RunRecord.Under pod() {
        var executor = RunId.ofExecutor(new FrameworkId("fw"), new ExecutorId("pod"), new Position(1, 0));
        return new RunRecord.Under(executor, new Uuid(9, System.nanoTime()), new RunRecord.Group(1, true));
    }

    private static TaskSpec.SandboxLink self(String source, String path) {
        return new TaskSpec.SandboxLink(false, source, path);
    }

    private Machine.Job run(
            RunRecord.Under pod,
            String name,
            String line,
            List<TaskSpec.Mount> volumes,
            List<TaskSpec.SandboxLink> links)
            throws Exception {
        var job = spawn(pod, name, line, volumes, links);
        assertThat(machine.awaitExit()).isEqualTo(new TaskExit.Status(0));
        machine.cleanUp(job);
        return job;
    }

    private Machine.Job spawn(
            RunRecord.Under pod,
            String name,
            String line,
            List<TaskSpec.Mount> volumes,
            List<TaskSpec.SandboxLink> links) {
        var job = Machine.Job.fresh(name);
        machine.containers.spawn(
                new AgentEffect.Spawn(job.run(), job.container(), Machine.AGENT, pod, around(line, volumes, links)));
        return job;
    }

    private static TaskSpec around(String line, List<TaskSpec.Mount> volumes, List<TaskSpec.SandboxLink> links) {
        return new TaskSpec(
                "",
                new TaskSpec.Command(true, line, List.of(), List.of()),
                "",
                Duration.ofSeconds(3),
                null,
                List.of(),
                false,
                List.of(),
                List.of(),
                null,
                null,
                new TaskSpec.Around(volumes, "", links));
    }

    private static @Nullable String problem(TaskSpec.Mount... volumes) {
        var command = new TaskSpec.Command(true, "true", List.of(), List.of());
        return VolumeLinks.problem(
                new TaskSpec("", command, "", Duration.ofSeconds(3), null, List.of(), false, List.of(volumes)));
    }

    private static TaskSpec.Mount mount(VolumePath volume, String path) {
        return new TaskSpec.Mount(volume, path, false);
    }

    private static TaskSpec task(String line, TaskSpec.Mount volume) {
        var command = new TaskSpec.Command(true, line, List.of(), List.of());
        return new TaskSpec("", command, "", Duration.ofSeconds(3), null, List.of(), false, List.of(volume));
    }
}
