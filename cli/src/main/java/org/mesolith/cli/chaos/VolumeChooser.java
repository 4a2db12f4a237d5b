package org.mesolith.cli.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.scheduler.Tasks;

/**
 * Keeps one persistent volume at a time: reserves disk and makes it, in one ACCEPT with the first task that uses it;
 * has task after task write a line into it and say how many there are; makes it larger; and destroys it in the end.
 */
final class VolumeChooser implements Chooser {
    private static final double CPUS = 0.1;
    private static final double MEM = 16;
    private static final double DISK = 16;
    private static final double MORE = 8;
    private static final int USES_MAX = 8;
    /** A volume that no offer has shown so often is given up: its agent is away, or it was never made. */
    private static final int MISSED_MAX = 40;

    private final Stage stage;
    private final String role;
    private final @Nullable Path marks;
    private final Random dice;
    private String volume = "";
    private String task = "";
    private int uses;
    private int missed;

    VolumeChooser(Stage stage, String role, @Nullable Path marks, long seed) {
        this.stage = stage;
        this.role = role;
        this.marks = marks;
        this.dice = new Random(seed + 71);
    }

    /** Goes on with what an earlier life left: it does not know how often that used the volume, and begins to count. */
    void takeUp(String keptVolume, String openTask) {
        volume = keptVolume;
        task = openTask;
    }

    @Override
    public @Nullable Choice choose(JsonObject offer, String wanted) {
        if (!task.isEmpty() || Tasks.offered(offer, "cpus") < CPUS || Tasks.offered(offer, "mem") < MEM) {
            return null;
        }
        if (volume.isEmpty()) {
            return Tasks.offered(offer, "disk") < DISK ? null : make(wanted);
        }
        JsonObject found = offer.objects("resources").stream()
                .filter(resource -> resource.text("disk.persistence.id").equals(volume))
                .findFirst()
                .orElse(null);
        if (found == null) {
            if (++missed > MISSED_MAX) {
                forget();
            }
            return null;
        }
        missed = 0;
        return use(offer, found, wanted);
    }

    private Choice make(String wanted) {
        volume = "v" + stage.tag() + stage.values().getAndIncrement();
        uses = 0;
        JsonObject disk = disk(DISK, "");
        JsonObject made = disk(DISK, volume);
        return choice(
                wanted,
                List.of(operation("RESERVE", "resources", disk), operation("CREATE", "volumes", made)),
                made,
                "make");
    }

    private Choice use(JsonObject offer, JsonObject found, String wanted) {
        uses++;
        double size = found.number("scalar.value", 0);
        if (uses > USES_MAX) {
            var end = List.of(
                    operation("DESTROY", "volumes", found), operation("UNRESERVE", "resources", disk(size, "")));
            var facts = Map.of("volume", volume, "step", "destroy");
            forget();
            task = wanted;
            return new Choice(end, plain(), "exit 0", false, facts);
        }
        if (dice.nextInt(4) == 0 && Tasks.offered(offer, "disk") >= MORE) {
            var grow = JsonObject.of(
                    "type", "GROW_VOLUME", "grow_volume", JsonObject.of("volume", found, "addition", disk(MORE, "")));
            return choice(
                    wanted,
                    List.of(operation("RESERVE", "resources", disk(MORE, "")), grow),
                    disk(size + MORE, volume),
                    "grow");
        }
        return choice(wanted, List.of(), found, "use");
    }

    private Choice choice(String wanted, List<JsonObject> before, JsonObject disk, String step) {
        task = wanted;
        var resources = new ArrayList<>(plain());
        resources.add(disk);
        String count = marks == null ? "" : "; wc -l < data/lines > '" + marks.resolve(wanted) + "'";
        String shell = "echo " + wanted + " >> data/lines" + count;
        var facts = new TreeMap<>(Map.of("volume", volume, "step", step));
        facts.put("size", Scalars.number(disk.number("scalar.value", 0)));
        return new Choice(before, resources, shell, false, facts);
    }

    private static List<JsonObject> plain() {
        return List.of(Tasks.scalar("cpus", CPUS), Tasks.scalar("mem", MEM));
    }

    private void forget() {
        volume = "";
        missed = 0;
    }

    @Override
    public void ended(String ended, String state) {
        if (ended.equals(task)) {
            task = "";
        }
    }

    private JsonObject disk(double size, String id) {
        var reservation = JsonObject.of("type", "DYNAMIC", "role", role);
        var amount = JsonObject.of("value", size);
        if (id.isEmpty()) {
            return JsonObject.of(
                    "name", "disk", "type", "SCALAR", "scalar", amount, "reservations", List.of(reservation));
        }
        var persistent = JsonObject.of(
                "persistence",
                JsonObject.of("id", id),
                "volume",
                JsonObject.of("mode", "RW", "container_path", "data"));
        return JsonObject.of(
                "name",
                "disk",
                "type",
                "SCALAR",
                "scalar",
                amount,
                "reservations",
                List.of(reservation),
                "disk",
                persistent);
    }

    private static JsonObject operation(String type, String list, JsonObject resource) {
        return JsonObject.of(
                "type", type, type.toLowerCase(java.util.Locale.ROOT), JsonObject.of(list, List.of(resource)));
    }
}
