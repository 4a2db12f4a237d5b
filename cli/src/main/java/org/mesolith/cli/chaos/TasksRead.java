package org.mesolith.cli.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.scheduler.TaskEnd;

/** Somebody who reads the tasks at any master, sometimes without asking for what is newest. */
final class TasksRead implements Load {
    private static final int STALE_PERCENT = 30;
    private static final long PAUSE_NANOS = 700_000_000;

    private final Stage stage;
    private final Random dice;

    TasksRead(Stage stage, long seed) {
        this.stage = stage;
        this.dice = new Random(seed + 101);
    }

    @Override
    public String name() {
        return "tasks";
    }

    @Override
    public void step() {
        read(stage.any(dice), dice.nextInt(100) < STALE_PERCENT);
        LockSupport.parkNanos(PAUSE_NANOS / 2 + dice.nextLong(PAUSE_NANOS));
    }

    private void read(HostPort master, boolean stale) {
        String operation = stale ? "tasks-look" : "tasks-get";
        long number = stage.history()
                .invoke(name(), operation, Map.of("at", stage.door().name(master)));
        var answer = stage.door()
                .call(
                        master,
                        "/api/v1?consistency=" + (stale ? "stale" : "linearizable"),
                        JsonObject.of("type", "GET_TASKS"));
        var facts = new TreeMap<>(Map.of("at", answer.at(), "why", answer.why()));
        if (answer.kind() == Kind.OK) {
            facts.put("index", answer.index());
            describe(answer.body(), facts);
        }
        stage.history().end(answer.kind(), name(), number, operation, facts);
    }

    /** What tasks that have not ended use of each agent, and which ports they have. */
    private static void describe(JsonObject body, Map<String, String> facts) {
        var used = new TreeMap<String, List<JsonObject>>();
        var ports = new TreeMap<String, List<String>>();
        for (JsonObject task : body.objects("get_tasks.tasks")) {
            if (TaskEnd.isTerminal(task.text("state"))) {
                continue;
            }
            String agent = task.text("agent_id.value");
            List<JsonObject> resources = task.objects("resources");
            used.computeIfAbsent(agent, _ -> new ArrayList<>()).addAll(resources);
            resources.stream()
                    .flatMap(resource -> resource.objects("ranges.range").stream())
                    .forEach(range -> ports.computeIfAbsent(agent, _ -> new ArrayList<>())
                            .add(range.text("begin") + ":" + task.text("task_id.value")));
        }
        used.forEach((agent, resources) -> facts.put("used:" + agent, Scalars.text(resources)));
        ports.forEach((agent, words) -> facts.put("ports:" + agent, String.join(" ", words)));
    }
}
