package org.mesolith.cli.command.drain;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.WhenText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso drain status}: the plans to empty agents, or one of them with its agents. */
@Command(
        description = {"Shows the plans to empty agents, also those that are over; or one of them with its agents."},
        footer = {"", "Example: meso drain status", "          meso drain status D7"})
public final class DrainStatus implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Parameters(paramLabel = "PLAN", arity = "0..1", description = "As `meso drain apply` named it: D7.")
    private String id = "";

    @Option(names = "--json", description = "One JSON array of plans.")
    private boolean json;

    /** The command in these surroundings. */
    public DrainStatus(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = masters.operator(console);
        List<JsonObject> plans = id.isEmpty()
                ? operator.page(Progress.PATH).objects("plans")
                : List.of(Progress.plan(operator, PlanOrder.checked(id)));
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                plans.forEach(output::element);
            }
            return ExitCode.OK;
        }
        if (!id.isEmpty()) {
            agents(plans.getFirst());
            return ExitCode.OK;
        }
        var table = Table.of(console, "PLAN", "STATE", "BATCH", "AGENTS", "OVER", "TASKS", "DEADLINE");
        for (JsonObject plan : plans) {
            long batch = plan.whole("batch", 0);
            table.row(
                    plan.text("id"),
                    plan.text("state"),
                    batch == 0 ? "" : batch + "/" + plan.text("batches"),
                    Integer.toString(plan.objects("agents").size()),
                    Integer.toString(Progress.over(plan)),
                    Long.toString(Progress.tasksEnding(plan)),
                    deadline(plan));
        }
        table.end();
        return ExitCode.OK;
    }

    private static String deadline(JsonObject plan) {
        String text = plan.text("deadline");
        return text.isEmpty() ? "" : WhenText.shown(Instant.parse(text), ZoneId.systemDefault());
    }

    private void agents(JsonObject plan) {
        console.out().println(Progress.line(plan));
        var table = Table.of(console, "BATCH", "AGENT", "HOST", "STEP", "TASKS");
        for (JsonObject agent : plan.objects("agents")) {
            boolean away = agent.text("step").equals("draining") && !agent.isTrue("reachable");
            table.row(
                    agent.text("batch"),
                    agent.text("id"),
                    agent.text("host"),
                    agent.text("step") + (away ? " (unreachable)" : ""),
                    agent.text("tasks"));
        }
        table.end();
    }
}
