package org.mesolith.cli.command.reservation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.AmountText;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Preview;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso reserve}. */
@Command(
        description = {
            "Sets aside resources of an agent for a role and the roles below it.",
            "They must be free of tasks and not reserved; offers that hold them are taken back."
        },
        footer = {"", "Example: meso reserve S0000000001 ads 'cpus:4;mem:8192' --label purpose=launch"})
public final class Reserve implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Preview preview = new Preview();

    @Parameters(index = "0", paramLabel = "AGENT", description = "Its id, or a beginning or end that only it has.")
    private String agent = "";

    @Parameters(index = "1", paramLabel = "ROLE", description = "Who may use the resources.")
    private String role = "";

    @Parameters(index = "2", paramLabel = "AMOUNTS", description = "For example cpus:4;mem:8192.")
    private String amounts = "";

    @Option(names = "--principal", paramLabel = "NAME", description = "Who reserves; part of the reservation.")
    private String principal = "";

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Part of the reservation; may be repeated.")
    private List<String> labels = List.of();

    /** The command in these surroundings. */
    public Reserve(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<JsonObject> wanted = AmountText.resources("the amount", amounts);
        JsonObject reservation = reservation();
        Operator operator = masters.operator(console);
        String id = new Lookup(operator).agent(agent).text("agent_info.id.value");
        JsonObject call = call("RESERVE_RESOURCES", "resources", id, reserved(wanted, List.of(reservation)));
        if (!preview.shows(console, call)) {
            console.err().println("reserved on " + id + " by " + operator.write(call));
        }
        return ExitCode.OK;
    }

    private JsonObject reservation() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("type", "DYNAMIC");
        fields.put("role", role);
        if (!principal.isEmpty()) {
            fields.put("principal", principal);
        }
        if (!labels.isEmpty()) {
            fields.put(
                    "labels",
                    JsonObject.of("labels", labels.stream().map(Reserve::label).toList()));
        }
        return new JsonObject(fields);
    }

    private static JsonObject label(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new Failure(ExitCode.USAGE, "the label `" + text + "` is not KEY=VALUE");
        }
        return JsonObject.of("key", text.substring(0, equals), "value", text.substring(equals + 1));
    }

    static List<JsonObject> reserved(List<JsonObject> resources, List<JsonObject> stack) {
        var made = new ArrayList<JsonObject>();
        for (JsonObject resource : resources) {
            var fields = new LinkedHashMap<>(resource.fields());
            fields.put("reservations", stack);
            made.add(new JsonObject(fields));
        }
        return made;
    }

    /**
     * The call of an operator that changes what is free on an agent.
     *
     * @param list how the call names the resources
     */
    static JsonObject call(String type, String list, String agent, List<JsonObject> resources) {
        return JsonObject.of(
                "type",
                type,
                type.toLowerCase(Locale.ROOT),
                JsonObject.of("agent_id", JsonObject.of("value", agent), list, resources));
    }
}
