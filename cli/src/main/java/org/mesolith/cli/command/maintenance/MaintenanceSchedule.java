package org.mesolith.cli.command.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Preview;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.command.WhenText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.console.Similar;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso maintenance schedule}: adds a window to what is planned, whoever planned it. */
@Command(
        description = {
            "Plans when machines are worked on. Their frameworks are asked to leave, and offers say when it begins.",
            "The window is added to the schedule; what others planned stays. Nothing is taken down by itself: that is",
            "`meso maintenance start`. Times are those of this machine's time zone, or of --utc."
        },
        footer = {
            "",
            "Example: meso maintenance schedule db-17.example.org --from 'tomorrow 22:00' --for 90m",
            "          meso maintenance schedule db-17 db-18 --from 2026-12-01T02:00+01:00 --until '2026-12-01 06:00'"
        })
public final class MaintenanceSchedule implements Callable<Integer> {
    /** A window that begins now is a moment old when it is looked at. */
    private static final Duration PAST_MAX = Duration.ofMinutes(1);

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Preview preview = new Preview();

    @Parameters(paramLabel = "MACHINE", arity = "1..*", description = "The host name or address of its agents.")
    private List<String> names = List.of();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "WHEN",
            description = "`now`, `in 2h`, `22:00`, `tomorrow 22:00`, `friday 22:00`, `2026-12-01T02:00+01:00`, …")
    private String from = "";

    @Option(names = "--for", paramLabel = "SPAN", description = "How long: `90m`, `1h30m`, `2d`.")
    private @Nullable String length;

    @Option(names = "--until", paramLabel = "WHEN", description = "When it ends, instead of --for.")
    private @Nullable String until;

    @Option(names = "--no-end", description = "Nobody knows how long, instead of --for.")
    private boolean endless;

    @Option(names = "--move", description = "Machines that are in a window leave it for this one.")
    private boolean moves;

    @Option(names = "--unknown", description = "Takes machines, too, on which no agent is known yet.")
    private boolean unknown;

    @Option(names = "--utc", description = "Reads and shows times in UTC.")
    private boolean utc;

    @Option(names = "--json", description = "One JSON object: machines, from, until, changed.")
    private boolean json;

    /** The command in these surroundings. */
    public MaintenanceSchedule(Console console) {
        this.console = console;
    }

    private record Window(Instant from, @Nullable Duration length, ZoneId zone) {
        String text() {
            return "from " + WhenText.shown(from, zone)
                    + (length == null
                            ? ", no end"
                            : " to " + WhenText.shown(from.plus(length), zone) + " (" + SpanText.spoken(length) + ")");
        }
    }

    @Override
    public Integer call() {
        var window = window(Instant.now());
        Operator operator = masters.operator(console);
        List<JsonObject> machines = machines(operator);
        boolean changed = Schedule.change(console, operator, preview, present -> added(present, machines, window));
        String all = String.join(", ", machines.stream().map(Machines::name).toList());
        console.err().println(all + (changed ? " planned " : " would be planned ") + window.text());
        if (json && changed) {
            JsonOutput.print(
                    console.out(),
                    JsonObject.of(
                            "machines",
                            machines,
                            "from",
                            window.from.toString(),
                            "until",
                            window.length == null
                                    ? null
                                    : window.from.plus(window.length).toString(),
                            "changed",
                            true));
        }
        return ExitCode.OK;
    }

    private Window window(Instant now) {
        if ((length == null ? 0 : 1) + (until == null ? 0 : 1) + (endless ? 1 : 0) != 1) {
            throw new Failure(ExitCode.USAGE, "say how long it takes: --for 90m, or --until WHEN, or --no-end");
        }
        ZoneId zone = utc ? ZoneOffset.UTC : ZoneId.systemDefault();
        Instant start = WhenText.read("--from", from, now.atZone(zone));
        if (start.isBefore(now.minus(PAST_MAX))) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--from is " + WhenText.shown(start, zone) + ", which is "
                            + SpanText.spoken(Duration.between(start, now)) + " ago; give a time to come, or `now`");
        }
        if (length != null) {
            return new Window(start, SpanText.read("--for", length), zone);
        }
        if (until == null) {
            return new Window(start, null, zone);
        }
        Instant end = WhenText.read("--until", until, start.atZone(zone));
        if (!end.isAfter(start)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--until is " + WhenText.shown(end, zone) + ", which is not after --from, "
                            + WhenText.shown(start, zone));
        }
        return new Window(start, Duration.between(start, end), zone);
    }

    private List<JsonObject> machines(Operator operator) {
        var hosts = new TreeSet<String>();
        var addresses = new TreeSet<String>();
        operator.rows("GET_AGENTS", "get_agents", Map.of("agents", agent -> {
            hosts.add(agent.text("agent_info.hostname").toLowerCase(Locale.ROOT));
            String pid = agent.text("pid");
            int from = pid.indexOf('@') + 1;
            int to = pid.lastIndexOf(':');
            addresses.add(from < to ? pid.substring(from, to) : pid);
        }));
        // The agents of machines that are down are not known any more.
        for (JsonObject planned : Machines.of(operator).all()) {
            hosts.add(planned.text("hostname"));
            addresses.add(planned.text("ip"));
        }
        var machines = new ArrayList<JsonObject>();
        for (String name : named()) {
            if (hosts.contains(name)) {
                machines.add(JsonObject.of("hostname", name));
            } else if (addresses.contains(name)) {
                machines.add(JsonObject.of("ip", name));
            } else if (unknown) {
                machines.add(JsonObject.of(isAddress(name) ? "ip" : "hostname", name));
            } else {
                throw new Failure(
                        ExitCode.NOT_FOUND,
                        "no agent is known on the machine `" + name + "`" + Similar.hint(name, hosts)
                                + "; nothing was changed; `meso agent ls` lists them; --unknown plans it all the same");
            }
        }
        return machines;
    }

    /** In the order given, each once. */
    private Set<String> named() {
        var named = new LinkedHashSet<String>();
        names.forEach(name -> named.add(name.toLowerCase(Locale.ROOT)));
        return named;
    }

    private static boolean isAddress(String name) {
        return name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    private List<JsonObject> added(Machines present, List<JsonObject> machines, Window window) {
        var moved = new ArrayList<JsonObject>();
        for (JsonObject machine : machines) {
            for (JsonObject other : present.all()) {
                if (isSame(machine, other)) {
                    check(present, other, window.zone);
                    moved.add(other);
                }
            }
        }
        var windows = new ArrayList<>(Schedule.without(present.windows(), moved));
        windows.add(Schedule.window(machines, window.from, window.length));
        return windows;
    }

    /** A machine that is named by both parts is the same as one of either name. */
    private static boolean isSame(JsonObject machine, JsonObject other) {
        String host = machine.text("hostname");
        String address = machine.text("ip");
        return (!host.isEmpty() && other.text("hostname").equalsIgnoreCase(host))
                || (!address.isEmpty() && other.text("ip").equals(address));
    }

    private void check(Machines present, JsonObject machine, ZoneId zone) {
        JsonObject planned = present.window(machine);
        if (planned == null) {
            return;
        }
        String name = Machines.name(machine);
        if (present.isDown(machine)) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the machine " + name + " is down for maintenance now; nothing was changed; first give it back:"
                            + " `meso maintenance stop " + name + "`");
        }
        if (!moves) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the machine " + name + " is in a window already, from "
                            + WhenText.shown(Schedule.start(planned), zone) + " for " + Schedule.length(planned)
                            + ", and a machine can be in one only; nothing was changed. --move takes it from there into"
                            + " this one, `meso maintenance cancel` takes it out");
        }
    }
}
