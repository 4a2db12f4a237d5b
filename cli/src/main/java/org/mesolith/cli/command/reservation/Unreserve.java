package org.mesolith.cli.command.reservation;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.AmountText;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso unreserve}: finds the reservation, principal and labels included, so that nobody has to repeat them. */
@Command(
        description = {
            "Gives back what is reserved for a role on an agent, all of it or an amount.",
            "It must be free of tasks and volumes. Of a refined reservation the newest level goes.",
            "Static reservations belong to the agent's --resources and stay."
        },
        footer = {"", "Example: meso unreserve S0000000001 ads 'cpus:2;mem:1GB'"})
public final class Unreserve implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Order order = new Order();

    @Parameters(index = "0", paramLabel = "AGENT", description = "Its id, or a beginning or end that only it has.")
    private String agent = "";

    @Parameters(index = "1", paramLabel = "ROLE", description = "For which the resources are reserved.")
    private String role = "";

    @Parameters(index = "2", paramLabel = "AMOUNTS", arity = "0..1", description = "Only so much; else everything.")
    private String amounts = "";

    @Option(
            names = "--principal",
            paramLabel = "NAME",
            description = "Whose reservation, where the role has several there.")
    private @Nullable String principal;

    /** The command in these surroundings. */
    public Unreserve(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<JsonObject> wanted = amounts.isEmpty() ? List.of() : AmountText.resources("the amount", amounts);
        Operator operator = masters.operator(console);
        JsonObject found = new Lookup(operator).agent(agent);
        String id = found.text("agent_info.id.value");
        Held held = only(id, Held.of(found));
        JsonObject call = Reserve.call(
                "UNRESERVE_RESOURCES",
                "resources",
                id,
                wanted.isEmpty() ? held.resources() : Reserve.reserved(wanted, held.stack()));
        order.make(console, operator, call, "given back on " + id);
        return ExitCode.OK;
    }

    private Held only(String id, List<Held> all) {
        List<Held> ofRole =
                all.stream().filter(held -> held.role().equals(role)).toList();
        List<Held> dynamic = ofRole.stream()
                .filter(held -> held.isDynamic()
                        && (principal == null || held.principal().equals(principal)))
                .toList();
        if (dynamic.size() == 1) {
            return dynamic.getFirst();
        }
        if (dynamic.isEmpty()) {
            String why = ofRole.stream().anyMatch(held -> !held.isDynamic())
                    ? "what is reserved for it there is static: change the agent's --resources"
                    : "`meso reservation ls --agent " + id + "` shows what is reserved there";
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "nothing that could be given back is reserved for `" + role + "` on " + id
                            + "; nothing was changed; " + why);
        }
        throw new Failure(
                ExitCode.USAGE,
                dynamic.size() + " reservations of `" + role + "` are on " + id
                        + ", which differ in principal or labels; nothing was changed. Principals: "
                        + String.join(
                                ", ", dynamic.stream().map(Held::principal).toList())
                        + "; choose one with --principal");
    }
}
