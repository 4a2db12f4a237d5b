package org.mesolith.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Redirect;
import org.mesolith.process.Member;

/** Single calls at masters that may be dead, stopped or about to lead. */
final class MasterCalls {
    private static final Duration ATTEMPT_MAX = Duration.ofSeconds(2);

    private MasterCalls() {}

    /** Of a role that nobody uses: setting it disturbs no offers. */
    static HttpRequest weight(String role, double weight) {
        return HttpRequest.post(
                "/api/v1",
                Json.bytes(JsonObject.of(
                        "type",
                        "UPDATE_WEIGHTS",
                        "update_weights",
                        JsonObject.of("weight_infos", List.of(JsonObject.of("role", role, "weight", weight))))));
    }

    /** Whether this master, or the leader to whom it sends us on, carried the request out. */
    static boolean isAccepted(HostPort master, HttpRequest request) {
        Deadline deadline = Deadline.after(ATTEMPT_MAX);
        try (var connection = HttpConnection.open(master, deadline)) {
            HttpReply reply = connection.exchange(request, deadline);
            if (reply.status() == 307) {
                for (HostPort leader : Redirect.target(reply.header("location"))) {
                    try (var second = HttpConnection.open(leader, deadline)) {
                        return second.exchange(request, deadline).status() == 200;
                    }
                }
            }
            return reply.status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** How many agents this master says are active; 0 if it does not lead. */
    static int activeAgents(Member master) {
        return activeAgents(HostPort.parse(master.address()));
    }

    /** The same of the master at this address. */
    static int activeAgents(HostPort master) {
        Deadline deadline = Deadline.after(ATTEMPT_MAX);
        try (var connection = HttpConnection.open(master, deadline)) {
            HttpReply reply = connection.exchange(
                    HttpRequest.post("/api/v1", Json.bytes(JsonObject.of("type", "GET_AGENTS"))), deadline);
            if (reply.status() != 200) {
                return 0;
            }
            return (int) Json.readObject(reply.body()).objects("get_agents.agents").stream()
                    .filter(agent -> agent.isTrue("active"))
                    .count();
        } catch (IOException notYet) {
            return 0;
        }
    }

    /** A number that a master shows of itself; 0 when it has none of the name, or does not answer. */
    static double metric(Member master, String name) {
        Deadline deadline = Deadline.after(ATTEMPT_MAX);
        try (var connection = HttpConnection.open(HostPort.parse(master.address()), deadline)) {
            HttpReply reply = connection.exchange(HttpRequest.get("/metrics/snapshot"), deadline);
            return Json.readObject(reply.body()).number(name, 0);
        } catch (IOException silent) {
            return 0;
        }
    }
}
