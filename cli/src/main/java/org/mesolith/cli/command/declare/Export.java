package org.mesolith.cli.command.declare;

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

/** {@code meso export}: the cluster as a file that {@code meso apply} takes. */
@Command(
        description = {
            "Writes the weights, quotas, reservations and maintenance windows that there are, as a declaration.",
            "Applying it at once changes nothing."
        },
        footer = {"", "Example: meso export --name production"})
public final class Export implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "cluster",
            description = "How the declaration is called (default: ${DEFAULT-VALUE}).")
    private String name = "cluster";

    @Option(names = "--json", description = "The same as JSON, which `meso apply` reads as well.")
    private boolean json;

    /** The command in these surroundings. */
    public Export(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!FileKeys.NAME.matcher(name).matches()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "`" + name + "` is no name of a declaration; it has 1 to 64 letters, digits, '.', '_' and '-' and"
                            + " begins with a letter or a digit");
        }
        Operator operator = masters.operator(console);
        var export = ExportText.of(name, operator.page("/declarations/objects"));
        JsonObject file = export.file();
        if (json) {
            JsonOutput.print(console.out(), file);
        } else {
            console.out().print(ExportText.yaml(file));
        }
        console.out().flush();
        for (String left : export.leftOut()) {
            console.err().println("left out, for a file cannot say it: " + left);
        }
        return ExitCode.OK;
    }
}
