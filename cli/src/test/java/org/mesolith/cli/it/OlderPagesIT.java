package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Check;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;
import org.mesolith.trees.KeyTrees;

/**
 * The pages that are older than the v1 API, of a cluster that is in use: their keys stand in the table, and the next
 * leader shows what the former one showed.
 */
final class OlderPagesIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONSTRAINTS = "/allocator/offer_constraints_debug";

    /** The pages of a master, and the tree that each has. */
    private static final Map<String, String> PAGES = new LinkedHashMap<>();

    static {
        PAGES.put("/state", "state");
        PAGES.put("/master/state-summary", "statesummary");
        PAGES.put("/slaves", "slaves");
        PAGES.put("/master/frameworks", "frameworks");
        PAGES.put("/tasks?limit=10&order=asc", "tasks");
        PAGES.put("/roles", "roles");
        PAGES.put("/weights", "weight");
        PAGES.put("/quota", "quotas");
        PAGES.put("/maintenance/schedule", "schedule");
        PAGES.put("/maintenance/status", "maintenance");
    }

    /** What is of the process that leads, or says when somebody came back, and what is offered at the moment. */
    private static final Set<String> OF_THE_LEADER = Set.of(
            "start_time",
            "elected_time",
            "pid",
            "leader",
            "leader_info",
            "flags",
            "log_dir",
            "reregistered_time",
            "offers",
            "offered",
            "offered_resources",
            "offered_resources_full");

    @TempDir
    private Path directory;

    private final KeyTrees trees = new KeyTrees();

    @Test
    void thePagesHaveTheirKeysAndTheNextLeaderShowsTheSame() throws IOException {
        var settings = ClusterProcess.Settings.of(3, 1)
                .withAgentOptions(
                        "--attributes=rack:r1;size:2.5",
                        "--domain={\"fault_domain\":{\"region\":{\"name\":\"r\"},\"zone\":{\"name\":\"z\"}}}");
        try (var cluster = new ClusterProcess(Installation.current(), directory.resolve("cluster"), settings)) {
            cluster.start();
            var former = cluster.awaitLeader(LONG);
            var agent = cluster.agents().getFirst();
            var framework = HandFramework.subscribeInRole(former.address(), "ads");
            framework.run("short", "true");
            framework.awaitUpdate("short", "TASK_FINISHED");
            framework.run("long", "sleep 600");
            administer(former, framework.agentId());
            framework.call(JsonObject.of("type", "SUPPRESS"));
            assertThat(page(former.address(), CONSTRAINTS)
                            .path("frameworks")
                            .path(framework.id())
                            .toString())
                    .isEqualTo("{\"suppressed_roles\":[\"ads\"],\"excluded_by_attribute_constraints\":{}}");

            var before = pages(former);
            check("agentstate", page(agent.address(), "/slave(1)/state"));
            check("version", page(agent.address(), "/version"));
            former.process().killNow();
            var leader = cluster.awaitLeaderOtherThan(former, LONG);
            try (var again = HandFramework.subscribe(leader.address(), framework.id(), "ads")) {
                again.call(JsonObject.of("type", "SUPPRESS"));
                Waiting.until("what the former leader showed at the next one", LONG, () -> {
                    try {
                        return difference(before, pages(leader));
                    } catch (IOException unread) {
                        return unread.toString();
                    }
                });
                constrain(again);
                assertThat(page(leader.address(), CONSTRAINTS)
                                .path("frameworks")
                                .path(framework.id())
                                .toString())
                        .isEqualTo("{\"suppressed_roles\":[],\"excluded_by_attribute_constraints\":{\"ads\":[\""
                                + framework.agentId().text("value") + "\"]}}");
            }
        }
    }

    /** It wants racks of another name from now on. */
    private static void constrain(HandFramework framework) {
        var constraint = JsonObject.of(
                "selector", JsonObject.of("attribute_name", "rack"),
                "predicate", JsonObject.of("text_equals", JsonObject.of("value", "r2")));
        var groups = List.of(JsonObject.of("attribute_constraints", List.of(constraint)));
        var answer = framework.call(JsonObject.of(
                "type",
                "UPDATE_FRAMEWORK",
                "update_framework",
                JsonObject.of(
                        "framework_info",
                        HandFramework.subscription(framework.id(), "ads", List.of())
                                .object("subscribe.framework_info"),
                        "offer_constraints",
                        JsonObject.of("role_constraints", JsonObject.of("ads", JsonObject.of("groups", groups))))));
        assertThat(answer.status()).as(answer.toString()).isIn(200, 202);
    }

    private static void administer(Member master, JsonObject agent) {
        accepted(Probe.ask(
                master.address(),
                "/api/v1",
                "{\"type\":\"UPDATE_WEIGHTS\",\"update_weights\":{\"weight_infos\":[{\"role\":\"ads\",\"weight\":2}]}}",
                LONG));
        accepted(Probe.ask(
                master.address(),
                "/api/v1",
                "{\"type\":\"UPDATE_QUOTA\",\"update_quota\":{\"quota_configs\":[{\"role\":\"ads\","
                        + "\"guarantees\":{\"cpus\":{\"value\":0.1}},\"limits\":{\"cpus\":{\"value\":9}}}]}}",
                LONG));
        accepted(Probe.ask(
                master.address(),
                "/api/v1",
                "{\"type\":\"UPDATE_MAINTENANCE_SCHEDULE\",\"update_maintenance_schedule\":{\"schedule\":{\"windows\":"
                        + "[{\"machine_ids\":[{\"hostname\":\"elsewhere\",\"ip\":\"10.9.9.9\"}],\"unavailability\":"
                        + "{\"start\":{\"nanoseconds\":4102444800000000000}}}]}}}",
                LONG));
        accepted(Probe.ask(
                master.address(),
                "/api/v1",
                "{\"type\":\"RESERVE_RESOURCES\",\"reserve_resources\":{\"agent_id\":{\"value\":\""
                        + agent.text("value") + "\"},\"resources\":[{\"name\":\"cpus\",\"type\":\"SCALAR\","
                        + "\"scalar\":{\"value\":0.1},\"reservations\":[{\"type\":\"DYNAMIC\",\"role\":\"eng\"}]}]}}",
                LONG));
    }

    private static void accepted(Probe answer) {
        assertThat(answer.status()).as(answer.body()).isIn(200, 202);
    }

    private Map<String, JsonNode> pages(Member master) throws IOException {
        var all = new LinkedHashMap<String, JsonNode>();
        for (var page : PAGES.entrySet()) {
            all.put(page.getKey(), check(page.getValue(), page(master.address(), page.getKey())));
        }
        return all;
    }

    private static JsonNode page(String address, String path) throws IOException {
        var answer = Probe.get(address, path, LONG);
        if (!answer.isOk()) {
            throw new IOException(path + " of " + address + " was answered with " + answer);
        }
        return JSON.readTree(answer.body());
    }

    private JsonNode check(String tree, JsonNode page) {
        trees.check(tree, page);
        return page;
    }

    /** Of the first page that differs, both; empty when none does. */
    private static String difference(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        for (var path : PAGES.keySet()) {
            var former = lasting(path, Check.present(before.get(path), path)).toString();
            var next = lasting(path, Check.present(after.get(path), path)).toString();
            if (!former.equals(next)) {
                return path + "\nwas " + former + "\nis  " + next;
            }
        }
        return "";
    }

    private static JsonNode lasting(String path, JsonNode page) {
        var left = page.deepCopy();
        strip(left);
        if (path.equals("/state") && left instanceof ObjectNode state) {
            state.remove(List.of("id", "hostname"));
        }
        return left;
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            // Of frameworks and roles `resources` is a sum, and what is offered is a part of it.
            if (object.has("failover_timeout") || object.has("offered")) {
                object.remove("resources");
            }
            object.remove(OF_THE_LEADER);
        }
        node.forEach(OlderPagesIT::strip);
    }
}
