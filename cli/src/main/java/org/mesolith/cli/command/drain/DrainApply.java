package org.mesolith.cli.command.drain;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Preview;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso drain apply}: agents are emptied, batch by batch, by whichever master leads. */
@Command(
        description = {
            "Empties agents, one batch after the other: their tasks end, nothing is offered of them any more, and the",
            "next batch begins when nothing is left on the one before. The masters do it, whichever of them leads,",
            "whether this command runs on or not. `meso drain cancel` gives the agents back, at any time."
        },
        footer = {"", "Example: meso drain apply --zone eu-1a --max-unavailable 5 --deadline 'in 4h' --wait 4h"})
public final class DrainApply implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Targets targets = new Targets();

    @Mixin
    private Preview preview = new Preview();

    @Option(
            names = "--anyway",
            description = "Also when tasks are stranded with their volumes, or have no room elsewhere.")
    private boolean anyway;

    @Option(
            names = "--wait",
            paramLabel = "SPAN",
            description = "Waits so long until it is over, and shows how far it is.")
    private @Nullable String wait;

    @Option(names = "--json", description = "One JSON object: the plan as `meso drain status` shows it.")
    private boolean json;

    /** The command in these surroundings. */
    public DrainApply(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var within = wait == null ? null : SpanText.read("--wait", wait);
        Operator operator = masters.operator(console);
        JsonObject body = targets.body(operator);
        var outlook = Outlook.of(operator, body);
        if (!json) {
            outlook.print(console.err());
        }
        if (!outlook.problem().isEmpty()) {
            throw new Failure(ExitCode.FAILED, "refused: " + outlook.problem() + "; nothing was changed");
        }
        if (outlook.homeless() > 0 && !anyway) {
            throw new Failure(
                    ExitCode.FAILED,
                    outlook.homeless() + " tasks could not run on elsewhere; nothing was changed. `meso drain plan`"
                            + " names them; --anyway ends them all the same");
        }
        if (preview.shows(console, body)) {
            return ExitCode.OK;
        }
        String id = operator.order(Progress.PATH, body).text("id");
        console.err().println(id + " is made; `meso drain status " + id + "` shows how far it is");
        int code = within == null ? ExitCode.OK : Progress.await(console, operator, id, within);
        if (json) {
            JsonOutput.print(console.out(), Progress.plan(operator, id));
        } else {
            console.out().println(id);
        }
        return code;
    }
}
