package org.mesolith.cli.command.declare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso apply}: the cluster becomes what a file says. */
@Command(
        description = {
            "Makes weights, reservations, quotas and maintenance windows what a file says. What the file named when it",
            "was applied last and names no more is deleted; what it never named is left alone. Each kind of objects",
            "is changed at once or not at all, and only if each object is still as it was compared."
        },
        footer = {"", "Example: meso apply -f cluster.yaml --yes"})
public final class Apply implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The declaration, YAML or JSON; - reads what is piped in.")
    private String file = "";

    @Option(names = "--dry-run", description = "Shows what would change, as without --yes, and ends with 0.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do it. Without this only the plan is shown.")
    private boolean yes;

    @Option(names = "--schema", description = "Prints the JSON schema of the file, for editors; asks no master.")
    private boolean schema;

    @Option(names = "--json", description = "One JSON object: every step, and whether it was applied.")
    private boolean json;

    /** The command in these surroundings. */
    public Apply(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (schema) {
            JsonOutput.print(console.out(), FileSchema.json());
            return ExitCode.OK;
        }
        if (file.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "which file? Give -f FILE; `meso export` writes one of what there is");
        }
        var declared = DeclarationFile.read(file, System.in);
        Operator operator = masters.operator(console);
        var plan = Plan.of(operator, Wish.of(declared, operator, console.err()));
        boolean asked = yes && !dryRun;
        if (!json) {
            plan.print(console.out());
            console.out().flush();
        }
        plan.mustFit();
        if (!asked) {
            if (json) {
                JsonOutput.print(console.out(), plan.json(false));
                console.out().flush();
            }
            return shown(plan);
        }
        int done = apply(operator, plan);
        if (json) {
            JsonOutput.print(console.out(), plan.json(true));
        } else {
            console.out().println(done == 0 ? "nothing to do" : "applied");
        }
        return ExitCode.OK;
    }

    private int shown(Plan plan) {
        if (plan.due().isEmpty()) {
            console.err().println("nothing to do");
            return ExitCode.OK;
        }
        console.err().println("nothing was changed" + (dryRun ? " (--dry-run)" : "; add --yes to do it"));
        return dryRun ? ExitCode.OK : ExitCode.USAGE;
    }

    /** How many parts there were to do. */
    private int apply(Operator operator, Plan plan) {
        var done = new ArrayList<String>();
        List<JsonObject> due = plan.due();
        for (JsonObject part : due) {
            try {
                plan.apply(operator, part);
                done.add(part.text("kind"));
            } catch (Failure failed) {
                throw new Failure(
                        failed.exitCode(),
                        part.text("kind") + " of `" + plan.name() + "`: " + failed.sentence() + "; "
                                + (done.isEmpty()
                                        ? "nothing before it was changed"
                                        : String.join(" and ", done) + (done.size() == 1 ? " is" : " are") + " applied")
                                + "; `meso diff` shows what is left, and applying again does only that",
                        failed);
            }
        }
        return due.size();
    }
}
