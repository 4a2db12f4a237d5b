package org.mesolith.cli.command.quota;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.AmountText;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.command.Roles;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso quota set}. */
@Command(
        description = {
            "Sets what a top-level role is guaranteed, what it is limited to, or both.",
            "What is not named stays as it is. A guarantee beyond the cluster, and a limit below what the role",
            "uses and has reserved, are refused with the reason; --force takes them all the same."
        },
        footer = {"", "Example: meso quota set eng --guarantee 'cpus:24;mem:96GB' --limit cpus:60"})
public final class QuotaSet implements Callable<Integer> {
    private static final String NONE = "none";

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Order order = new Order();

    @Parameters(paramLabel = "ROLE", description = "A role of the first level.")
    private String role = "";

    @Option(names = "--guarantee", paramLabel = "AMOUNTS", description = "For example cpus:24;mem:96GB; or none.")
    private @Nullable String guarantee;

    @Option(names = "--limit", paramLabel = "AMOUNTS", description = "For example cpus:60; or none.")
    private @Nullable String limit;

    @Option(names = "--force", description = "Sets it although the cluster or the role does not fit it now.")
    private boolean force;

    /** The command in these surroundings. */
    public QuotaSet(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (guarantee == null && limit == null) {
            throw new Failure(ExitCode.USAGE, "say --guarantee, --limit or both; `meso quota rm` removes a quota");
        }
        Operator operator = masters.operator(console);
        JsonObject before = QuotaGet.configs(operator).stream()
                .filter(config -> role.equals(config.text("role")))
                .findFirst()
                .orElse(JsonObject.EMPTY);
        JsonObject call = call(
                List.of(JsonObject.of(
                        "role",
                        role,
                        "guarantees",
                        chosen("--guarantee", guarantee, before.object("guarantees")),
                        "limits",
                        chosen("--limit", limit, before.object("limits")))),
                force);
        Roles.remark(console, operator, List.of(role));
        order.make(console, operator, call, "the quota of " + role + " is set");
        return ExitCode.OK;
    }

    private static JsonObject chosen(String option, @Nullable String wanted, JsonObject before) {
        if (wanted == null) {
            return before;
        }
        return wanted.equals(NONE) ? JsonObject.EMPTY : AmountText.scalars(option, wanted);
    }

    static JsonObject call(List<JsonObject> configs, boolean force) {
        return JsonObject.of(
                "type", "UPDATE_QUOTA", "update_quota", JsonObject.of("force", force, "quota_configs", configs));
    }
}
