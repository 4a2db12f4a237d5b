package org.mesolith.cli.command.quota;

import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
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

/** {@code meso quota get}. */
@Command(
        description = "Shows what roles are guaranteed and limited to. A role without quota is not shown.",
        footer = {"", "Example: meso quota get eng"})
public final class QuotaGet implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Parameters(paramLabel = "ROLE", arity = "0..1", description = "Only this role.")
    private String role = "";

    @Option(names = "--json", description = "One JSON array of quota configurations.")
    private boolean json;

    /** The command in these surroundings. */
    public QuotaGet(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<JsonObject> configs = configs(masters.operator(console)).stream()
                .filter(config -> role.isEmpty() || role.equals(config.text("role")))
                .toList();
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                configs.forEach(output::element);
            }
            return ExitCode.OK;
        }
        var table = Table.of(console, "ROLE", "GUARANTEE", "LIMIT");
        configs.forEach(config -> table.row(
                config.text("role"),
                Texts.amounts(config.object("guarantees")),
                Texts.amounts(config.object("limits"))));
        table.end();
        return ExitCode.OK;
    }

    static List<JsonObject> configs(Operator operator) {
        return operator.get("GET_QUOTA").objects("get_quota.status.configs");
    }
}
