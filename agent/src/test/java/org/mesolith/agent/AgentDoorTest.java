package org.mesolith.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;

final class AgentDoorTest {
    @TempDir
    Path dir;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private FakeMaster master;
    private Agent agent;
    private TaskKey task;

    @BeforeEach
    void runOneTask() throws Exception {
        master = new FakeMaster(1);
        agent = Agent.start(AgentConfig.read(
                List.of(
                        "--master=" + master.address(),
                        "--work_dir=" + dir.resolve("work"),
                        "--port=0",
                        "--hostname=localhost",
                        "--log_dir=" + dir,
                        "--cgroups_root=mesolith-test"),
                Map.of()));
        master.awaitJoin();
        task = master.launch(
                "ln -s /etc/passwd leak; mkfifo pipe; mkdir sub; printf 'hello <world>' >sub/new; mv sub/new sub/text;"
                        + " sleep 300");
        master.await(task, TaskState.TASK_RUNNING);
        awaitOk("/files/read?offset=0&path=" + encoded("/sub/text"));
    }

    @AfterEach
    void endIt() throws Exception {
        master.kill(task);
        master.await(task, TaskState.TASK_KILLED);
        agent.close();
        master.close();
        http.close();
    }

    @Test
    void filesOfASandboxAreReadInEveryWay() throws Exception {
        assertThat(get("/files/read?offset=2&length=3&path=" + encoded("/sub/text"))
                        .body())
                .isEqualTo("{\"data\":\"llo\",\"offset\":2}");
        assertThat(get("/files/read?path=" + encoded("/sub/text")).body()).isEqualTo("{\"data\":\"\",\"offset\":13}");
        assertThat(get("/files/download?path=" + encoded("/sub/text")).body()).isEqualTo("hello <world>");
        assertThat(get("/files/browse?path=" + encoded("/sub")).body())
                .contains("\"path\":\"" + latest("/sub/text") + "\"")
                .contains("\"mode\":\"-rw-r--r--\"");
        assertThat(call("READ_FILE", "\"read_file\":{\"path\":\"" + latest("/sub/text") + "\",\"offset\":0}")
                        .body())
                .isEqualTo("{\"type\":\"READ_FILE\",\"read_file\":{\"size\":13,\"data\":\"aGVsbG8gPHdvcmxkPg==\"}}");
        assertThat(call("LIST_FILES", "\"list_files\":{\"path\":\"" + latest("") + "\"}")
                        .body())
                .contains("/sub\"", "/stdout\"");
    }

    @Test
    void nothingOutsideOfSandboxesIsReadable() throws Exception {
        assertThat(get("/files/read?offset=0&path=" + encoded("/leak")).statusCode())
                .isEqualTo(400);
        assertThat(get("/files/read?offset=0&path=" + encoded("/../../../../../../../../meta/identity"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(get("/files/read?offset=0&path=/etc/passwd").statusCode()).isEqualTo(404);
        assertThat(get("/files/read?offset=0&path=" + dir.resolve("work/meta/identity"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/files/read?offset=0&path=/frameworks/../executors/x/runs/latest/stdout")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/files/read?offset=0&path=" + encoded("/pipe")).statusCode())
                .isEqualTo(400);
        assertThat(get("/files/read?offset=0").statusCode()).isEqualTo(400);
    }

    @Test
    void theLogIsReadAndItsLevelRaisedForAWhile() throws Exception {
        Files.writeString(dir.resolve("mesolith-agent.log.0"), "a line");

        assertThat(get("/files/read?offset=2&length=4&path=/slave/log").body())
                .isEqualTo("{\"data\":\"line\",\"offset\":2}");
        assertThat(call("READ_FILE", "\"read_file\":{\"path\":\"/slave/log\",\"offset\":2}")
                        .body())
                .contains("\"size\":6");
        assertThat(get("/files/debug").body())
                .contains("\"/slave/log\":\"" + dir.resolve("mesolith-agent.log.0") + "\"", latest("") + "\":");
        var set = call(
                "SET_LOGGING_LEVEL",
                "\"set_logging_level\":{\"level\":1,\"duration\":{\"nanoseconds\":3600000000000}}");
        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(call("GET_LOGGING_LEVEL", "\"get_version\":{}").body()).contains("\"level\":1");
        assertThat(get("/logging/toggle?level=0&duration=1secs").statusCode()).isEqualTo(200);
        assertThat(get("/logging/toggle").body()).isEqualTo("0\n");
    }

    @Test
    void whatIsBeingDoneToContainersIsShownUntilItIsDone() throws Exception {
        assertThat(get("/containerizer/debug").body()).isEqualTo("{\"pending\":[]}");
        var go = dir.resolve("go");
        var stubborn = master.launch("trap 'while [ ! -e " + go + " ]; do sleep 0.05; done; exit 0' TERM;"
                + " echo hello >ready; while :; do sleep 0.05; done");
        master.await(stubborn, TaskState.TASK_RUNNING);
        awaitText(
                "/files/read?offset=0&path="
                        + encoded("/ready")
                                .replace(task.task().value(), stubborn.task().value()),
                "hello");

        master.kill(stubborn);

        awaitText("/containerizer/debug", "{\"operation\":\"kill\",\"args\":{\"containerId\":\"");
        Files.createFile(go);
        master.await(stubborn, TaskState.TASK_KILLED);
        awaitText("/containerizer/debug", "{\"pending\":[]}");
        assertThat(get("/help?format=json").body()).contains("\"name\":\"/containerizer/debug\"");
    }

    @Test
    void anAgentHasNoResourceProviders() throws Exception {
        assertThat(call("GET_OPERATIONS", "\"get_version\":{}").body())
                .isEqualTo("{\"type\":\"GET_OPERATIONS\",\"get_operations\":{}}");
        assertThat(call("GET_RESOURCE_PROVIDERS", "\"get_version\":{}").body())
                .isEqualTo("{\"type\":\"GET_RESOURCE_PROVIDERS\",\"get_resource_providers\":{}}");
    }

    @Test
    void theAgentShowsItself() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/slave(1)/version").body()).contains("\"version\":\"1.11.0\"");
        assertThat(get("/flags").body()).contains("\"work_dir\"");
        assertThat(get("/metrics/snapshot").body()).contains("\"slave/tasks_running\":1.0");
        assertThat(get("/metrics").body())
                .contains("# HELP mesolith_agent_tasks_running Tasks that run.")
                .contains("# TYPE mesolith_agent_tasks_running gauge\nmesolith_agent_tasks_running 1\n")
                .contains("# TYPE mesolith_agent_tasks_failed counter\n");
        assertThat(get("/metrics").body().lines().filter(line -> line.startsWith("# HELP ")))
                .hasSizeGreaterThan(60)
                .as("numbers that say what they mean")
                .allSatisfy(line -> assertThat(line).endsWith(".").contains(" "));
        assertThat(get("/state?jsonp=f").body())
                .startsWith("f({\"version\"")
                .contains("\"id\":\"" + FakeMaster.AGENT + "\"", "\"state\":\"TASK_RUNNING\"");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void containersAreShownWithWhatTheyMayUse() throws Exception {
        var container = "\"executor_id\":\"" + task.task() + "\"";
        assertThat(get("/containers").body()).contains(container, "\"disk_limit_bytes\"", "\"container_id\"");
        assertThat(get("/monitor/statistics").body()).contains(container, "\"mem_limit_bytes\"");
        assertThat(get("/containers?framework_id=" + task.framework() + "&executor_id=" + task.task())
                        .body())
                .contains(container);
        var statistics = JSON.readTree(get("/monitor/statistics").body()).get(0).get("statistics");
        assertThat(statistics.get("processes").asInt()).isPositive();
        assertThat(statistics.get("threads").asInt())
                .isGreaterThanOrEqualTo(statistics.get("processes").asInt());
        assertThat(statistics.get("mem_rss_bytes").asLong()).isBetween(1_000L, 100_000_000L);
        assertThat(statistics.get("cpus_user_time_secs").asDouble()).isBetween(0.0, 60.0);
        assertThat(call("GET_CONTAINERS", "").body()).contains("\"mem_rss_bytes\":", "\"processes\":");
        assertThat(get("/containers?framework_id=another").body()).isEqualTo("[]");
        assertThat(get("/containers?executor_id=x").statusCode()).isEqualTo(400);
        assertThat(get("/containers?container_id=x&framework_id=y").statusCode())
                .isEqualTo(400);
        assertThat(call("GET_CONTAINERS", "").body())
                .contains("\"executor_id\":{\"value\":\"" + task.task() + "\"}", "disk_limit_bytes");
    }

    @Test
    void theV1CallsAnswerOrSayThatTheyDoNotYet() throws Exception {
        assertThat(call("GET_HEALTH", "").body())
                .isEqualTo("{\"type\":\"GET_HEALTH\",\"get_health\":{\"healthy\":true}}");
        assertThat(call("GET_AGENT", "").body()).contains(FakeMaster.AGENT.value());
        assertThat(call("GET_TASKS", "").body())
                .contains("\"launched_tasks\"", task.task().value());
        assertThat(call("GET_STATE", "").body()).contains("get_executors", "get_frameworks");
        assertThat(call("GET_METRICS", "\"get_metrics\":{}").body()).contains("slave/tasks_running");
        assertThat(call("GET_FLAGS", "").body()).contains("work_dir");
        assertThat(call("GET_VERSION", "").body()).contains("1.11.0");
        assertThat(call("GET_EXECUTORS", "").body()).contains("Command Executor");
        assertThat(call("PRUNE_IMAGES", "").statusCode()).isEqualTo(501);
        assertThat(call("PRUNE_IMAGES", "").body()).contains("not supported yet");
        assertThat(call("NO_SUCH_CALL", "").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1").statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> get(String target) throws Exception {
        return http.send(request(target).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> call(String type, String more) throws Exception {
        var body = "{\"type\":\"" + type + "\"" + (more.isEmpty() ? "" : ",") + more + "}";
        return http.send(
                request("/api/v1")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + agent.address().getPort() + target))
                .timeout(Duration.ofSeconds(20));
    }

    private String latest(String file) {
        return "/frameworks/" + task.framework() + "/executors/" + task.task() + "/runs/latest" + file;
    }

    private String encoded(String file) {
        return URLEncoder.encode(latest(file), StandardCharsets.UTF_8);
    }

    private void awaitOk(String target) throws Exception {
        awaitText(target, "hello");
    }

    private void awaitText(String target, String text) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!get(target).body().contains(text)) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }
}
