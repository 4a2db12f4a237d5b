package org.mesolith.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.agent.fetch.Packed;
import org.mesolith.agent.fetch.Web;
import org.mesolith.api.UriFetch;
import org.mesolith.codec.CommandTask;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskState;

/** Tasks whose sandbox must hold something before they start. */
final class FetchingTasksTest {
    @TempDir
    private Path dir;

    private Web web;
    private FakeMaster master;

    @BeforeEach
    void open() throws Exception {
        web = new Web();
        web.put("/files.tgz", Packed.tarGz("bin/hello.sh", "#!/bin/sh\necho hello $(id -un)\n"));
        web.put("/held.txt", "held".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        master = new FakeMaster(1);
    }

    @AfterEach
    void close() {
        master.close();
        web.close();
    }

    @Test
    void aTaskFindsWhatItWantedAndItBelongsToItsUser() throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        assumeTrue(root || System.getenv("CI") == null, "other users need root");
        Files.setPosixFilePermissions(dir, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var _ = home().start(master.address())) {
            master.awaitJoin();
            var line = "test -O bin && test -O bin/hello.sh && touch bin/new && exec bin/hello.sh";
            var key = master.launch(task(line, root ? "nobody" : null, web.at("/files.tgz")));
            var end = master.await(key, TaskState.TASK_FINISHED);

            assertThat(end.status().message()).isEqualTo("Command exited with status 0");
            assertThat(home().file(key.task().value(), "stdout")).hasContent("hello " + (root ? "nobody" : "") + "\n");
            assertThat(home().file(key.task().value(), "stderr")).content().contains("Fetching URI '", "Extracting '");
        }
    }

    @Test
    void aTaskOfAnotherUserGetsNoFileThatOnlyTheAgentMayRead() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "other users need root");
        var secret = Files.writeString(dir.resolve("secret"), "secret");
        Files.setPosixFilePermissions(secret, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        try (var _ = home().start(master.address())) {
            master.awaitJoin();
            var key = master.launch(task("cat secret", "nobody", "file://" + secret));
            var end = master.await(key, TaskState.TASK_FAILED);

            assertThat(end.status().message())
                    .startsWith("Failed to fetch 'file://" + secret + "': user nobody cannot read it");
        }
    }

    @Test
    void aTaskWhoseFilesCannotBeFetchedHasFailedWithUriAndCauseAndWasNeverStarted() throws Exception {
        try (var _ = home().start(master.address())) {
            master.awaitJoin();
            var key = master.launch(task("true", null, web.at("/files.tgz"), web.at("/missing")));
            var end = master.await(key, TaskState.TASK_FAILED).status();

            assertThat(end.reason()).isEqualTo(StatusReason.REASON_CONTAINER_LAUNCH_FAILED);
            assertThat(end.source()).isEqualTo(StatusSource.SOURCE_AGENT);
            assertThat(end.message())
                    .startsWith("Failed to fetch '" + web.at("/missing") + "': ")
                    .endsWith("answered with HTTP status 404");
            assertThat(master.states(key)).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_FAILED);
            assertThat(home().file(key.task().value(), "bin")).doesNotExist();
        }
    }

    @Test
    void aKillEndsTheFetch() throws Exception {
        try (var _ = home().start(master.address())) {
            master.awaitJoin();
            var key = master.launch(task("true", null, web.at("/stalls")));
            AgentHome.until(() -> !web.asked.isEmpty());
            master.kill(key);
            var end = master.await(key, TaskState.TASK_KILLED).status();

            assertThat(end.reason()).isEqualTo(StatusReason.REASON_TASK_KILLED_DURING_LAUNCH);
            assertThat(end.message()).isEqualTo("Killed while its URIs were fetched");
            assertThat(dir.resolve("work/fetching")).isEmptyDirectory();
        }
    }

    @Test
    void anAgentThatStopsDuringAFetchBeginsItAnewWhenItIsBack() throws Exception {
        var first = home().start(master.address());
        master.awaitJoin();
        var key = master.launch(task("cat held.txt", null, web.at("/held.txt")));
        AgentHome.until(() -> web.asked.size() == 1);
        first.close();
        try (var _ = home().start(master.address())) {
            master.awaitJoin();
            AgentHome.until(() -> web.asked.size() == 2);
            web.release();
            master.await(key, TaskState.TASK_FINISHED);

            assertThat(home().file(key.task().value(), "stdout")).hasContent("held");
        }
    }

    private static CommandTask task(String line, @Nullable String user, String... uris) {
        return new CommandTask("", true, line, List.of(), List.of(), user, null, null, List.of(), List.of())
                .with(
                        java.util.Arrays.stream(uris)
                                .map(uri -> new UriFetch(uri, false, true, false, null))
                                .toList(),
                        null,
                        null);
    }

    private AgentHome home() {
        return new AgentHome(dir);
    }
}
