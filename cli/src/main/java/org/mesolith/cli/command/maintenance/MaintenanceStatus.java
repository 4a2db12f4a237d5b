package org.mesolith.cli.command.maintenance;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.WhenText;
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
        ZoneId zone = utc ? ZoneOffset.UTC : ZoneId.systemDefault();
        var table = Table.of(console, "MACHINE", "STATE", "FROM", "FOR", "LEAVE", "STAY");
        machines.windows()
                .forEach(window -> window.objects("machine_ids").forEach(machine -> {
                    List<JsonObject> answers = machines.answers(machine);
                    table.row(
                            Machines.name(machine),
                            state(machines, machine).toLowerCase(Locale.ROOT),
                            WhenText.shown(Schedule.start(window), zone),
                            Schedule.length(window),
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
}
