package org.mesolith.cli.command.maintenance;

import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code meso maintenance stop}. */
@Command(
        description = {
            "Lets the agents of machines that are down register again, and takes the machines out of the schedule."
        },
        footer = {"", "Example: meso maintenance stop db-17.example.org"})
public final class MaintenanceStop implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Order order = new Order();

    @Parameters(paramLabel = "MACHINE", arity = "1..*", description = "Its host name or its address.")
    private List<String> names = List.of();

    /** The command in these surroundings. */
    public MaintenanceStop(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = masters.operator(console);
        new MachineCall("STOP_MAINTENANCE", Machines.of(operator).down(names), " is up again: its agents may register")
                .make(console, operator, order);
        return ExitCode.OK;
    }
}
