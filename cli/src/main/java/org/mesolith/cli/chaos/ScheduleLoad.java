package org.mesolith.cli.chaos;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;

/**
 * An operator who plans maintenance of a machine that nobody has, and takes it back: half of the times only if the
 * schedule is the one that was read before. Reads go to any master, some of them stale.
 */
final class ScheduleLoad implements Load {
    private static final int WRITES_PERCENT = 35;
    private static final int STALE_PERCENT = 30;
    private static final long PAUSE_NANOS = 350_000_000;
    private static final String MACHINE = "chaos-machine-";
    private static final long FAR_NANOS = 4_102_444_800_000_000_000L;
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    private final String name;
    private final Stage stage;
    private final Random dice;
    private final Keyed keyed;
    private String seen = "";
    private String tag = "";

    ScheduleLoad(int number, Stage stage, long seed) {
        this.name = "schedule-" + number;
        this.stage = stage;
        this.dice = new Random(seed + 61L * number);
        this.keyed = new Keyed(stage, name, dice);
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
            boolean stale = dice.nextInt(100) < STALE_PERCENT;
            var answer = read(stage, name, stage.any(dice), stale);
            if (!stale && answer.kind() == Kind.OK) {
                seen = shown(answer.body());
                tag = answer.tag();
            }
        }
        LockSupport.parkNanos(PAUSE_NANOS / 2 + dice.nextLong(PAUSE_NANOS));
    }

    /** The first one of a run: from then on what an earlier one left is not seen any more. True if it was done. */
    boolean begin() {
        return write(false).kind() == Kind.OK;
    }

    private void write() {
        write(!tag.isEmpty() && dice.nextBoolean());
    }

    private MasterDoor.Answer write(boolean expects) {
        String value = MACHINE + stage.tag() + stage.values().getAndIncrement();
        var facts = new TreeMap<>(Map.of("schedule", value));
        if (expects) {
            facts.put("expects", seen.isEmpty() ? "nothing" : seen);
        }
        var answer = keyed.send("schedule-set", facts, "/api/v1", call(value), expects ? tag : "");
        tag = "";
        return answer;
    }

    private static JsonObject call(String machine) {
        var window = JsonObject.of(
                "machine_ids",
                List.of(JsonObject.of("hostname", machine)),
                "unavailability",
                JsonObject.of(
                        "start",
                        JsonObject.of("nanoseconds", FAR_NANOS),
                        "duration",
                        JsonObject.of("nanoseconds", HOUR_NANOS)));
        return JsonObject.of(
                "type",
                "UPDATE_MAINTENANCE_SCHEDULE",
                "update_maintenance_schedule",
                JsonObject.of("schedule", JsonObject.of("windows", List.of(window))));
    }

    /** A read at this master: of everything that was acknowledged, or of what it has. */
    static MasterDoor.Answer read(Stage stage, String process, HostPort master, boolean stale) {
        String operation = stale ? "schedule-look" : "schedule-get";
        long asked = System.nanoTime();
        long number = stage.history()
                .invoke(process, operation, Map.of("at", stage.door().name(master)));
        var answer = stage.door()
                .call(
                        master,
                        "/api/v1?consistency=" + (stale ? "stale" : "linearizable"),
                        JsonObject.of("type", "GET_MAINTENANCE_SCHEDULE"));
        var facts = new TreeMap<>(Map.of("at", answer.at(), "why", answer.why()));
        if (answer.kind() == Kind.OK) {
            facts.put("index", answer.index());
            facts.put("schedule", shown(answer.body()));
            if (!stale) {
                stage.signs().seen(Signs.Sign.READ, asked);
            }
        }
        stage.history().end(answer.kind(), process, number, operation, facts);
        return answer;
    }

    /** The machines of all windows. */
    private static String shown(JsonObject body) {
        var machines = new java.util.TreeSet<String>();
        body.objects("get_maintenance_schedule.schedule.windows")
                .forEach(window ->
                        window.objects("machine_ids").forEach(machine -> machines.add(machine.text("hostname"))));
        return String.join("+", machines);
    }
}
