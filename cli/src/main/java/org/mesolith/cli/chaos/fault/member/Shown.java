package org.mesolith.cli.chaos.fault.member;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.mesolith.cli.chaos.fault.Processes;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** What a master shows of the tables that operators write, linearizably. */
final class Shown {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private Shown() {}

    /** Weights by role. */
    static SortedMap<String, String> weights(Member master) {
        var weights = new TreeMap<String, String>();
        for (JsonObject row : read(master, "GET_WEIGHTS").objects("get_weights.weight_infos")) {
            weights.put(row.text("role"), whole(row.number("weight", -1)));
        }
        return weights;
    }

    /** Limits of cpus by role. */
    static SortedMap<String, String> limits(Member master) {
        var limits = new TreeMap<String, String>();
        for (JsonObject row : read(master, "GET_QUOTA").objects("get_quota.status.configs")) {
            limits.put(row.text("role"), whole(row.number("limits.cpus.value", -1)));
        }
        return limits;
    }

    /** ACTIVE, DRAINING, DRAINED; the empty text if the agent is not there. */
    static String drain(Member master, String agent) {
        for (JsonObject row : read(master, "GET_AGENTS").objects("get_agents.agents")) {
            if (row.text("agent_info.id.value").equals(agent)) {
                String drain = row.text("drain_info.state");
                return drain.isEmpty() ? "ACTIVE" : drain;
            }
        }
        return "";
    }

    /** In which epoch the cluster of these masters is, as the first of them says who answers. */
    static long epoch(List<Member> masters) {
        var turn = new AtomicInteger();
        return answer(
                        "the epoch",
                        () -> masters.get(turn.getAndIncrement() % masters.size())
                                .get("/raft"))
                .whole("epoch", 0);
    }

    private static JsonObject read(Member master, String type) {
        return answer(
                "an answer of " + master.name() + " to " + type,
                () -> Probe.ask(
                        master.address(),
                        "/api/v1?consistency=linearizable",
                        "{\"type\":\"" + type + "\"}",
                        ANSWER_MAX));
    }

    private static JsonObject answer(String what, Supplier<Probe> asks) {
        var found = new ArrayList<JsonObject>();
        Waiting.until(what, Processes.START_MAX, () -> {
            Probe answer = asks.get();
            if (!answer.isOk()) {
                return answer.status() + " " + answer.body();
            }
            try {
                found.add(Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8)));
                return "";
            } catch (IOException unreadable) {
                return String.valueOf(unreadable.getMessage());
            }
        });
        return found.getLast();
    }

    /** As it was written: the values of a run are whole. */
    private static String whole(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
