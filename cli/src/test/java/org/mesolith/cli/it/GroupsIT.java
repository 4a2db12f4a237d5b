package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.scheduler.Tasks;
import org.mesolith.process.Waiting;

/** Groups of tasks under the built-in executor: launched, checked, killed and failed together, whatever dies. */
final class GroupsIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SLEEP = "echo \"$MESOS_EXECUTOR_ID $MESOS_TASK_ID\"; exec sleep 1000";

    @TempDir(cleanup = CleanupMode.NEVER) // Processes may still write below it.
    private static Path directory;

    private static OneAgent site;

    @BeforeAll
    static void startClusterAndAgent() {
        site = new OneAgent(directory, "--resources=cpus:2;mem:512;disk:512");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void aGroupRunsSurvivesTheAgentAndEndsWithTheTaskThatIsKilled() {
        try (var framework = site.subscribe()) {
            launch(framework, "pod", task("one", SLEEP), task("two", SLEEP));
            var status = framework.awaitUpdate("one", "TASK_RUNNING");
            framework.awaitUpdate("two", "TASK_RUNNING");
            assertThat(status.text("executor_id.value")).isEqualTo("pod");
            assertThat(status.text("container_status.container_id.parent.value"))
                    .isNotEmpty()
                    .isNotEqualTo(status.text("container_status.container_id.value"));
            assertThat(site.executors()).contains("\"pod\"").contains("DEFAULT");
            awaitFile(framework, "pod", "one", "pod one");
            awaitFile(framework, "pod", "two", "pod two");

            assertThat(framework.addressOf("one")).isEqualTo("127.0.0.1");

            framework.forgetOffers();
            site.killAndRestart();
            launch(framework, "pod", task("three", "exit 0"));
            framework.awaitUpdate("three", "TASK_FINISHED");
            assertThat(framework.events()).noneMatch(event -> ended(event, "one") || ended(event, "two"));

            framework.call(Tasks.kill("two"));
            framework.awaitUpdate("two", "TASK_KILLED");
            assertThat(framework.awaitUpdate("one", "TASK_KILLED").text("message"))
                    .endsWith("another task of its group had failed or was killed");
            assertThat(framework.failure("pod").number("failure.status", -1)).isZero();
            site.awaitNoExecutors();
            framework.call(JsonObject.of("type", "TEARDOWN"));
        }
    }

    @Test
    void aTaskThatFailsTakesItsGroupWithItAndNoOtherGroup() {
        try (var framework = site.subscribe()) {
            launch(framework, "shared", task("stays", SLEEP));
            framework.awaitUpdate("stays", "TASK_RUNNING");
            launch(framework, "shared", task("fails", "sleep 1; exit 3"), task("follows", SLEEP));
            assertThat(framework.awaitUpdate("fails", "TASK_FAILED").text("message"))
                    .isEqualTo("Command exited with status 3");
            framework.awaitUpdate("follows", "TASK_KILLED");

            framework.shutdown("shared");
            framework.awaitUpdate("stays", "TASK_KILLED");
            framework.failure("shared");
            site.awaitNoExecutors();
            framework.call(JsonObject.of("type", "TEARDOWN"));
        }
    }

    @Test
    void aGroupWithOneBadTaskIsRefusedWhole() {
        try (var framework = site.subscribe()) {
            launch(framework, "never", task("good", SLEEP), task("bad", SLEEP, Tasks.scalar("mem", -1)));
            var refused = framework.awaitUpdate("good", "TASK_ERROR");
            framework.awaitUpdate("bad", "TASK_ERROR");

            assertThat(refused.text("reason")).isEqualTo("REASON_TASK_GROUP_INVALID");
            assertThat(refused.text("message")).startsWith("Task 'bad' of the group is invalid: resources");
            assertThat(site.executors()).doesNotContain("\"never\"");
            framework.call(JsonObject.of("type", "TEARDOWN"));
        }
    }

    private static JsonObject task(String id, String shell, JsonObject... more) {
        var resources = new ArrayList<>(List.of(Tasks.scalar("cpus", 0.1), Tasks.scalar("mem", 32)));
        resources.addAll(List.of(more));
        return Tasks.task(id, id, JsonObject.EMPTY, resources, JsonObject.of("value", shell));
    }

    private static void launch(HandFramework framework, String executor, JsonObject... tasks) {
        var offer = framework.awaitOffer();
        var info = JsonObject.of(
                "type",
                "DEFAULT",
                "executor_id",
                JsonObject.of("value", executor),
                "resources",
                List.of(Tasks.scalar("cpus", 0.1), Tasks.scalar("mem", 32), Tasks.scalar("disk", 32)));
        framework.launchGroup(offer, info, List.of(tasks));
    }

    private static boolean ended(JsonObject event, String task) {
        return HandFramework.type(event, "UPDATE")
                && event.text("update.status.task_id.value").equals(task)
                && !event.text("update.status.state").matches("TASK_(STARTING|RUNNING)");
    }

    /** What a task has written, below its executor's sandbox, as the agent gives it. */
    private static void awaitFile(HandFramework framework, String executor, String task, String content) {
        var path =
                "/frameworks/" + framework.id() + "/executors/" + executor + "/runs/latest/tasks/" + task + "/stdout";
        var call = JsonObject.of("type", "READ_FILE", "read_file", JsonObject.of("path", path, "offset", 0));
        Waiting.until("the output of " + task, LONG, () -> {
            var answer = site.ask(call);
            var wanted = Base64.getEncoder().encodeToString((content + "\n").getBytes(StandardCharsets.UTF_8));
            return answer.contains(wanted) ? "" : answer;
        });
    }
}
