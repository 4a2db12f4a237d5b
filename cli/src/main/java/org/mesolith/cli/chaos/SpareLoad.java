package org.mesolith.cli.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.Member;

/**
 * An operator with an agent that nobody else touches: drains it, with a plan or alone, takes it out of use and gives it
 * back, stops it with SIGTERM and starts it again. Faults do not strike it: that it comes and goes is load.
 */
final class SpareLoad implements Load {
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 300_000_000;
    private static final long STAY_NANOS_MAX = 20_000_000_000L;
    private static final long STEP_NANOS_MAX = 2_000_000_000L;
    /** So often it is looked whether a step shows; faults of half a minute go by meanwhile. */
    private static final int LOOKS_MAX = 200;

    private static final String ACTIVE = "ACTIVE";
    private static final String DEACTIVATED = "DEACTIVATED";
    private static final String DRAINED = "DRAINED";

    private final Stage stage;
    private final Member spare;
    private final Random dice;
    private final Keyed keyed;
    private String agent = "";
    private int round;
    private volatile boolean ends;

    SpareLoad(Stage stage, Member spare, long seed) {
        this.stage = stage;
        this.spare = spare;
        this.dice = new Random(seed + 53);
        this.keyed = new Keyed(stage, name(), dice);
    }

    @Override
    public String name() {
        return "spare";
    }

    @Override
    public void leave() {
        ends = true;
    }

    @Override
    public void step() {
        if (agent.isEmpty()) {
            look();
            LockSupport.parkNanos(LOOK_NANOS);
            return;
        }
        switch (round++ % 4) {
            case 0 -> drain();
            case 1 -> comeAndGo();
            case 2 -> plan();
            default -> deactivate();
        }
        LockSupport.parkNanos(dice.nextLong(STEP_NANOS_MAX));
    }

    /** Its id is that of the agent at its address. */
    private String look() {
        var answer = AgentsRead.of(stage, name(), stage.any(dice));
        if (answer.kind() != Kind.OK) {
            return "";
        }
        for (JsonObject row : answer.body().objects("get_agents.agents")) {
            if (row.text("agent_info.port").equals(port())) {
                agent = row.text("agent_info.id.value");
                return AgentsRead.state(row);
            }
        }
        return "";
    }

    private String port() {
        return spare.address().substring(spare.address().lastIndexOf(':') + 1);
    }

    private void drain() {
        if (ask("drain", drainCall()) && await(DRAINED)) {
            stayDrained();
            reactivate();
        }
    }

    /** One time in two for longer than most leaders of a run lead; it is looked at meanwhile. */
    private void stayDrained() {
        long end = System.nanoTime() + dice.nextLong(dice.nextBoolean() ? STEP_NANOS_MAX : STAY_NANOS_MAX);
        while (!ends && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
            look();
        }
    }

    private JsonObject drainCall() {
        return JsonObject.of(
                "type",
                "DRAIN_AGENT",
                "drain_agent",
                JsonObject.of(
                        "agent_id", JsonObject.of("value", agent), "max_grace_period", JsonObject.of("seconds", 1)));
    }

    private void deactivate() {
        if (ask("deactivate", call("DEACTIVATE_AGENT")) && await(DEACTIVATED)) {
            reactivate();
        }
    }

    private void reactivate() {
        // Refused while it is told to be draining; nobody else would give it back.
        for (int tries = 0; tries < LOOKS_MAX && !ends; tries++) {
            if (ask("reactivate", call("REACTIVATE_AGENT")) || look().equals(ACTIVE)) {
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private JsonObject call(String type) {
        return JsonObject.of(
                "type",
                type,
                type.toLowerCase(java.util.Locale.ROOT),
                JsonObject.of("agent_id", JsonObject.of("value", agent)));
    }

    private boolean ask(String step, JsonObject call) {
        return keyed.call("drain-set", Map.of("agent", agent, "step", step), call)
                        .kind()
                == Kind.OK;
    }

    /** A plan for this one agent: made, looked at until it is over, taken back. */
    private void plan() {
        var body = JsonObject.of("agents", List.of(agent), "max_unavailable", 1, "grace_seconds", 1);
        var made = keyed.send("drain-set", Map.of("agent", agent, "step", "plan"), "/drain", body, "");
        String id = made.body().text("id");
        if (made.kind() != Kind.OK || id.isEmpty()) {
            return;
        }
        for (int looks = 0; looks < LOOKS_MAX && !ends && !isOver(id); looks++) {
            look();
            LockSupport.parkNanos(LOOK_NANOS);
        }
        var wish = JsonObject.of("id", id, "wish", "cancel");
        for (int tries = 0; tries < LOOKS_MAX && !ends; tries++) {
            var facts = Map.of("agent", agent, "step", "cancel", "plan", id);
            if (keyed.send("drain-set", facts, "/drain/steer", wish, "").kind() == Kind.OK) {
                isOver(id);
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean isOver(String plan) {
        var master = stage.any(dice);
        long number = stage.history()
                .invoke(name(), "plan-get", Map.of("at", stage.door().name(master), "plan", plan));
        var answer = stage.door().get(master, "/drain?id=" + plan);
        String state = answer.body().objects("plans").stream()
                .map(found -> found.text("state"))
                .findFirst()
                .orElse("");
        stage.history()
                .end(
                        answer.kind(),
                        name(),
                        number,
                        "plan-get",
                        Map.of("at", answer.at(), "why", answer.why(), "state", state));
        return state.equals("done") || state.equals("late") || state.equals("cancelled");
    }

    private boolean await(String state) {
        for (int looks = 0; looks < LOOKS_MAX && !ends; looks++) {
            if (look().equals(state)) {
                return true;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }

    private void comeAndGo() {
        stage.history().seen(name(), "leaves", Map.of("agent", agent));
        spare.process().stop(GRACE);
        LockSupport.parkNanos(dice.nextLong(STEP_NANOS_MAX));
        spare.start();
        stage.history().seen(name(), "comes", Map.of("agent", agent));
        await(ACTIVE);
    }
}
