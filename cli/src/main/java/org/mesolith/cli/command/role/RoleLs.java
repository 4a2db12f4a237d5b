package org.mesolith.cli.command.role;

import java.util.concurrent.Callable;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso role ls}. */
@Command(
        description = {
            "Lists the roles that have a framework, a weight, a quota or a reservation.",
            "Any other name is a role with the weight 1 and without quota as soon as a framework uses it."
        },
        footer = {"", "Example: meso role ls"})
public final class RoleLs implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--json", description = "One JSON array: weight, quota, frameworks, allocated, reserved.")
    private boolean json;

    /** The command in these surroundings. */
    public RoleLs(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var facts = RoleFacts.of(masters.operator(console));
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                facts.roles().keySet().forEach(role -> output.element(facts.json(role)));
            }
            return ExitCode.OK;
        }
        var table = Table.of(console, "ROLE", "WEIGHT", "FRAMEWORKS", "ALLOCATED", "RESERVED", "GUARANTEE", "LIMIT");
        facts.roles()
                .keySet()
                .forEach(role -> table.row(
                        role,
                        facts.weight(role),
                        Integer.toString(facts.frameworks(role).size()),
                        facts.allocated(role),
                        facts.reservedFor(role),
                        facts.quota(role, "guarantees"),
                        facts.quota(role, "limits")));
        table.end();
        return ExitCode.OK;
    }
}
