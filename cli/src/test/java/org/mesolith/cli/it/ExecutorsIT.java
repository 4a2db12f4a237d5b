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

/** An executor that a framework brings: a process that speaks the executor API, here the one of the documentation. */
final class ExecutorsIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.NEVER) // Processes may still write below it.
    private static Path directory;

    private static OneAgent site;

    @BeforeAll
    static void startClusterAndAgent() throws IOException {
        // The example shows its token on every call, or it would be refused.
        var key = Files.writeString(directory.resolve("key"), "any thirty-two bytes or more of a key");
        site = new OneAgent(
                directory,
                "--resources=cpus:2;mem:512",
                "--executor_reregistration_timeout=15secs",
                "--jwt_secret_key=" + key,
                "--authenticate_http_executors");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void anExecutorOfAFrameworkRunsItsTasksSurvivesTheAgentAndIsMissedWhenItDies() {
        try (var framework = site.subscribe()) {
            launch(framework, "first", "own");
            var status = framework.awaitUpdate("first", "TASK_RUNNING");
            assertThat(status.text("data")).isEqualTo(base64("data of first"));
            assertThat(status.text("executor_id.value")).isEqualTo("own");
            assertThat(status.text("source")).isEqualTo("SOURCE_EXECUTOR");
            assertThat(site.executors()).contains("\"own\"");
            assertThat(said(framework, "hello")).startsWith("hello from ").endsWith(" with first");

            site.killAndRestart();
            assertThat(said(framework, "again").substring("again".length()))
                    .isEqualTo(said(framework, "hello").substring("hello".length()));

            var offer = framework.awaitOffer();
            assertThat(offer.toString()).contains("executor_ids").contains("own");
            framework.call(launch(offer, "second", "own", "own"));
            framework.awaitUpdate("second", "TASK_RUNNING");
            assertThat(said(framework, "both")).endsWith(" with first second");
            framework.call(Tasks.kill("second"));
            framework.awaitUpdate("second", "TASK_KILLED");

            message(framework, "die");
            assertThat(framework.awaitUpdate("first", "TASK_FAILED").text("reason"))
                    .isEqualTo("REASON_EXECUTOR_TERMINATED");
            assertThat(framework.failure("own").number("failure.status", -1)).isEqualTo(3 << 8);
            site.awaitNoExecutors();
            framework.call(JsonObject.of("type", "TEARDOWN"));
        }
    }

    @Test
    void anExecutorThatIsToldToShutDownEndsItsTasksAndGivesBackWhatItHeld() {
        try (var framework = site.subscribe()) {
            launch(framework, "one", "short");
            framework.awaitUpdate("one", "TASK_RUNNING");
            assertThat(launchOther(framework)).contains("ExecutorInfo is not compatible");
            framework.shutdown("short");
            framework.awaitUpdate("one", "TASK_KILLED");
            assertThat(framework.failure("short").number("failure.status", -1)).isZero();
            site.awaitNoExecutors();
            framework.call(JsonObject.of("type", "TEARDOWN"));
        }
    }

    private static void launch(HandFramework framework, String task, String executor) {
        assertThat(framework
                        .call(launch(framework.awaitOffer(), task, executor, "own"))
                        .status())
                .isEqualTo(202);
    }

    /** The message of the refusal. */
    private static String launchOther(HandFramework framework) {
        framework.call(launch(framework.awaitOffer(), "two", "short", "another name"));
        return framework.awaitUpdate("two", "TASK_ERROR").text("message");
    }

    private static JsonObject launch(JsonObject offer, String task, String executor, String name) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = JsonObject.of(
                "value", "exec " + java + " -Xmx32m -XX:TieredStopAtLevel=1 " + Examples.file("CustomExecutor.java"));
        var info = JsonObject.of(
                "type",
                "CUSTOM",
                "executor_id",
                JsonObject.of("value", executor),
                "name",
                name,
                "command",
                command,
                "resources",
                List.of(Tasks.scalar("cpus", 0.2), Tasks.scalar("mem", 64)));
        var one = JsonObject.of(
                "name",
                task,
                "task_id",
                JsonObject.of("value", task),
                "agent_id",
                offer.object("agent_id"),
                "resources",
                List.of(Tasks.scalar("cpus", 0.1), Tasks.scalar("mem", 32)),
                "executor",
                info);
        return Tasks.accept(List.of(offer), List.of(one), 0);
    }

    /** What the executor answers; a message may get lost, so it is said again. */
    private static String said(HandFramework framework, String words) {
        var answer = new String[] {""};
        Waiting.until("an answer to " + words, LONG, () -> {
            message(framework, words);
            for (var event : framework.events()) {
                if (HandFramework.type(event, "MESSAGE")) {
                    var text =
                            new String(Base64.getDecoder().decode(event.text("message.data")), StandardCharsets.UTF_8);
                    if (text.startsWith(words)) {
                        answer[0] = text;
                    }
                }
            }
            return answer[0].isEmpty() ? "none yet" : "";
        });
        return answer[0];
    }

    private static void message(HandFramework framework, String words) {
        framework.call(JsonObject.of(
                "type",
                "MESSAGE",
                "message",
                JsonObject.of(
                        "executor_id", JsonObject.of("value", "own"),
                        "agent_id", framework.agentId(),
                        "data", base64(words))));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
