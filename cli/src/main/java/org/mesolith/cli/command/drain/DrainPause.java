package org.mesolith.cli.command.drain;

import java.util.concurrent.Callable;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code meso drain pause}. */
@Command(
        description = {
            "No further batch of the plan begins.",
            "The batch that has begun goes on. `meso drain resume` lets the plan go on."
        },
        footer = {"", "Example: meso drain pause D7"})
public final class DrainPause implements Callable<Integer> {
    private final Console console;

    @Mixin
    private PlanOrder order = new PlanOrder();

    /** The command in these surroundings. */
    public DrainPause(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return order.give(console, "pause");
    }
}
