package org.mesolith.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.settings.SettingsException;

/** Who may look at an agent, and at what: each rule is tried with somebody whom it lets pass and somebody else. */
final class AgentAccessTest {
    private static final List<String> RULES = List.of(
            "view_frameworks users",
            "view_tasks users",
            "view_executors users",
            "view_containers users",
            "access_sandboxes users",
            "access_mesos_logs logs",
            "view_flags flags",
            "set_log_level level",
            "get_endpoints paths");

    @TempDir
    private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Agent> agents = new ArrayList<>();
    private FakeMaster master;

    @BeforeEach
    void listen() throws Exception {
        master = new FakeMaster(1);
        Files.writeString(dir.resolve("credentials"), "ops o\nnosy n\n");
    }

    @AfterEach
    void endAll() {
        agents.forEach(Agent::close);
        master.close();
        http.close();
    }

    private List<String> settings(String... more) {
        var all = new ArrayList<>(List.of(
                "--master=" + master.address(),
                "--work_dir=" + dir.resolve("work"),
                "--port=0",
                "--hostname=localhost",
                "--log_dir=" + dir,
                "--cgroups_root=mesolith-test"));
        all.addAll(List.of(more));
        return all;
    }

    /** An agent that asks for names, and keeps what one rule is about from {@code nosy}. */
    private Agent agent(String rule) throws Exception {
        var parts = rule.split(" ");
        var acls = "{\"" + parts[0] + "\":[{\"principals\":{\"values\":[\"nosy\"]},\"" + parts[1]
                + "\":{\"type\":\"NONE\"}}]}";
        var agent = Agent.start(AgentConfig.read(
                settings(
                        "--authenticate_http_readonly",
                        "--authenticate_http_readwrite",
                        "--http_credentials=" + dir.resolve("credentials"),
                        "--acls=" + acls),
                Map.of()));
        agents.add(agent);
        return agent;
    }

    private HttpResponse<String> send(Agent agent, String who, String target, String body) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + agent.address().getPort() + target))
                .timeout(Duration.ofSeconds(20));
        if (!who.isEmpty()) {
            var pair = (who + ":" + who.charAt(0)).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String shown(Agent agent, String who, String target, String body) throws Exception {
        var answer = send(agent, who, target, body);
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void eachRuleKeepsItsThingsFromThoseItNamesAndFromNobodyElse() throws Exception {
        Files.writeString(dir.resolve("mesolith-agent.log.0"), "a line");
        for (var rule : RULES) {
            var agent = agent(rule);
            master.awaitJoin();
            var task = master.launch("sleep 300");
            master.await(task, TaskState.TASK_RUNNING);

            for (var look : looks(rule, task)) {
                var told = look.wanted(task);
                assertThat(shown(agent, "ops", look.target, look.body))
                        .as("%s: ops at %s", rule, look)
                        .startsWith("200 ")
                        .contains(told);
                var kept = shown(agent, "nosy", look.target, look.body);
                assertThat(kept).as("%s: nosy at %s", rule, look).startsWith(look.refused ? "403 " : "200 ");
                if (!told.isEmpty()) {
                    assertThat(kept).as("%s: nosy at %s", rule, look).doesNotContain(told);
                }
            }

            master.kill(task);
            master.await(task, TaskState.TASK_KILLED);
            agents.remove(agent);
            agent.close();
        }
    }

    /**
     * @param what is shown to those who may see it; empty: only the status counts
     * @param refused the others get 403, else less
     */
    private record Look(String target, String body, String what, boolean refused) {
        String wanted(TaskKey task) {
            return what.replace("(task)", task.task().value());
        }
    }

    private static Look page(String target, String what, boolean refused) {
        return new Look(target, "", what, refused);
    }

    private static Look call(String type, String more, String what, boolean refused) {
        return new Look("/api/v1", "{\"type\":\"" + type + "\"" + more + "}", what, refused);
    }

    private List<Look> looks(String rule, TaskKey task) {
        var sandbox = "/frameworks/" + task.framework() + "/executors/" + task.task() + "/runs/latest/stdout";
        return switch (rule.split(" ")[0]) {
            case "view_frameworks" ->
                List.of(
                        page("/state", "\"id\":\"(task)\"", false),
                        call("GET_TASKS", "", "(task)", false),
                        call("GET_STATE", "", "(task)", false));
            case "view_tasks" ->
                List.of(call("GET_TASKS", "", "(task)", false), page("/state", "\"state\":\"TASK_RUNNING\"", false));
            case "view_executors" ->
                List.of(
                        call("GET_EXECUTORS", "", "Command Executor", false),
                        page("/state", "Command Executor", false));
            case "view_containers" ->
                List.of(
                        call("GET_CONTAINERS", "", "(task)", false),
                        page("/containers", "(task)", false),
                        page("/monitor/statistics", "(task)", false));
            case "access_sandboxes" ->
                List.of(
                        page("/files/read?offset=0&path=" + sandbox, "\"offset\":0", true),
                        page("/files/browse?path=" + sandbox.replace("/stdout", ""), "stdout\"", true),
                        page("/files/download?path=" + sandbox, "", true),
                        call("READ_FILE", ",\"read_file\":{\"path\":\"" + sandbox + "\",\"offset\":0}", "size", true),
                        call("LIST_FILES", ",\"list_files\":{\"path\":\"" + sandbox + "\"}", "LIST_FILES", true));
            case "access_mesos_logs" -> List.of(page("/files/read?offset=2&path=/slave/log", "line", true));
            case "view_flags" ->
                List.of(
                        page("/flags", "work_dir", true),
                        call("GET_FLAGS", "", "work_dir", true),
                        page("/state", "\"flags\"", false));
            case "set_log_level" ->
                List.of(call(
                        "SET_LOGGING_LEVEL",
                        ",\"set_logging_level\":{\"level\":1,\"duration\":{\"nanoseconds\":1000000000}}",
                        "",
                        true));
            case "get_endpoints" ->
                List.of(
                        page("/containers", "(task)", true),
                        page("/monitor/statistics", "(task)", true),
                        page("/metrics", "mesolith_", true),
                        page("/metrics/snapshot", "slave/", true),
                        page("/logging/toggle", "", true),
                        page("/files/debug", "latest", true),
                        page("/sandboxes", "", true));
            default -> throw new IllegalArgumentException(rule);
        };
    }

    @Test
    void whoDoesNotSayWhoTheyAreIsAskedButWhereEverybodyMayLook() throws Exception {
        var agent = agent(RULES.getFirst());
        master.awaitJoin();

        var reader = send(agent, "", "/state", "");
        assertThat(reader.statusCode()).isEqualTo(401);
        assertThat(reader.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"mesos-agent-readonly\"");
        var operator = send(agent, "", "/api/v1", "{\"type\":\"GET_HEALTH\"}");
        assertThat(operator.statusCode()).isEqualTo(401);
        assertThat(operator.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"mesos-agent-readwrite\"");
        assertThat(send(agent, "", "/health", "").statusCode()).isEqualTo(200);
        assertThat(send(agent, "", "/version", "").statusCode()).isEqualTo(200);
        assertThat(send(agent, "ops", "/state", "").statusCode()).isEqualTo(200);
    }

    @Test
    void aSwitchWithoutCredentialsAndAFileThatCannotBeReadAreRefusedAtTheStart() {
        assertThatThrownBy(() -> AgentConfig.read(settings("--authenticate_http_readonly"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("--http_credentials");
        assertThatThrownBy(() -> AgentConfig.read(settings("--acls=" + dir.resolve("none")), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> AgentConfig.read(settings("--acls={\"view_task\":[]}"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("'view_task' is no list of rules");
    }
}
