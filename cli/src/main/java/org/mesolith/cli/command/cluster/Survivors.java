package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.Table;

/** The masters of a cluster that may have lost its majority: who answers, and whose log reaches furthest. */
final class Survivors {
    private static final int MEMBERS_MAX = 32;

    /** A master that answers. */
    record Standing(HostPort address, JsonObject state) {
        long lastTerm() {
            return state.whole("last_term", -1);
        }

        long lastIndex() {
            return state.whole("last_index", -1);
        }
    }

    private final List<Standing> answering = new ArrayList<>();
    private final Map<HostPort, String> silent = new LinkedHashMap<>();

    private Survivors() {}

    /** Asks these masters and all that they name. */
    static Survivors ask(List<HostPort> addresses, Deadline deadline) {
        var survivors = new Survivors();
        var waiting = new ArrayList<>(addresses);
        var seen = new LinkedHashSet<HostPort>();
        while (!waiting.isEmpty() && seen.size() < MEMBERS_MAX) {
            HostPort address = waiting.removeFirst();
            if (!seen.add(address)) {
                continue;
            }
            try {
                JsonObject state = askOne(address, deadline);
                survivors.answering.add(new Standing(address, state));
                for (JsonObject member : state.objects("members")) {
                    waiting.add(HostPort.parse(member.text("http_address")));
                }
            } catch (IOException dead) {
                survivors.silent.put(address, String.valueOf(dead.getMessage()));
            }
        }
        return survivors;
    }

    /** How far the log of this master reaches. {@link IOException} if it does not answer. */
    static JsonObject askOne(HostPort address, Deadline deadline) throws IOException {
        return Members.ask(address, "/raft/recovery", deadline);
    }

    /** Fails unless a majority of the newest known members is silent and nobody leads. */
    void refuseUnlessLost() {
        if (answering.isEmpty()) {
            throw new Failure(
                    ExitCode.NO_MASTER,
                    "no master answers (" + silent + "); nothing was changed. Start those whose disks are left. If none"
                            + " is left, restore a backup: `meso cluster restore`");
        }
        var groups = new LinkedHashSet<String>();
        answering.forEach(standing -> groups.add(standing.state().text("group_id")));
        if (groups.size() > 1) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the masters that answer belong to several groups (" + String.join(", ", groups)
                            + "); nothing was changed. Name members of one only");
        }
        for (Standing standing : answering) {
            if (!standing.state().text("leader").isEmpty()) {
                throw new Failure(
                        ExitCode.FAILED,
                        standing.address() + " hears a leader: the group has a majority, nothing was changed. `meso"
                                + " cluster status` shows it");
            }
        }
        var members = new LinkedHashSet<String>();
        best().state().objects("members").forEach(member -> members.add(member.text("id")));
        long alive = answering.stream()
                .filter(standing -> members.contains(standing.state().text("id")))
                .count();
        if (alive > members.size() / 2) {
            throw new Failure(
                    ExitCode.FAILED,
                    alive + " of " + members.size()
                            + " masters answer, which is a majority: they elect a leader by themselves, nothing was"
                            + " changed. Do they reach each other at their raft addresses?");
        }
    }

    /** The one whose log reaches furthest: term first, then index. */
    Standing best() {
        return answering.stream()
                .max(Comparator.comparingLong(Standing::lastTerm).thenComparingLong(Standing::lastIndex))
                .orElseThrow();
    }

    void print(PrintStream out) {
        var table = new Table(out, "MASTER", "LOG TERM", "LOG INDEX", "COMMIT", "EPOCH", "ID");
        answering.forEach(standing -> table.row(
                standing.address().toString(),
                standing.state().text("last_term"),
                standing.state().text("last_index"),
                standing.state().text("commit_index"),
                standing.state().text("epoch"),
                standing.state().text("id")));
        silent.forEach((address, why) -> table.row(address.toString(), "silent: " + why, "", "", "", ""));
        table.end();
    }

    List<JsonObject> json() {
        var all = new ArrayList<JsonObject>();
        answering.forEach(standing -> {
            var fields = new LinkedHashMap<>(standing.state().fields());
            fields.put("address", standing.address().toString());
            all.add(new JsonObject(fields));
        });
        silent.forEach((address, why) -> all.add(JsonObject.of("address", address.toString(), "error", why)));
        return all;
    }
}
