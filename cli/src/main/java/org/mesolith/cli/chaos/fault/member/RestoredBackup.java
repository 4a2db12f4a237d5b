package org.mesolith.cli.chaos.fault.member;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.Pairs;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Hurt;
import org.mesolith.cli.chaos.fault.Operator;
import org.mesolith.cli.chaos.fault.Processes;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Leftovers;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/**
 * A backup is taken from a master while the load goes on, and perhaps while another fault lasts; at once it is restored
 * to a new cluster of one master elsewhere, and what that holds is written into the history. No harm to anybody.
 */
final class RestoredBackup implements Fault {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    @Override
    public String word() {
        return "backup-restore";
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.LEADER, Aim.FOLLOWER);
    }

    @Override
    public boolean overlaps() {
        return true;
    }

    @Override
    public String unmet(Site site) {
        return "";
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(1 + dice.nextInt(500));
    }

    @Override
    public Hurt hurt(Site site, Victims victims) {
        return Hurt.NONE;
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        var operator = new Operator(site);
        Member asked = victims.first();
        Path place =
                site.cluster().directory().resolve("restored-" + site.history().nanos());
        Path file = place.resolveSibling(place.getFileName() + ".meso");
        long backup = site.history().invoke("operator", "backup", Map.of("at", asked.name()));
        String said = operator.tryOnce("cluster", "backup", "create", file.toString(), "--masters", asked.address());
        site.history().end(said.isEmpty() ? Kind.OK : Kind.FAIL, "operator", backup, "backup", Map.of("why", said));
        if (said.isEmpty()) {
            restore(site, operator, file, place, backup);
        }
        return Wound.NONE;
    }

    private static void restore(Site site, Operator operator, Path file, Path place, long backup) {
        try (var fresh = new ClusterProcess(site.cluster().installation(), place, ClusterProcess.Settings.of(1, 0))) {
            fresh.startMasters();
            operator.must("cluster", "restore", file.toString(), "--members", fresh.masterAddresses(), "--yes");
            Member master = fresh.awaitLeader(Processes.START_MAX);
            var weights = new TreeMap<String, String>();
            for (JsonObject row : read(master, "GET_WEIGHTS").objects("get_weights.weight_infos")) {
                weights.put(row.text("role"), whole(row.number("weight", -1)));
            }
            var limits = new TreeMap<String, String>();
            for (JsonObject row : read(master, "GET_QUOTA").objects("get_quota.status.configs")) {
                limits.put(row.text("role"), whole(row.number("limits.cpus.value", -1)));
            }
            site.history()
                    .seen(
                            "operator",
                            "restored",
                            Map.of(
                                    "backup", Long.toString(backup),
                                    "weights", Pairs.text(weights),
                                    "limits", Pairs.text(limits)));
        }
        Leftovers.delete(place);
        Leftovers.delete(file);
    }

    private static JsonObject read(Member master, String type) {
        var found = new java.util.ArrayList<JsonObject>();
        Waiting.until("an answer of the restored master", Processes.START_MAX, () -> {
            Probe answer = Probe.ask(
                    master.address(), "/api/v1?consistency=linearizable", "{\"type\":\"" + type + "\"}", ANSWER_MAX);
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
