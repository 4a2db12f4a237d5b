package org.mesolith.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.TaskExit;
import org.mesolith.agent.core.TaskSpec;
import org.mesolith.agent.core.VolumePath;

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
        assertThat(VolumeLinks.problem(List.of(one, two))).contains("lies within that of another volume, 'data'");
        assertThat(VolumeLinks.problem(List.of(two, one))).contains("lies within that of another volume");
        assertThat(VolumeLinks.problem(List.of(one, mount(two.volume(), "data2"))))
                .isNull();
    }

    @Test
    void whatStandsInThePlaceOfALinkKeepsTheTaskFromStarting() throws Exception {
        var job = machine.spawn(task("exit 0", mount(new VolumePath(null, false, "r", "v1"), "stdout")));
        var exit = machine.await(AgentEvent.Exited.class).exit();
        assertThat(exit).isInstanceOf(TaskExit.NotStarted.class);
        assertThat(exit.toString()).contains("stdout");
        machine.cleanUp(job);
    }

    private static TaskSpec.Mount mount(VolumePath volume, String path) {
        return new TaskSpec.Mount(volume, path, false);
    }

    private static TaskSpec task(String line, TaskSpec.Mount volume) {
        var command = new TaskSpec.Command(true, line, List.of(), List.of());
        return new TaskSpec("", command, "", Duration.ofSeconds(3), null, List.of(), false, List.of(volume));
    }
}
