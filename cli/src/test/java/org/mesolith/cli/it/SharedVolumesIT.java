package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.scheduler.Tasks;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** Executors that have persistent volumes: built-in ones, whose tasks share them, and those of frameworks. */
final class SharedVolumesIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String ROLE = "keepers";

    @TempDir
    private Path directory;

    private ClusterProcess cluster;
    private Member master;
    private HandFramework framework;
    private Path data;
    private String agentId;

    @BeforeEach
    void makeAVolume() {
        cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(1, 1));
        cluster.start();
        master = cluster.awaitLeader(LONG);
        data = cluster.agents().getFirst().directory().resolve("data/volumes/roles/" + ROLE + "/v1");
        framework = HandFramework.subscribeInRole(master.address(), ROLE);
        agentId = framework.awaitOffer().text("agent_id.value");
        ask("RESERVE_RESOURCES", "reserve_resources", "resources", disk(""));
        ask("CREATE_VOLUMES", "create_volumes", "volumes", disk(volume()));
    }

    @AfterEach
    void stop() {
        framework.close();
        cluster.close();
    }

    @Test
    void tasksOfAGroupShareTheVolumeOfTheirExecutorUntilItIsDestroyed() {
        var offer = offerWithVolume();
        launchGroup(offer, task("writes", "echo kept > shared/file; sleep 1000", "PARENT", "store", "shared"));
        framework.awaitUpdate("writes", "TASK_RUNNING");
        Waiting.until("the file", LONG, () -> data.resolve("file").toFile().length() > 0 ? "" : "it is not there");
        framework.call(Tasks.kill("writes"));
        framework.awaitUpdate("writes", "TASK_KILLED");
        framework.failure("pod");

        launchGroup(offerWithVolume(), task("reads", "grep kept shared/file", "PARENT", "store", "shared"));
        framework.awaitUpdate("reads", "TASK_FINISHED");

        ask("DESTROY_VOLUMES", "destroy_volumes", "volumes", disk(volume()));
        Waiting.until("the end of the volume's data", LONG, () -> data.toFile().exists() ? data + " is there" : "");
    }

    @Test
    void aPathOutOfTheSandboxIsRefusedWithTheReason() {
        launchGroup(offerWithVolume(), task("bad", "true", "PARENT", "../../secret", "shared"));
        assertThat(framework.awaitUpdate("bad", "TASK_FAILED").text("message"))
                .contains("The path '../../secret' of a SANDBOX_PATH does not lie below the sandbox of the executor");
    }

    @Test
    void theProgramOfAnExecutorFindsItsVolumeAtItsPath() {
        var offer = offerWithVolume();
        var info = new LinkedHashMap<String, Object>();
        info.put("type", "CUSTOM");
        info.put("executor_id", JsonObject.of("value", "own"));
        info.put("command", JsonObject.of("value", "echo brought > store/file; exit 3"));
        info.put("resources", executorResources(offer));
        var task = JsonObject.of(
                "name",
                "under",
                "task_id",
                JsonObject.of("value", "under"),
                "agent_id",
                offer.object("agent_id"),
                "resources",
                List.of(Tasks.scalar("cpus", 0.1), Tasks.scalar("mem", 32)),
                "executor",
                new JsonObject(info));
        assertThat(framework
                        .call(Tasks.accept(List.of(offer), List.of(task), 0))
                        .status())
                .isEqualTo(202);
        framework.failure("own");
        assertThat(data.resolve("file")).hasContent("brought");
    }

    @Test
    void aTaskUnderAnExecutorOfItsFrameworkHasItsVolumeThereWhileItRuns() {
        Needs.python();
        launchUnder(offerWithVolume(), "writes", "echo kept > store/file; exec sleep 1000", true);
        framework.awaitUpdate("writes", "TASK_RUNNING");
        Waiting.until("the file", LONG, () -> data.resolve("file").toFile().length() > 0 ? "" : "it is not there");
        launchUnder(framework.awaitOffer(), "misses", "while [ -e store ]; do sleep 0.1; done", false);
        framework.awaitUpdate("misses", "TASK_RUNNING");
        framework.call(Tasks.kill("writes"));
        framework.awaitUpdate("writes", "TASK_KILLED");
        framework.awaitUpdate("misses", "TASK_FINISHED");

        launchUnder(offerWithVolume(), "reads", "grep kept store/file", true);
        framework.awaitUpdate("reads", "TASK_FINISHED");
        launchUnder(offerWithVolume(), "way", "until [ ! -e store ]; do sleep 0.1; done; echo own > store", false);
        framework.awaitUpdate("way", "TASK_FINISHED");
        launchUnder(offerWithVolume(), "late", "true", true);
        assertThat(framework.awaitUpdate("late", "TASK_FAILED").text("message"))
                .endsWith("there is something else at 'store'");

        framework.shutdown("own");
        framework.failure("own");
        ask("DESTROY_VOLUMES", "destroy_volumes", "volumes", disk(volume()));
        Waiting.until("the end of the volume's data", LONG, () -> data.toFile().exists() ? data + " is there" : "");
    }

    /** A task whose data is a line for the shell of the executor of the documentation. */
    private void launchUnder(JsonObject offer, String id, String line, boolean withVolume) {
        var path = JsonObject.of("name", "PATH", "type", "VALUE", "value", System.getenv("PATH"));
        var command = JsonObject.of(
                "value",
                "exec python3 " + Examples.file("executor.py"),
                "environment",
                JsonObject.of("variables", List.of(path)));
        var basics = List.of(Tasks.scalar("cpus", 0.1), Tasks.scalar("mem", 32));
        var info = JsonObject.of(
                "type",
                "CUSTOM",
                "executor_id",
                JsonObject.of("value", "own"),
                "command",
                command,
                "resources",
                basics);
        var resources = new ArrayList<>(basics);
        resources.addAll(withVolume ? volumes(offer) : List.of());
        var task = JsonObject.of(
                "name",
                id,
                "task_id",
                JsonObject.of("value", id),
                "agent_id",
                offer.object("agent_id"),
                "resources",
                resources,
                "executor",
                info,
                "data",
                Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_8)));
        var answer = framework.call(Tasks.accept(List.of(offer), List.of(task), 0));
        assertThat(answer.status()).isEqualTo(202);
    }

    private JsonObject offerWithVolume() {
        var offer = framework.awaitOffer();
        while (volumes(offer).isEmpty()) {
            framework.call(Tasks.decline(List.of(offer), 0));
            offer = framework.awaitOffer();
        }
        return offer;
    }

    private static List<JsonObject> volumes(JsonObject offer) {
        return offer.objects("resources").stream()
                .filter(resource -> resource.has("disk"))
                .toList();
    }

    private static List<JsonObject> executorResources(JsonObject offer) {
        var resources =
                new ArrayList<>(List.of(Tasks.scalar("cpus", 0.1), Tasks.scalar("mem", 32), Tasks.scalar("disk", 32)));
        resources.addAll(volumes(offer));
        return resources;
    }

    private static JsonObject task(String id, String shell, String type, String source, String path) {
        var volume = JsonObject.of(
                "mode",
                "RW",
                "container_path",
                path,
                "source",
                JsonObject.of("type", "SANDBOX_PATH", "sandbox_path", JsonObject.of("type", type, "path", source)));
        var fields = new LinkedHashMap<>(Tasks.task(
                        id,
                        id,
                        JsonObject.EMPTY,
                        List.of(Tasks.scalar("cpus", 0.1), Tasks.scalar("mem", 32)),
                        JsonObject.of("value", shell))
                .fields());
        fields.put("container", JsonObject.of("type", "MESOS", "volumes", List.of(volume)));
        return new JsonObject(fields);
    }

    private void launchGroup(JsonObject offer, JsonObject task) {
        var info = JsonObject.of(
                "type", "DEFAULT", "executor_id", JsonObject.of("value", "pod"), "resources", executorResources(offer));
        framework.launchGroup(offer, info, List.of(task));
    }

    private void ask(String type, String body, String list, String resource) {
        var call = "{\"type\":\"" + type + "\",\"" + body + "\":{\"agent_id\":{\"value\":\"" + agentId + "\"},\"" + list
                + "\":[" + resource + "]}}";
        Waiting.until(type, LONG, () -> {
            var answer = Probe.ask(master.address(), "/api/v1", call, SOON);
            return answer.status() / 100 == 2 ? "" : answer.status() + " " + answer.body();
        });
    }

    private static String volume() {
        return ",\"disk\":{\"persistence\":{\"id\":\"v1\"},\"volume\":{\"mode\":\"RW\",\"container_path\":\"store\"}}";
    }

    private static String disk(String more) {
        return "{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":64},"
                + "\"reservations\":[{\"type\":\"DYNAMIC\",\"role\":\"" + ROLE + "\"}]" + more + "}";
    }
}
