package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code meso cluster init}: tells waiting masters that they are one cluster. Exactly once: what an interrupted run has
 * begun is taken up again, anything that contradicts it is refused before a byte is written.
 */
@Command(
        description = {
            "Makes a cluster of masters that were started and wait.",
            "Run it once. After an interruption run it again with the same members: it goes on where it stopped."
        },
        footer = {"", "Example: meso cluster init --members 10.0.0.1:5050,10.0.0.2:5050,10.0.0.3:5050"})
public final class ClusterInit implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Console console;

    @Option(
            names = "--members",
            required = true,
            paramLabel = "HOST:PORT,…",
            description = "The HTTP address of every master: 1, 3 or 5 of them.")
    private String members = "";

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "2m",
            description = "How long to wait for the masters and for a leader (default: ${DEFAULT-VALUE}).")
    private String timeout = "2m";

    @Mixin
    private DryRun dryRun = new DryRun();

    @Option(names = "--json", description = "The cluster, its members and its leader as JSON.")
    private boolean json;

    /** The command in these surroundings. */
    public ClusterInit(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<HostPort> addresses = Members.named(members);
        if (addresses.size() % 2 == 0) {
            console.err()
                    .println("note: " + addresses.size() + " members survive the loss of no more than "
                            + (addresses.size() - 1) + " do; an odd number is better");
        }
        Deadline deadline = Deadline.after(SpanText.read("--timeout", timeout));
        Map<HostPort, JsonObject> states = askAll(addresses, deadline);
        JsonObject plan = plan(states);
        if (dryRun.isSet()) {
            return preview(states, plan);
        }
        for (var state : states.entrySet()) {
            if (!state.getValue().isTrue("member.bootstrapped")) {
                introduce(state.getKey(), plan, deadline);
                console.err().println("member " + state.getKey() + " is in");
            } else {
                console.err().println("member " + state.getKey() + " was in already");
            }
        }
        HostPort leader = awaitLeader(addresses, deadline);
        if (json) {
            print(plan, leader.toString());
        } else {
            console.out()
                    .println("cluster " + plan.text("cluster_id") + " has " + addresses.size() + " members; leader "
                            + leader);
        }
        return ExitCode.OK;
    }

    private int preview(Map<HostPort, JsonObject> states, JsonObject plan) {
        if (json) {
            print(plan, "");
        } else {
            states.forEach((address, state) -> console.out()
                    .println("member " + address
                            + (state.isTrue("member.bootstrapped") ? " is in already" : " waits and would be in")));
        }
        return dryRun.end(console);
    }

    private void print(JsonObject plan, String leader) {
        JsonOutput.print(
                console.out(),
                JsonObject.of(
                        "dry_run",
                        dryRun.isSet(),
                        "cluster_id",
                        plan.text("cluster_id"),
                        "group_id",
                        plan.text("group_id"),
                        "members",
                        plan.objects("members"),
                        "leader",
                        leader.isEmpty() ? null : leader));
    }

    /** Waits until every member answers: a cluster is made of all of them or not at all. */
    private Map<HostPort, JsonObject> askAll(List<HostPort> addresses, Deadline deadline) {
        Map<HostPort, JsonObject> states = new LinkedHashMap<>();
        for (HostPort address : addresses) {
            states.put(
                    address,
                    Members.await(
                            address,
                            deadline,
                            "Start it with `meso master --work_dir=… --ip=… --port=…` and run this again"));
        }
        return states;
    }

    /** The ids of this cluster: those of a run before, if there was one, else new ones. */
    private static JsonObject plan(Map<HostPort, JsonObject> states) {
        var ids = new LinkedHashSet<String>();
        var list = new ArrayList<JsonObject>();
        for (var state : states.entrySet()) {
            JsonObject member = state.getValue().object("member");
            if (member.text("id").isEmpty() || member.text("raft_address").isEmpty()) {
                throw new Failure(
                        ExitCode.FAILED, state.getKey() + " does not say which member it is; is it a Mesolith master?");
            }
            if (!ids.add(member.text("id"))) {
                throw new Failure(
                        ExitCode.USAGE,
                        "two of the addresses lead to the same master (" + member.text("id") + "), the second is "
                                + state.getKey() + "; name each master once");
            }
            list.add(JsonObject.of(
                    "id", member.text("id"),
                    "raft_address", member.text("raft_address"),
                    "http_address", member.text("http_address")));
        }
        JsonObject before = JsonObject.EMPTY;
        for (var state : states.entrySet()) {
            if (state.getValue().isTrue("member.bootstrapped")) {
                before = agreed(before, state.getKey(), state.getValue(), ids);
            }
        }
        boolean fresh = before.fields().isEmpty();
        return JsonObject.of(
                "cluster_id", fresh ? UUID.randomUUID().toString() : before.text("member.cluster_id"),
                "group_id", fresh ? UUID.randomUUID().toString() : before.text("member.group_id"),
                "members", list);
    }

    /** Checks what an initialised member says against the members named now, and against another initialised member. */
    private static JsonObject agreed(JsonObject before, HostPort address, JsonObject state, Set<String> named) {
        String cluster = state.text("member.cluster_id");
        if (!before.fields().isEmpty() && !before.text("member.cluster_id").equals(cluster)) {
            throw new Failure(
                    ExitCode.FAILED,
                    address + " belongs to the cluster " + cluster + ", another one of these to "
                            + before.text("member.cluster_id")
                            + "; nothing was changed. Name members of one cluster only");
        }
        var known = new LinkedHashSet<String>();
        state.objects("members").forEach(member -> known.add(member.text("id")));
        if (!known.isEmpty() && !known.equals(named)) {
            throw new Failure(
                    ExitCode.FAILED,
                    address + " is already a member of the cluster " + cluster + " with " + known.size()
                            + " members that are not the ones named here; nothing was changed. `meso cluster "
                            + "status --masters "
                            + address + "` shows them");
        }
        if (state.text("member.group_id").isEmpty()) {
            throw new Failure(
                    ExitCode.FAILED, address + " is initialised but does not tell its group id; is its version older?");
        }
        return state;
    }

    private static void introduce(HostPort address, JsonObject plan, Deadline deadline) {
        try {
            Members.init(address, plan, deadline);
        } catch (IOException broken) {
            throw new Failure(
                    ExitCode.UNKNOWN_OUTCOME,
                    "the answer of " + address + " never came (" + broken.getMessage()
                            + "); run the same command again, it goes on where it stopped",
                    broken);
        }
    }

    /** The member that leads. Fails at the deadline. */
    static HostPort awaitLeader(List<HostPort> addresses, Deadline deadline) {
        String last = "";
        while (!deadline.hasPassed()) {
            for (HostPort address : addresses) {
                try {
                    JsonObject state = Members.ask(address, deadline);
                    if (state.text("role").equals("LEADER")
                            && !state.text("leader.id").isEmpty()) {
                        return address;
                    }
                    last = address + " is " + state.text("role");
                } catch (IOException silent) {
                    last = address + ": " + silent.getMessage();
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new Failure(
                ExitCode.DEADLINE,
                "the members know of each other, but none leads yet (" + last
                        + "). Can they reach each other at their raft addresses? `meso cluster status` shows how "
                        + "it goes on");
    }
}
