package org.mesolith.cli.command.top;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;

/**
 * What agents measure of their containers, of the agents of a few rows only, a second at most. An agent that does not
 * answer, or asks for a name, is left out.
 *
 * @param byAgent measured by agent and executor
 */
record AgentUse(Map<String, Map<String, Measured>> byAgent) {
    static final AgentUse NONE = new AgentUse(Map.of());

    /** So many agents are asked in one look. */
    static final int AGENTS_MAX = 32;

    private static final Duration ANSWER_MAX = Duration.ofSeconds(1);

    /**
     * Of one container.
     *
     * @param memBytes null when it is not measured
     * @param diskBytes null when it is not measured
     */
    record Measured(@Nullable Long memBytes, @Nullable Long diskBytes) {}

    /** Asks the agents of these rows, all at the same time. */
    static AgentUse of(List<Row> rows, Map<String, HostPort> addresses) {
        var agents = new LinkedHashSet<String>();
        for (Row row : rows) {
            if (addresses.containsKey(row.agent()) && agents.size() < AGENTS_MAX) {
                agents.add(row.agent());
            }
        }
        var found = new ConcurrentHashMap<String, Map<String, Measured>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String agent : agents) {
                threads.execute(() -> found.put(agent, measured(addresses.get(agent))));
            }
        }
        return new AgentUse(found);
    }

    private static Map<String, Measured> measured(@Nullable HostPort agent) {
        var found = new HashMap<String, Measured>();
        if (agent == null) {
            return found;
        }
        var deadline = Deadline.after(ANSWER_MAX);
        try (var connection = HttpConnection.openAgent(agent, deadline)) {
            var request = HttpRequest.post("/api/v1", Json.bytes(JsonObject.of("type", "GET_CONTAINERS")));
            var reply = connection.exchange(request, deadline);
            if (reply.status() == 200) {
                Json.readRows(
                        reply.body(),
                        "get_containers",
                        Map.of(
                                "containers",
                                container -> found.put(
                                        container.text("executor_id.value"),
                                        measured(container.object("resource_statistics")))));
            }
        } catch (IOException silent) {
            // The screen goes on without what this one would have said.
            found.clear();
        }
        return found;
    }

    private static Measured measured(JsonObject statistics) {
        return new Measured(
                statistics.has("mem_rss_bytes") ? statistics.whole("mem_rss_bytes", 0) : null,
                statistics.has("disk_used_bytes") ? statistics.whole("disk_used_bytes", 0) : null);
    }

    /** Bytes of memory that are really used, null when nobody knows. */
    @Nullable
    Long memBytes(Row row) {
        Long sum = null;
        for (Measured one : of(row)) {
            sum = one.memBytes() == null ? sum : Long.valueOf((sum == null ? 0 : sum) + one.memBytes());
        }
        return sum;
    }

    /** Bytes of disk that are really used, null when nobody knows. */
    @Nullable
    Long diskBytes(Row row) {
        Long sum = null;
        for (Measured one : of(row)) {
            sum = one.diskBytes() == null ? sum : Long.valueOf((sum == null ? 0 : sum) + one.diskBytes());
        }
        return sum;
    }

    private Iterable<Measured> of(Row row) {
        var containers = byAgent.getOrDefault(row.agent(), Map.of());
        if (row.executor().isEmpty()) {
            return containers.values();
        }
        var one = containers.get(row.executor());
        return one == null ? List.of() : List.of(one);
    }
}
