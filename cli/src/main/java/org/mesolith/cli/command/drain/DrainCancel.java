package org.mesolith.cli.command.drain;

import java.util.concurrent.Callable;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code meso drain cancel}. */
@Command(
        description = {
            "Takes a plan to empty agents back.",
            "Its agents are in use again as they were before, those that are drained already, too; so it is also",
            "how agents are given back when the work on them is done. Tasks that were told to end do end."
        },
        footer = {"", "Example: meso drain cancel D7"})
public final class DrainCancel implements Callable<Integer> {
    private final Console console;

    @Mixin
    private PlanOrder order = new PlanOrder();

    /** The command in these surroundings. */
    public DrainCancel(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return order.give(console, "cancel");
    }
}
