package org.mesolith.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.model.Fence;
import org.mesolith.model.TaskState;

/** An agent is brought over to other masters by {@code POST /masters}. */
final class RepointTest {
    @TempDir
    Path dir;

    @Test
    void anAgentGoesOverToTheMastersOfALaterEpochWithItsTasks() throws Exception {
        try (var former = new FakeMaster(1);
                var restored = new FakeMaster(new Fence("cluster", 2, 7, 1));
                var agent = start(former.address())) {
            former.awaitJoin();
            var task = former.launch("sleep 300");
            former.await(task, TaskState.TASK_RUNNING);

            var preview = order(agent, "{\"masters\":[\"" + restored.address() + "\"],\"dry_run\":true}");
            assertThat(preview).startsWith("200 ").contains("\"dry_run\":true");
            assertThat(masters(agent)).contains(former.address()).doesNotContain(restored.address());
            assertThat(order(agent, "{\"masters\":[\"" + restored.address() + "\"]}"))
                    .startsWith("200 ");

            assertThat(Files.readString(dir.resolve("work/masters"))).isEqualTo(restored.address() + "\n");
            assertThat(masters(agent)).contains(restored.address()).doesNotContain(former.address());
            var join = restored.awaitJoin();
            assertThat(join.known()).isEqualTo(FakeMaster.AGENT);
            assertThat(join.tasks()).isEqualTo(1);
            restored.kill(task);
            restored.await(task, TaskState.TASK_KILLED);
        }
    }

    @Test
    void mastersThatAnAgentMustNotObeyAreRefusedAndNothingChanges() throws Exception {
        try (var own = new FakeMaster(new Fence("cluster", 2, 7, 1));
                var other = new FakeMaster(new Fence("another", 9, 9, 1));
                var earlier = new FakeMaster(new Fence("cluster", 1, 9, 1));
                var waiting = new FakeMaster(new Fence("", 0, 0, 0));
                var agent = start(own.address())) {
            own.awaitJoin();
            own.await(own.launch("true"), TaskState.TASK_FINISHED);

            assertThat(order(agent, named(other.address()))).contains("409 ", "belongs to the cluster another");
            assertThat(order(agent, named(earlier.address()))).contains("409 ", "is in epoch 1", "has obeyed epoch 2");
            assertThat(order(agent, named(waiting.address()))).contains("409 ", "belongs to no cluster yet");
            assertThat(order(agent, named("127.0.0.1:1"))).contains("409 ", "no master of the list answers");
            assertThat(order(agent, named(own.address() + "/x"))).contains("400 ", "is not host:port");
            assertThat(order(agent, "{}")).contains("400 ", "0 masters are named");
            assertThat(order(agent, "{")).contains("400 ", "not JSON");
            assertThat(masters(agent)).isEqualTo("{\"masters\":[\"" + own.address() + "\"]}");
        }
    }

    @Test
    void anAgentWithACredentialObeysThoseOnlyWhoKnowIt() throws Exception {
        Files.writeString(dir.resolve("credential"), "agent secret\n");
        try (var master = new FakeMaster(1);
                var agent = start(master.address(), "--credential=" + dir.resolve("credential"))) {
            var body = named(master.address());

            assertThat(order(agent, body)).contains("401 ", "--credential");
            assertThat(order(agent, body, "Authorization", "Basic " + "b3BzOm90aGVy"))
                    .startsWith("401 ");
            assertThat(order(agent, body, "Authorization", "Basic " + "YWdlbnQ6c2VjcmV0"))
                    .startsWith("200 ");
        }
    }

    private static String named(String master) {
        return "{\"masters\":[\"" + master + "\"]}";
    }

    private static String order(Agent agent, String body, String... headers) throws Exception {
        var all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return send(HttpRequest.newBuilder(uri(agent))
                .headers(all.toArray(String[]::new))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String masters(Agent agent) throws Exception {
        return send(HttpRequest.newBuilder(uri(agent)).build()).substring("200 ".length());
    }

    private static String send(HttpRequest request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    private static URI uri(Agent agent) {
        return URI.create("http://127.0.0.1:" + agent.address().getPort() + "/masters");
    }

    private Agent start(String masters, String... more) throws Exception {
        var line = new ArrayList<>(List.of(
                "--master=" + masters,
                "--work_dir=" + dir.resolve("work"),
                "--port=0",
                "--hostname=localhost",
                "--cgroups_root=mesolith-test"));
        line.addAll(List.of(more));
        return Agent.start(AgentConfig.read(line, Map.of()));
    }
}
