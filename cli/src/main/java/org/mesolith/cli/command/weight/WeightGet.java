package org.mesolith.cli.command.weight;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import org.mesolith.cli.render.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso weight get}. */
@Command(
        description = "Shows the weights of roles. A role without one has 1.",
        footer = {"", "Example: meso weight get ads"})
public final class WeightGet implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Parameters(paramLabel = "ROLE", arity = "0..1", description = "Only this role.")
    private String role = "";

    @Option(names = "--json", description = "One JSON array of role and weight.")
    private boolean json;

    /** The command in these surroundings. */
    public WeightGet(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                list(output::element);
            }
            return ExitCode.OK;
        }
        var table = Table.of(console, "ROLE", "WEIGHT");
        list(weight -> table.row(weight.text("role"), Texts.decimal(weight.number("weight", 1))));
        table.end();
        return ExitCode.OK;
    }

    private void list(Consumer<JsonObject> each) {
        masters.operator(console).rows("GET_WEIGHTS", "get_weights", Map.of("weight_infos", weight -> {
            if (role.isEmpty() || role.equals(weight.text("role"))) {
                each.accept(weight);
            }
        }));
    }
}
