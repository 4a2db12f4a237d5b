package org.mesolith.cli.command.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.Contexts;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso cluster members}: every member with its verdict; any master will do to find the others. */
@Command(
        description = {
            "Shows every master of the cluster: its place, how far it is, how it is.",
            "Exit code 0 only if one leads; 3 if none does."
        },
        footer = {"", "Example: meso cluster members --masters 10.0.0.2:5050"})
public final class ClusterMembers implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--json", description = "One JSON array, with everything that is known of each member.")
    private boolean json;

    /** The command in these surroundings. */
    public ClusterMembers(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var list = masters.list(console);
        var picture = GroupPicture.take(list, Deadline.after(masters.timeout()));
        Contexts.refresh(console, list, picture.masters());
        var rows = rows(picture);
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                rows.forEach(row -> output.element(row.toJson()));
            }
        } else {
            print(rows);
        }
        warnOfZones(picture);
        if (!picture.isLed()) {
            console.err().println("no member leads; is a majority of them running?");
        }
        return picture.isLed() ? ExitCode.OK : ExitCode.NO_MASTER;
    }

    /** A majority in one zone is lost with that zone. */
    private void warnOfZones(GroupPicture picture) {
        var counts = new TreeMap<String, Integer>();
        picture.voterIds().forEach(id -> counts.merge(picture.zone(id), 1, Integer::sum));
        counts.forEach((zone, count) -> {
            if (!zone.isEmpty()
                    && picture.voterIds().size() > 1
                    && count > picture.voterIds().size() / 2) {
                console.err()
                        .println("warning: " + count + " of "
                                + picture.voterIds().size() + " voters are in zone " + zone
                                + ": with it the majority is lost");
            }
        });
    }

    private void print(List<MemberRow> rows) {
        var table = new Table(
                console.out(),
                "ID",
                "ADDRESS",
                "ROLE",
                "TERM",
                "LAG",
                "SEEN",
                "FREE",
                "CLOCK",
                "VERSION",
                "LEVEL",
                "VERDICT");
        rows.forEach(row -> table.row(row.cells()));
        table.end();
        for (var row : rows) {
            if (!row.advice().isEmpty()) {
                console.err().println(row.address() + ": " + row.advice());
            }
        }
    }

    /** The leader's list first, then whoever else answered: a master that waits, or one that left. */
    private static List<MemberRow> rows(GroupPicture picture) {
        Map<String, MemberRow> rows = new LinkedHashMap<>();
        var leader = clock(picture);
        for (JsonObject seen : picture.leader().objects("members")) {
            rows.put(seen.text("id"), MemberRow.of(seen, answer(picture, seen.text("id")), picture.leader(), leader));
        }
        for (JsonObject known : picture.standbys()) {
            rows.computeIfAbsent(
                    known.text("id"), id -> MemberRow.of(known, answer(picture, id), picture.leader(), leader));
        }
        var others = new ArrayList<Map.Entry<HostPort, Members.Asked>>(
                picture.asked().entrySet());
        for (var other : others) {
            String id = other.getValue().state().text("member.id");
            boolean known = rows.containsKey(id)
                    || rows.values().stream()
                            .anyMatch(row -> row.address().equals(other.getKey().toString()));
            if (!known) {
                var seen =
                        JsonObject.of("id", id, "http_address", other.getKey().toString());
                var row = MemberRow.of(seen, other.getValue(), picture.leader(), leader);
                rows.put(id.isEmpty() ? row.address() : id, row);
            }
        }
        return List.copyOf(rows.values());
    }

    private static Members.@Nullable Asked answer(GroupPicture picture, String id) {
        return picture.asked().values().stream()
                .filter(asked -> asked.state().text("member.id").equals(id))
                .findFirst()
                .orElse(null);
    }

    private static Members.@Nullable Asked clock(GroupPicture picture) {
        return answer(picture, picture.leader().text("member.id"));
    }
}
