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

/** {@code meso maintenance start}. */
@Command(
        description = {
            "Takes machines down: their agents are removed, their tasks are over, and they may not register until",
            "`meso maintenance stop`. The machines must be in a maintenance window, whether it has begun or not."
        },
        footer = {"", "Example: meso maintenance start db-17.example.org"})
public final class MaintenanceStart implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Order order = new Order();

    @Parameters(paramLabel = "MACHINE", arity = "1..*", description = "Its host name or its address.")
    private List<String> names = List.of();

    /** The command in these surroundings. */
    public MaintenanceStart(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = masters.operator(console);
        new MachineCall(
                        "START_MAINTENANCE",
                        Machines.of(operator).scheduled(names),
                        " is down: its agents were removed")
                .make(console, operator, order);
        return ExitCode.OK;
    }
}
