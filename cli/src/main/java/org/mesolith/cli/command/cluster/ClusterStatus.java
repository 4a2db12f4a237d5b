package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso cluster status}: asks every member by itself, also those that only another member named. */
@Command(
        description = {
            "Shows the masters: who leads, how far each one is.",
            "Exit code 0 only if one leads; 3 if none does."
        },
        footer = {"", "Example: meso cluster status --masters 10.0.0.1:5050"})
public final class ClusterStatus implements Callable<Integer> {

    private static final int MEMBERS_MAX = 32;

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--json", description = "One JSON array: what each member says about itself.")
    private boolean json;

    /** The command in these surroundings. */
    public ClusterStatus(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Map<HostPort, JsonObject> states = askEveryone(Deadline.after(masters.timeout()));
        boolean led =
                states.values().stream().anyMatch(state -> state.text("role").equals("LEADER"));
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                states.values().forEach(output::element);
            }
            return led ? ExitCode.OK : ExitCode.NO_MASTER;
        }
        var table = new Table(
                console.out(),
                "MASTER",
                "ROLE",
                "TERM",
                "COMMIT",
                "APPLIED",
                "SNAPSHOT",
                "LAG",
                "DOCTOR",
                "VERSION",
                "ID");
        states.forEach((address, state) -> table.row(
                address.toString(),
                state.has("error") ? state.text("error") : state.text("role").toLowerCase(java.util.Locale.ROOT),
                state.text("term"),
                state.text("commit_index"),
                state.text("applied_index"),
                state.text("last_snapshot_index"),
                lag(states, state.text("member.id")),
                state.text("member.doctor"),
                state.text("member.version"),
                state.text("member.id")));
        table.end();
        if (!led) {
            console.err().println("no member leads; is a majority of them running?");
        }
        return led ? ExitCode.OK : ExitCode.NO_MASTER;
    }

    private Map<HostPort, JsonObject> askEveryone(Deadline deadline) {
        Map<HostPort, JsonObject> states = new LinkedHashMap<>();
        var waiting = new ArrayList<>(masters.list(console).masters());
        while (!waiting.isEmpty() && states.size() < MEMBERS_MAX) {
            HostPort address = waiting.removeFirst();
            if (states.containsKey(address)) {
                continue;
            }
            try {
                JsonObject state = Members.ask(address, deadline);
                states.put(address, state);
                waiting.addAll(others(state));
            } catch (IOException silent) {
                states.put(
                        address,
                        JsonObject.of("address", address.toString(), "error", "silent: " + silent.getMessage()));
            }
        }
        return states;
    }

    private static List<HostPort> others(JsonObject state) {
        var found = new ArrayList<HostPort>();
        for (JsonObject member : state.objects("members")) {
            if (!member.text("http_address").isEmpty()) {
                found.add(HostPort.parse(member.text("http_address")));
            }
        }
        return found;
    }

    /** How many entries the leader has that this member lacks, as the leader sees it. */
    private static String lag(Map<HostPort, JsonObject> states, String id) {
        for (JsonObject state : states.values()) {
            if (state.text("role").equals("LEADER")) {
                for (JsonObject member : state.objects("members")) {
                    if (member.text("id").equals(id) && !id.isEmpty()) {
                        return member.text("lag_entries");
                    }
                }
            }
        }
        return "";
    }
}
