package org.mesolith.cli.command.maintenance;

import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Preview;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso maintenance cancel}: takes machines out of what is planned. */
@Command(
        description = {
            "Takes machines out of the maintenance schedule, before their maintenance is started. Windows of other",
            "machines stay. A machine that is down comes back with `meso maintenance stop`."
        },
        footer = {"", "Example: meso maintenance cancel db-17.example.org"})
public final class MaintenanceCancel implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Preview preview = new Preview();

    @Parameters(paramLabel = "MACHINE", arity = "1..*", description = "Its host name or its address.")
    private List<String> names = List.of();

    @Option(names = "--json", description = "One JSON object: machines, changed.")
    private boolean json;

    /** The command in these surroundings. */
    public MaintenanceCancel(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = masters.operator(console);
        boolean changed = Schedule.change(
                console, operator, preview, present -> Schedule.without(present.windows(), machines(present)));
        String all = String.join(", ", names);
        console.err().println(all + (changed ? " is in no window any more" : " would be in no window any more"));
        if (json && changed) {
            JsonOutput.print(console.out(), JsonObject.of("machines", names, "changed", true));
        }
        return ExitCode.OK;
    }

    private List<JsonObject> machines(Machines present) {
        List<JsonObject> machines = present.scheduled(names);
        for (JsonObject machine : machines) {
            if (present.isDown(machine)) {
                throw new Failure(
                        ExitCode.FAILED,
                        "the machine " + Machines.name(machine) + " is down; nothing was changed; `meso maintenance"
                                + " stop " + Machines.name(machine) + "` gives it back and takes it out of the"
                                + " schedule");
            }
        }
        return machines;
    }
}
