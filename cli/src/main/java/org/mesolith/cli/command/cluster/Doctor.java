package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.Finding;
import org.mesolith.cli.command.Findings;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso doctor}: what every master found of itself, and what only one who asks from outside can see. */
@Command(
        description = {
            "Looks at every master: disk, clock, files, memory, names, ports, lag, snapshot, backup, feature",
            "level; and at the agents' clocks. Any master will do to find the others; one that does not answer",
            "is told.",
            "Exit code 0 if nothing is bad, 1 if something is."
        },
        footer = {"", "Example: meso doctor --masters 10.0.0.1:5050"})
public final class Doctor implements Callable<Integer> {
    /** The clock of whoever types the command is compared, too. */
    private static final long OWN_CLOCK_MILLIS_MAX = 2_000;

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--json", description = "One JSON array, a row for each thing that was looked at.")
    private boolean json;

    @Option(names = "--all", description = "Shows what is well, too.")
    private boolean everything;

    /** The command in these surroundings. */
    public Doctor(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var deadline = Deadline.after(masters.timeout());
        var picture = GroupPicture.take(masters.list(console), deadline);
        var found = new Findings();
        if (!picture.isLed()) {
            found.add(Finding.bad("cluster", "leader", "no member leads", "start masters until a majority runs"));
        }
        for (Map.Entry<HostPort, Members.Asked> asked : picture.asked().entrySet()) {
            master(found, asked.getKey(), asked.getValue(), deadline);
        }
        if (picture.isLed()) {
            agents(found, picture, deadline);
        }
        return shown(found).print(console, json);
    }

    /** For people, what is well only takes room. */
    private Findings shown(Findings found) {
        if (json || everything) {
            return found;
        }
        var shown = new Findings();
        found.all().stream()
                .filter(finding -> finding.verdict() != Finding.Verdict.OK)
                .forEach(shown::add);
        console.err()
                .println(found.all().size() + " things were looked at, "
                        + shown.all().size() + " need a look");
        return shown;
    }

    private static void master(Findings found, HostPort address, Members.Asked asked, Deadline deadline) {
        String where = address.toString();
        if (asked.isSilent()) {
            found.add(Finding.bad(
                    where,
                    "reach",
                    asked.state().text("error"),
                    "is it running, and is this its address? What it thinks of itself is not known"));
            return;
        }
        long off = Math.max(0, Math.abs(asked.clockMillis()) - asked.callMillis());
        found.add(
                off > OWN_CLOCK_MILLIS_MAX
                        ? Finding.warn(
                                where,
                                "clock of this machine",
                                asked.clockMillis() + " ms behind the master's",
                                "one of the two is wrong: look at both time services")
                        : Finding.ok(where, "clock of this machine", asked.clockMillis() + " ms behind the master's"));
        try {
            List<JsonObject> said = Members.ask(address, "/doctor", deadline).objects("findings");
            said.forEach(finding -> found.add(Finding.of(where, finding)));
            if (said.isEmpty()) {
                found.add(Finding.warn(where, "doctor", "it has not looked yet", "ask again in a few seconds"));
            }
        } catch (IOException refused) {
            found.add(Finding.warn(
                    where,
                    "doctor",
                    "it does not tell: " + refused.getMessage(),
                    "a master of an older version has no doctor"));
        }
    }

    private static void agents(Findings found, GroupPicture picture, Deadline deadline) {
        try {
            var numbers = Members.ask(picture.leaderAddress(), "/metrics/snapshot", deadline);
            long off = numbers.whole("master/agents_clock_off", 0);
            String what = off + " of " + numbers.whole("master/slaves_connected", 0)
                    + " agents are more than 1 s off the leader's clock";
            found.add(
                    off == 0
                            ? Finding.ok("agents", "clocks", what)
                            : Finding.warn(
                                    "agents",
                                    "clocks",
                                    what,
                                    "look at the time service of those machines: times of their tasks are wrong"));
        } catch (IOException silent) {
            found.add(Finding.warn(
                    "agents", "clocks", "the leader's numbers cannot be read", String.valueOf(silent.getMessage())));
        }
    }
}
