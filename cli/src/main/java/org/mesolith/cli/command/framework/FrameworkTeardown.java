package org.mesolith.cli.command.framework;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Confirmation;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso framework teardown}. */
@Command(
        description = {
            "Ends a framework: all its tasks are killed, and its id can never be used again.",
            "This cannot be taken back: on a terminal its name has to be typed, else --name or --yes has to",
            "say that it is meant."
        },
        footer = {"", "Example: meso framework teardown F0000000003 --name marathon"})
public final class FrameworkTeardown implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Order order = new Order();

    @Parameters(
            paramLabel = "FRAMEWORK",
            description = "The framework's id, a beginning or end that only it has, or its name if no other has it.")
    private String id = "";

    @Option(names = "--name", paramLabel = "NAME", description = "The framework's name, to be sure which one is meant.")
    private String name = "";

    @Option(names = "--yes", description = "Does it without the name.")
    private boolean yes;

    /** The command in these surroundings. */
    public FrameworkTeardown(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = masters.operator(console);
        JsonObject framework = new Lookup(operator).framework(id);
        String found = framework.text("framework_info.id.value");
        String called = framework.text("framework_info.name");
        if (!name.isEmpty() && !name.equals(called)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "the framework " + found + " is called " + called + ", not " + name + "; nothing was changed");
        }
        if (name.isEmpty() && !yes && !order.isDryRun()) {
            Confirmation.typed(
                    console,
                    called,
                    "this ends " + tasks(operator, found) + " task(s) of " + called + " (" + found
                            + ") and cannot be taken back",
                    "--name '" + called + "'");
        }
        JsonObject call = JsonObject.of(
                "type", "TEARDOWN", "teardown", JsonObject.of("framework_id", JsonObject.of("value", found)));
        order.make(console, operator, call, called + " (" + found + ") has ended");
        return ExitCode.OK;
    }

    private static int tasks(Operator operator, String framework) {
        var count = new AtomicInteger();
        operator.rows("GET_TASKS", "get_tasks", Map.of("tasks", task -> {
            if (task.text("framework_id.value").equals(framework)) {
                count.incrementAndGet();
            }
        }));
        return count.get();
    }
}
