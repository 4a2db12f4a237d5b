package org.mesolith.cli.command.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso maintenance status}. */
@Command(
        description = {
            "Shows the maintenance schedule: which machines, when, where each stands, what frameworks answered.",
            "Times are those of this machine's time zone; --utc shows UTC."
        },
        footer = {"", "Example: meso maintenance status --utc"})
public final class MaintenanceStatus implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss XXX", Locale.ROOT);
    private static final long NANOS = 1_000_000_000L;

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--utc", description = "Shows times in UTC.")
    private boolean utc;

    @Option(names = "--json", description = "One JSON array: machine, state, start, seconds, answers.")
    private boolean json;

    /** The command in these surroundings. */
    public MaintenanceStatus(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var machines = Machines.of(masters.operator(console));
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                machines.windows()
                        .forEach(window -> window.objects("machine_ids")
                                .forEach(machine -> output.element(JsonObject.of(
                                        "machine",
                                        machine,
                                        "state",
                                        state(machines, machine),
                                        "unavailability",
                                        window.object("unavailability"),
                                        "statuses",
                                        machines.answers(machine)))));
            }
            return ExitCode.OK;
        }
        var table = new Table(console.out(), "MACHINE", "STATE", "FROM", "FOR", "LEAVE", "STAY");
        machines.windows()
                .forEach(window -> window.objects("machine_ids").forEach(machine -> {
                    List<JsonObject> answers = machines.answers(machine);
                    table.row(
                            Machines.name(machine),
                            state(machines, machine).toLowerCase(Locale.ROOT),
                            time(window.whole("unavailability.start.nanoseconds", 0)),
                            duration(window),
                            Long.toString(count(answers, "ACCEPT")),
                            Long.toString(count(answers, "DECLINE")));
                }));
        table.end();
        return ExitCode.OK;
    }

    private static String state(Machines machines, JsonObject machine) {
        return machines.isDown(machine) ? "DOWN" : "DRAINING";
    }

    private static long count(List<JsonObject> answers, String what) {
        return answers.stream()
                .filter(answer -> answer.text("status").equals(what))
                .count();
    }

    private String time(long nanoseconds) {
        var at = Instant.ofEpochSecond(Math.floorDiv(nanoseconds, NANOS), Math.floorMod(nanoseconds, NANOS));
        return TIME.format(at.atZone(utc ? ZoneOffset.UTC : ZoneId.systemDefault()));
    }

    private static String duration(JsonObject window) {
        if (!window.has("unavailability.duration")) {
            return "no end";
        }
        return spoken(Duration.ofNanos(window.whole("unavailability.duration.nanoseconds", 0)));
    }

    /** {@code 2d}, {@code 1h 30m}, {@code 45s}: without the parts that are nothing. */
    static String spoken(Duration span) {
        var text = new StringBuilder();
        part(text, span.toDaysPart(), "d");
        part(text, span.toHoursPart(), "h");
        part(text, span.toMinutesPart(), "m");
        part(text, span.toSecondsPart(), "s");
        return text.isEmpty() ? span.toMillis() + " ms" : text.toString();
    }

    private static void part(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(text.isEmpty() ? "" : " ").append(count).append(unit);
        }
    }
}
