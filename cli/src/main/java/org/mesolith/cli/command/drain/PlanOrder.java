package org.mesolith.cli.command.drain;

import java.util.Locale;
import java.util.regex.Pattern;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Preview;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the orders to one plan share. */
final class PlanOrder {
    private static final Pattern ID = Pattern.compile("[Dd][0-9]{1,18}");

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Preview preview = new Preview();

    @Parameters(paramLabel = "PLAN", description = "As `meso drain apply` named it: D7.")
    private String id = "";

    @Option(names = "--json", description = "One JSON object: the plan as `meso drain status` shows it.")
    private boolean json;

    static String checked(String id) {
        if (!ID.matcher(id).matches()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "`" + id + "` is no name of a plan; they are called D1, D2, …; `meso drain status` lists them");
        }
        return id.toUpperCase(Locale.ROOT);
    }

    /**
     * Gives the order and shows what became of the plan.
     *
     * @param wish pause, resume or cancel
     */
    int give(Console console, String wish) {
        String plan = checked(id);
        Operator operator = masters.operator(console);
        JsonObject body = JsonObject.of("id", plan, "wish", wish);
        if (preview.shows(console, body)) {
            console.err().println(Progress.line(Progress.plan(operator, plan)));
            return ExitCode.OK;
        }
        var _ = operator.order(Progress.PATH + "/steer", body);
        JsonObject now = Progress.plan(operator, plan);
        if (json) {
            JsonOutput.print(console.out(), now);
        } else {
            console.out().println(Progress.line(now));
        }
        return ExitCode.OK;
    }
}
