package org.mesolith.cli.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.client.JsonObject;

/**
 * An operator who reserves a little of an agent under a mark of its own, refines it, and gives it back level by
 * level. A mark goes one step only when the step before it is known to have been done, so that a read tells which
 * steps it saw.
 */
final class ReservationLoad implements Load {
    private static final int LIVING_MAX = 3;
    private static final int READS_PERCENT = 45;
    private static final long PAUSE_NANOS = 350_000_000;
    private static final int LEVELS = 2;
    private static final String AMOUNT = "mem";
    private static final double SIZE = 1;

    /** A reservation, and what its next step is: up to the second level and down again, or down from the first. */
    private static final class Mark {
        private final String name;
        private final String agent;
        private final String role;
        private int level;
        private boolean goesDown;

        Mark(String name, String agent, String role) {
            this.name = name;
            this.agent = agent;
            this.role = role;
        }
    }

    private final String name;
    private final Stage stage;
    private final Random dice;
    private final Keyed keyed;
    private final List<Mark> living = new ArrayList<>();
    private List<String> agents = List.of();

    ReservationLoad(int number, Stage stage, long seed) {
        this.name = "reservations-" + number;
        this.stage = stage;
        this.dice = new Random(seed + 41L * number);
        this.keyed = new Keyed(stage, name, dice);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void step() {
        if (agents.isEmpty() || dice.nextInt(100) < READS_PERCENT) {
            look();
        } else if (living.size() < LIVING_MAX && dice.nextBoolean()) {
            String mark = "m" + stage.values().getAndIncrement();
            List<String> roles = AgentsRead.roles(stage);
            String role = roles.get(dice.nextInt(roles.size()));
            go(new Mark(mark, agents.get(dice.nextInt(agents.size())), role));
        } else if (!living.isEmpty()) {
            go(living.get(dice.nextInt(living.size())));
        }
        LockSupport.parkNanos(PAUSE_NANOS / 2 + dice.nextLong(PAUSE_NANOS));
    }

    private void look() {
        var answer = AgentsRead.of(stage, name, stage.any(dice));
        if (answer.kind() == Kind.OK) {
            var seen = answer.body().objects("get_agents.agents").stream()
                    .map(row -> row.text("agent_info.id.value"))
                    .toList();
            agents = seen.isEmpty() ? agents : seen;
        }
    }

    /** The next step of a mark; one of which nobody knows whether it was done is the last. */
    private void go(Mark mark) {
        int from = mark.level;
        boolean up = !mark.goesDown && from < LEVELS && (from == 0 || dice.nextBoolean());
        int to = up ? from + 1 : from - 1;
        var facts = Map.of(
                "key",
                mark.agent + "/" + mark.role,
                "mark",
                mark.name,
                "from",
                Integer.toString(from),
                "to",
                Integer.toString(to));
        var answer = keyed.call("reserve-set", facts, call(up, mark, Math.max(from, to)));
        if (answer.kind() == Kind.OK) {
            mark.level = to;
            mark.goesDown |= !up;
        }
        living.remove(mark);
        if (answer.kind() != Kind.UNKNOWN && mark.level > 0) {
            living.add(mark);
        }
    }

    private static JsonObject call(boolean up, Mark mark, int levels) {
        String type = up ? "RESERVE_RESOURCES" : "UNRESERVE_RESOURCES";
        var stack = new ArrayList<JsonObject>();
        stack.add(JsonObject.of(
                "type",
                "DYNAMIC",
                "role",
                mark.role,
                "labels",
                JsonObject.of("labels", List.of(JsonObject.of("key", AgentsRead.MARK, "value", mark.name)))));
        if (levels == LEVELS) {
            stack.add(JsonObject.of("type", "DYNAMIC", "role", mark.role + "/part"));
        }
        var resource = JsonObject.of(
                "name", AMOUNT, "type", "SCALAR", "scalar", JsonObject.of("value", SIZE), "reservations", stack);
        return JsonObject.of(
                "type",
                type,
                type.toLowerCase(java.util.Locale.ROOT),
                JsonObject.of("agent_id", JsonObject.of("value", mark.agent), "resources", List.of(resource)));
    }
}
