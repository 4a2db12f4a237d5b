package org.mesolith.cli.command.declare;

import java.util.concurrent.Callable;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso diff}: what {@code meso apply} would do. */
@Command(
        description = {
            "Compares a file with the cluster, and shows what `meso apply` would add, change and delete.",
            "Ends with 0 when there is nothing to change, with 7 when there is, with 1 when it would be refused."
        },
        footer = {"", "Example: meso diff -f cluster.yaml"})
public final class Diff implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "The declaration, YAML or JSON; - reads what is piped in.")
    private String file = "";

    @Option(names = "--json", description = "One JSON object: every step, and what the cluster would refuse.")
    private boolean json;

    /** The command in these surroundings. */
    public Diff(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var declared = DeclarationFile.read(file, System.in);
        Operator operator = masters.operator(console);
        var plan = Plan.of(operator, Wish.of(declared, operator, console.err()));
        if (!json) {
            plan.print(console.out());
            console.out().flush();
        }
        plan.mustFit();
        if (json) {
            JsonOutput.print(console.out(), plan.json(false));
            console.out().flush();
        }
        return plan.isChanging() ? ExitCode.DIFFERS : ExitCode.OK;
    }
}
