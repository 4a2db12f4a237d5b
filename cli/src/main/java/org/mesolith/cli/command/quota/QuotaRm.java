package org.mesolith.cli.command.quota;

import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.console.Similar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code meso quota rm}. */
@Command(
        description = {
            "Removes the quota of roles, of all of them or of none.",
            "They are guaranteed nothing any more and limited by nothing; what runs stays."
        },
        footer = {"", "Example: meso quota rm eng"})
public final class QuotaRm implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Order order = new Order();

    @Parameters(paramLabel = "ROLE", arity = "1..*", description = "A role that has a quota.")
    private List<String> roles = List.of();

    /** The command in these surroundings. */
    public QuotaRm(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = masters.operator(console);
        List<String> known = QuotaGet.configs(operator).stream()
                .map(config -> config.text("role"))
                .toList();
        for (String role : roles) {
            if (!known.contains(role)) {
                throw new Failure(
                        ExitCode.NOT_FOUND,
                        "the role `" + role + "` has no quota" + Similar.hint(role, known)
                                + "; nothing was changed. Those that have one: "
                                + (known.isEmpty() ? "none" : String.join(", ", known)));
            }
        }
        List<JsonObject> configs =
                roles.stream().map(role -> JsonObject.of("role", role)).toList();
        JsonObject call = QuotaSet.call(configs, false);
        order.make(console, operator, call, "the quota of " + String.join(", ", roles) + " is removed");
        return ExitCode.OK;
    }
}
