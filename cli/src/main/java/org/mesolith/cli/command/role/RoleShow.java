package org.mesolith.cli.command.role;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.console.Similar;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import org.mesolith.cli.render.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso role show}. */
@Command(
        description = {
            "Shows a role: its weight, its quota, what it has and what is reserved for it, and its frameworks.",
            "Why it gets what it gets: `meso explain role`."
        },
        footer = {"", "Example: meso role show ads"})
public final class RoleShow implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Parameters(paramLabel = "ROLE", description = "Its whole name.")
    private String role = "";

    @Option(names = "--json", description = "The same as JSON.")
    private boolean json;

    /** The command in these surroundings. */
    public RoleShow(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = masters.operator(console);
        var facts = RoleFacts.of(operator);
        if (!facts.roles().containsKey(role)) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "the role `" + role + "` has no framework, weight, quota or reservation"
                            + Similar.hint(role, facts.roles().keySet()) + ". Those that have: "
                            + String.join(", ", facts.roles().keySet()));
        }
        if (json) {
            JsonOutput.print(console.out(), facts.json(role));
            return ExitCode.OK;
        }
        var table = Table.of(console, "ROLE", role);
        table.row("weight", facts.weight(role));
        table.row("guarantee", facts.quota(role, "guarantees"));
        table.row("limit", facts.quota(role, "limits"));
        table.row("allocated", facts.allocated(role));
        table.row("reserved", facts.reservedFor(role));
        table.end();
        console.out().println();
        var names = new HashMap<String, String>();
        var allocated = new HashMap<String, String>();
        operator.rows("GET_FRAMEWORKS", "get_frameworks", Map.of("frameworks", framework -> {
            String id = framework.text("framework_info.id.value");
            names.put(id, framework.text("framework_info.name"));
            allocated.put(
                    id,
                    Texts.resources(framework.objects("allocated_resources").stream()
                            .filter(resource ->
                                    resource.text("allocation_info.role").equals(role))
                            .toList()));
        }));
        var frameworks = Table.of(console, "FRAMEWORK", "NAME", "ALLOCATED");
        facts.frameworks(role)
                .forEach(id -> frameworks.row(id, names.getOrDefault(id, ""), allocated.getOrDefault(id, "")));
        frameworks.end();
        return ExitCode.OK;
    }
}
