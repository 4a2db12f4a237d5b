package org.mesolith.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.TaskSpec;
import org.mesolith.agent.core.VolumePath;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.Uuid;

/** Persistent volumes that come into the sandbox of an executor that runs, and go again. */
@Timeout(120)
final class VisitingVolumesTest {
    private static final AgentId AGENT = new AgentId("a");
    private static final FrameworkId FRAMEWORK = new FrameworkId("f");
    private static final RunId EXECUTOR = RunId.ofExecutor(FRAMEWORK, new ExecutorId("e"), new Position(1, 0));
    private static final RunId TASK = new RunId(new TaskKey(FRAMEWORK, new TaskId("t")), new Position(2, 0));
    private static final Uuid CONTAINER = new Uuid(3, 4);
    private static final TaskSpec.Mount V1 = mount("v1", "deep/store");

    @TempDir
    private Path directory;

    private final BlockingQueue<AgentEvent.VolumesShown> answers = new ArrayBlockingQueue<>(10);
    private Sandboxes sandboxes;
    private VisitingVolumes volumes;
    private Path sandbox;

    @BeforeEach
    void makeASandbox() throws Exception {
        // Users of tests must come through.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        sandboxes = new Sandboxes(directory);
        volumes = new VisitingVolumes(sandboxes, Users.of(true), event -> answers.add((AgentEvent.VolumesShown) event));
        sandbox = Files.createDirectories(sandboxes.of(AGENT, EXECUTOR, CONTAINER));
    }

    @AfterEach
    void close() {
        volumes.close();
    }

    private static TaskSpec.Mount mount(String id, String path) {
        return new TaskSpec.Mount(new VolumePath(null, false, "role", id), path, false);
    }

    private static AgentEffect.ExecutorVolumes of(String user, TaskSpec.Mount... mounts) {
        return new AgentEffect.ExecutorVolumes(EXECUTOR, CONTAINER, AGENT, user, List.of(mounts));
    }

    private Path data(String id) {
        return directory.resolve("volumes/roles/role/" + id);
    }

    private @Nullable String show(String user, List<TaskSpec.Mount> beside, TaskSpec.Mount... mounts)
            throws InterruptedException {
        volumes.show(new AgentEffect.ShowVolumes(TASK, of(user, mounts), beside));
        var answer = answers.poll(60, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        assertThat(answer.run()).isEqualTo(TASK);
        return answer.problem();
    }

    @Test
    void aVolumeIsSeenAtItsPathUntilItIsTakenAwayAndItsDataStay() throws Exception {
        assertThat(show("", List.of(), V1)).isNull();
        assertThat(show("", List.of(), V1)).as("again").isNull();
        Files.writeString(sandbox.resolve("deep/store/file"), "kept");
        assertThat(data("v1").resolve("file")).hasContent("kept");

        volumes.hide(new AgentEffect.HideVolumes(of("", V1)));
        volumes.hide(new AgentEffect.HideVolumes(of("", V1))); // that it is gone already is no harm
        assertThat(show("", List.of(), mount("v2", "deep/store")))
                .as("in this order")
                .isNull();
        assertThat(Files.readSymbolicLink(sandbox.resolve("deep/store"))).isEqualTo(data("v2"));
        assertThat(data("v1").resolve("file")).hasContent("kept");
    }

    @Test
    void whatIsInTheWayStaysAndIsNamed() throws Exception {
        Files.createDirectories(sandbox.resolve("deep"));
        Files.writeString(sandbox.resolve("deep/store"), "own");

        assertThat(show("", List.of(), V1))
                .isEqualTo("The task's persistent volume cannot be shown in the sandbox of its executor:"
                        + " there is something else at 'deep/store'");
        volumes.hide(new AgentEffect.HideVolumes(of("", V1)));
        assertThat(show("", List.of(), mount("v2", "other"))).isNull();
        assertThat(sandbox.resolve("deep/store")).hasContent("own");
    }

    @Test
    void placesOfOtherVolumesAndOutsideAreRefused() throws Exception {
        assertThat(show("", List.of(mount("v2", "deep")), V1)).contains("'deep/store' lies within", "'deep'");
        assertThat(show("", List.of(mount("v2", "deep/store")), V1)).contains("lies within that of another volume");
        assertThat(show("", List.of(V1), V1))
                .as("the same volume, of another task")
                .isNull();
        assertThat(show("", List.of(), mount("v3", "../out"))).contains("does not lie below the sandbox");
        assertThat(show("", List.of(), mount("v3", "/abs"))).contains("is absolute");
        assertThat(show("no such user", List.of(), mount("v3", "x"))).contains("no such user");
    }

    @Test
    void theExecutorsRightsAreEnoughForItsOwnSandboxAndNothingElse() throws Exception {
        Assumptions.assumeTrue(Users.of(true).root(), "becoming somebody else needs root");
        var nobody = directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(sandbox, nobody);
        var secret = Files.createDirectory(directory.resolve("secret"));
        Files.createSymbolicLink(sandbox.resolve("trap"), secret);

        assertThat(show("nobody", List.of(), V1)).isNull();
        assertThat(Files.getOwner(sandbox.resolve("deep"))).isEqualTo(nobody);
        assertThat(Files.getOwner(data("v1"))).isEqualTo(nobody);
        assertThat(show("nobody", List.of(), mount("v2", "trap/store"))).contains("Permission denied");
        assertThat(secret).isEmptyDirectory();

        var link = Files.createSymbolicLink(secret.resolve("store"), data("v1"));
        volumes.hide(new AgentEffect.HideVolumes(of("nobody", mount("v1", "trap/store"))));
        volumes.hide(new AgentEffect.HideVolumes(of("nobody", V1)));
        assertThat(show("nobody", List.of(), mount("v3", "last"))).isNull();
        assertThat(link).isSymbolicLink();
        assertThat(sandbox.resolve("deep/store")).doesNotExist();
    }
}
