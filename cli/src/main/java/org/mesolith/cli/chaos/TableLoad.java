package org.mesolith.cli.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.Pairs;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;

/**
 * Sets weights or quota of roles and reads them linearizably, each time at any of the masters. Every value is written
 * once only in a run, so that a read tells which write it saw.
 */
final class TableLoad implements Load {

    /** What is set and read. */
    enum Content {
        WEIGHTS("weights", "weights", 6, 1),
        QUOTA("quota", "limits", 4, 2);

        private final String word;
        private final String fact;
        private final int roles;
        private final int rolesAtOnce;

        Content(String word, String fact, int roles, int rolesAtOnce) {
            this.word = word;
            this.fact = fact;
            this.roles = roles;
            this.rolesAtOnce = rolesAtOnce;
        }
    }

    private static final int WRITES_PERCENT = 40;
    private static final long PAUSE_NANOS_MAX = 60_000_000;

    private final Content content;
    private final String name;
    private final Stage stage;
    private final Random dice;

    TableLoad(Content content, int number, Stage stage, long seed) {
        this.content = content;
        this.name = content.word + "-" + number;
        this.stage = stage;
        this.dice = new Random(seed + 31L * number + content.ordinal());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void step() {
        if (dice.nextInt(100) < WRITES_PERCENT) {
            write();
        } else {
            read(stage, content, name, stage.any(dice));
        }
        LockSupport.parkNanos(dice.nextLong(PAUSE_NANOS_MAX));
    }

    private void write() {
        var values = new TreeMap<String, String>();
        String value = Long.toString(stage.values().getAndIncrement());
        while (values.size() < content.rolesAtOnce) {
            values.put(prefix(stage, content) + dice.nextInt(content.roles), value);
        }
        HostPort master = stage.any(dice);
        long asked = System.nanoTime();
        String operation = content.word + "-set";
        long number = stage.history()
                .invoke(
                        name,
                        operation,
                        Map.of(
                                content.fact,
                                Pairs.text(values),
                                "at",
                                stage.door().name(master)));
        MasterDoor.Answer answer = stage.door().call(master, "/api/v1", call(values));
        stage.history().end(answer.kind(), name, number, operation, Map.of("at", answer.at(), "why", answer.why()));
        if (answer.kind() == Kind.OK) {
            stage.signs().seen(Signs.Sign.WRITE, asked);
        }
    }

    /** A linearizable read of all of it at this master; true if it was answered. */
    static boolean read(Stage stage, Content content, String process, HostPort master) {
        String operation = content.word + "-get";
        long asked = System.nanoTime();
        long number = stage.history()
                .invoke(process, operation, Map.of("at", stage.door().name(master)));
        var type = JsonObject.of("type", content == Content.WEIGHTS ? "GET_WEIGHTS" : "GET_QUOTA");
        MasterDoor.Answer answer = stage.door().call(master, "/api/v1?consistency=linearizable", type);
        var facts = new TreeMap<>(Map.of("at", answer.at(), "why", answer.why()));
        if (answer.kind() == Kind.OK) {
            facts.put("index", answer.index());
            facts.put(content.fact, Pairs.text(shown(stage, content, answer.body())));
            stage.signs().seen(Signs.Sign.READ, asked);
        }
        stage.history().end(answer.kind(), process, number, operation, facts);
        return answer.kind() == Kind.OK;
    }

    private JsonObject call(Map<String, String> values) {
        var rows = new ArrayList<JsonObject>();
        values.forEach((role, value) -> {
            long number = Long.parseLong(value);
            rows.add(
                    content == Content.WEIGHTS
                            ? JsonObject.of("role", role, "weight", number)
                            : JsonObject.of(
                                    "role", role, "limits", JsonObject.of("cpus", JsonObject.of("value", number))));
        });
        return content == Content.WEIGHTS
                ? JsonObject.of("type", "UPDATE_WEIGHTS", "update_weights", JsonObject.of("weight_infos", rows))
                : JsonObject.of(
                        "type", "UPDATE_QUOTA", "update_quota", JsonObject.of("force", true, "quota_configs", rows));
    }

    /** How the names of all roles begin that are written. */
    static String prefix(Stage stage, Content content) {
        return "chaos-" + content.word + "-" + stage.tag();
    }

    private static Map<String, String> shown(Stage stage, Content content, JsonObject body) {
        var found = new TreeMap<String, String>();
        if (content == Content.WEIGHTS) {
            body.objects("get_weights.weight_infos")
                    .forEach(row -> found.put(row.text("role"), whole(row.number("weight", -1))));
        } else {
            List<JsonObject> rows = body.objects("get_quota.status.configs");
            rows.forEach(row -> found.put(row.text("role"), whole(row.number("limits.cpus.value", -1))));
        }
        found.keySet().removeIf(role -> !role.startsWith(prefix(stage, content)));
        return found;
    }

    /** As it was written: our values are whole. */
    static String whole(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
