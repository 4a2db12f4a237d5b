package org.mesolith.cli.command.drain;

import java.util.concurrent.Callable;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code meso drain resume}. */
@Command(
        description = {
            "A plan that pauses goes on.",
            "The next batch begins as soon as nothing is left on the one before."
        },
        footer = {"", "Example: meso drain resume D7"})
public final class DrainResume implements Callable<Integer> {
    private final Console console;

    @Mixin
    private PlanOrder order = new PlanOrder();

    /** The command in these surroundings. */
    public DrainResume(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return order.give(console, "resume");
    }
}
