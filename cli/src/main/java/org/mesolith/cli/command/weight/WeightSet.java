package org.mesolith.cli.command.weight;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.command.Roles;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code meso weight set}. */
@Command(
        description = {
            "Sets the weights of roles, all of them or none.",
            "A role with weight 2 gets twice the share of one with weight 1. Repeating it is harmless."
        },
        footer = {"", "Example: meso weight set ads=2 batch=0.5"})
public final class WeightSet implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Order order = new Order();

    @Parameters(paramLabel = "ROLE=WEIGHT", arity = "1..*", description = "A role and its weight, above 0.")
    private List<String> pairs = List.of();

    /** The command in these surroundings. */
    public WeightSet(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var infos = new ArrayList<JsonObject>();
        pairs.forEach(pair -> infos.add(parse(pair)));
        Operator operator = masters.operator(console);
        Roles.remark(
                console, operator, infos.stream().map(info -> info.text("role")).toList());
        order.make(
                console,
                operator,
                JsonObject.of("type", "UPDATE_WEIGHTS", "update_weights", JsonObject.of("weight_infos", infos)),
                "weights set: " + String.join(" ", pairs));
        return ExitCode.OK;
    }

    private static JsonObject parse(String pair) {
        int equals = pair.lastIndexOf('=');
        try {
            double weight = Double.parseDouble(pair.substring(equals + 1));
            if (equals > 0 && weight > 0 && Double.isFinite(weight)) {
                return JsonObject.of("role", pair.substring(0, equals), "weight", weight);
            }
        } catch (NumberFormatException notANumber) {
            throw new Failure(ExitCode.USAGE, wrong(pair), notANumber);
        }
        throw new Failure(ExitCode.USAGE, wrong(pair));
    }

    private static String wrong(String pair) {
        return "`" + pair + "` is not ROLE=WEIGHT with a weight above 0; for example ads=2";
    }
}
