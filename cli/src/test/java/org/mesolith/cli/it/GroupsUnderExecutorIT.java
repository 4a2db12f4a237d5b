package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/**
 * Groups of tasks under an executor that a framework brings: the one in Python of the documentation, which can reach
 * its agent over the Unix domain socket only, and shows its token.
 */
final class GroupsUnderExecutorIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SLEEP = "exec sleep 1000";

    @TempDir(cleanup = CleanupMode.NEVER) // Processes may still write below it.
    private static Path directory;

    private static OneAgent site;

    @BeforeAll
    static void startClusterAndAgent() throws IOException {
        Needs.python();
        var key = Files.writeString(directory.resolve("key"), "any thirty-two bytes or more of a key");
        site = new OneAgent(
                directory,
                "--resources=cpus:2;mem:512;disk:512",
                "--executor_reregistration_timeout=15secs",
                "--http_executor_domain_sockets",
                "--jwt_secret_key=" + key,
                "--authenticate_http_executors");
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void groupsComeWholeSurviveTheAgentAndEndTogether() {
        try (var framework = site.subscribe()) {
            launch(framework, "pod", "", task("one", SLEEP), task("two", SLEEP));
            var words = framework.awaitUpdate("one", "TASK_RUNNING").text("message");
            assertThat(words).endsWith("as one of 2");
            assertThat(framework.awaitUpdate("two", "TASK_RUNNING").text("message"))
                    .isEqualTo(words);

            assertThat(framework.addressOf("one")).isEqualTo("127.0.0.1");

            framework.forgetOffers();
            site.killAndRestart();
            launch(framework, "pod", "", task("three", "exit 0"), task("four", SLEEP));
            assertThat(framework.awaitUpdate("three", "TASK_FINISHED").text("executor_id.value"))
                    .isEqualTo("pod");
            assertThat(framework.awaitUpdate("four", "TASK_RUNNING").text("message"))
                    .as("the same process")
                    .isEqualTo(words);
            assertThat(framework.events()).noneMatch(event -> ended(event, "one") || ended(event, "two"));

            framework.call(Tasks.kill("one"));
            framework.awaitUpdate("one", "TASK_KILLED");
            framework.awaitUpdate("two", "TASK_KILLED");
            assertThat(framework.events()).noneMatch(event -> ended(event, "four"));

            framework.shutdown("pod");
            framework.awaitUpdate("four", "TASK_KILLED");
            assertThat(framework.failure("pod").number("failure.status", -1)).isZero();
            site.awaitNoExecutors();
            framework.call(JsonObject.of("type", "TEARDOWN"));
        }
    }

    @Test
    void aGroupThatWaitedForItsExecutorWhenTheAgentDiedComesWhole() throws IOException {
        var go = directory.resolve("go");
        try (var framework = site.subscribe()) {
            var wait = "until [ -e " + go + " ]; do sleep 0.1; done; ";
            launch(framework, "late", wait, task("a", SLEEP), task("b", SLEEP));
            Waiting.until("the executor's process", LONG, () -> {
                var shown = site.ask(JsonObject.of("type", "GET_EXECUTORS"));
                return shown.contains("\"late\"") ? "" : shown;
            });

            site.killAndRestart();
            Files.createFile(go);
            for (var task : List.of("a", "b")) {
                assertThat(framework.awaitUpdate(task, "TASK_RUNNING").text("message"))
                        .endsWith("as one of 2");
            }
            framework.shutdown("late");
            framework.awaitUpdate("a", "TASK_KILLED");
            framework.awaitUpdate("b", "TASK_KILLED");
            framework.failure("late");
            site.awaitNoExecutors();
            framework.call(JsonObject.of("type", "TEARDOWN"));
        }
    }

    private static boolean ended(JsonObject event, String task) {
        return HandFramework.type(event, "UPDATE")
                && event.text("update.status.task_id.value").equals(task)
                && !event.text("update.status.state").equals("TASK_RUNNING");
    }

    private static JsonObject task(String id, String line) {
        return JsonObject.of(
                "name",
                id,
                "task_id",
                JsonObject.of("value", id),
                "resources",
                List.of(Tasks.scalar("cpus", 0.1), Tasks.scalar("mem", 32)),
                "data",
                Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_8)));
    }

    /** Launches a group; the executor knows no address of its agent but the socket. */
    private static void launch(HandFramework framework, String executor, String before, JsonObject... tasks) {
        var offer = framework.awaitOffer();
        var line = before + "exec env -u MESOS_AGENT_ENDPOINT python3 " + Examples.file("executor.py");
        var info = JsonObject.of(
                "type",
                "CUSTOM",
                "executor_id",
                JsonObject.of("value", executor),
                "command",
                JsonObject.of("value", line, "environment", path()),
                "resources",
                List.of(Tasks.scalar("cpus", 0.1), Tasks.scalar("mem", 64), Tasks.scalar("disk", 32)));
        framework.launchGroup(offer, info, List.of(tasks));
    }

    /** The Python of this test is also that of the executor. */
    private static JsonObject path() {
        var variable = JsonObject.of("name", "PATH", "type", "VALUE", "value", System.getenv("PATH"));
        return JsonObject.of("variables", List.of(variable));
    }
}
