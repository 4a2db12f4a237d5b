package org.mesolith.cli.command.drain;

import java.util.concurrent.Callable;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso drain plan}: what it would mean to empty agents; changes nothing. */
@Command(
        description = {
            "Shows what it would mean to empty agents, in which batches: whose tasks end, which of them are the only",
            "ones of their kind, whether the allocator would offer room for them elsewhere, which volumes stay behind,",
            "and what that leaves of quota and capacity. Changes nothing; ends with 1 if `meso drain apply` would be",
            "refused."
        },
        footer = {"", "Example: meso drain plan --zone eu-1a --max-unavailable 5"})
public final class DrainPlan implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Targets targets = new Targets();

    @Option(names = "--json", description = "One JSON object: agents, tasks, quota, free_before, free_after, problem.")
    private boolean json;

    /** The command in these surroundings. */
    public DrainPlan(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = masters.operator(console);
        var outlook = Outlook.of(operator, targets.body(operator));
        if (json) {
            JsonOutput.print(console.out(), outlook.json());
        } else {
            outlook.print(console.out());
        }
        if (!outlook.problem().isEmpty()) {
            console.err().println("it would be refused: " + outlook.problem());
            return ExitCode.FAILED;
        }
        return ExitCode.OK;
    }
}
