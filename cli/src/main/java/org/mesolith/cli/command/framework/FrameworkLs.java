package org.mesolith.cli.command.framework;

import java.time.Instant;
import java.util.LinkedHashMap;
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

/** {@code meso framework ls}. */
@Command(
        description = "Lists the frameworks.",
        footer = {"", "Example: meso framework ls --all"})
public final class FrameworkLs implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--all", description = "Completed frameworks too.")
    private boolean all;

    @Option(names = "--json", description = "One JSON array of the frameworks as the API shows them.")
    private boolean json;

    /** The command in these surroundings. */
    public FrameworkLs(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                list(output::element, output::element);
            }
            return ExitCode.OK;
        }
        var table = Table.of(console, "ID", "NAME", "ROLES", "STATE", "ALLOCATED", "OFFERED", "AGE");
        list(framework -> row(table, framework, stateOf(framework)), framework -> row(table, framework, "completed"));
        table.end();
        return ExitCode.OK;
    }

    private void list(Consumer<JsonObject> known, Consumer<JsonObject> completed) {
        Map<String, Consumer<JsonObject>> lists = new LinkedHashMap<>();
        lists.put("frameworks", known);
        if (all) {
            lists.put("completed_frameworks", completed);
        }
        masters.operator(console).rows("GET_FRAMEWORKS", "get_frameworks", lists);
    }

    private static void row(Table table, JsonObject framework, String state) {
        JsonObject info = framework.object("framework_info");
        table.row(
                info.text("id.value"),
                info.text("name"),
                roles(info),
                state,
                Texts.resources(framework.objects("allocated_resources")),
                Texts.resources(framework.objects("offered_resources")),
                Texts.age(Texts.seconds(framework.object("registered_time")), Instant.now()));
    }

    static String roles(JsonObject info) {
        String roles = info.has("roles") ? String.join(",", info.texts("roles")) : info.text("role");
        return roles.isEmpty() ? "*" : roles;
    }

    static String stateOf(JsonObject framework) {
        if (framework.isTrue("recovered")) {
            return "recovered";
        }
        if (!framework.isTrue("connected")) {
            return "disconnected";
        }
        return framework.isTrue("active") ? "active" : "inactive";
    }
}
