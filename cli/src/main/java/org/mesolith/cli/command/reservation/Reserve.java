package org.mesolith.cli.command.reservation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.AmountText;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.command.Roles;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso reserve}. */
@Command(
        description = {
            "Sets aside resources of agents for a role and the roles below it: of the agents that are named, or, with",
            "--agents, of as many as are wanted and have room, which are shown before. All of them or none.",
            "They must be free of tasks and not reserved; offers that hold them are taken back."
        },
        footer = {
            "",
            "Example: meso reserve S0000000001 ads 'cpus:4;mem:8GB' --label purpose=launch",
            "          meso reserve ads 'cpus:4;mem:8GB' --agents 3 --spread zone --owner ann --expires 'in 30d'"
        })
public final class Reserve implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Order order = new Order();

    @Mixin
    private NoteOptions notes = new NoteOptions();

    @Mixin
    private AgentFinder finder = new AgentFinder();

    @Parameters(
            arity = "2..3",
            paramLabel = "[AGENT,…] ROLE AMOUNTS",
            description = {
                "The agents' ids (or a beginning or end that only one has, or host names), but with --agents none;",
                "who may use the resources; and how much on each agent, as cpus:4;mem:8GB;disk:512MB."
            })
    private List<String> words = List.of();

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
        if (words.size() != (finder.isWanted() ? 2 : 3)) {
            throw new Failure(
                    ExitCode.USAGE,
                    finder.isWanted()
                            ? "with --agents name no agent: meso reserve ROLE AMOUNTS --agents N"
                            : "name an agent, a role and amounts; or a role and amounts, and with --agents how many");
        }
        String role = words.get(words.size() - 2);
        List<JsonObject> wanted = AmountText.resources("the amount", words.getLast());
        JsonObject reservation = reservation(role);
        var body = new LinkedHashMap<String, @Nullable Object>(reservation.fields());
        body.remove("type");
        body.put("resources", AmountText.plain("the amount", words.getLast()));
        var written = new LinkedHashMap<String, @Nullable Object>();
        notes.add(written);
        Operator operator = masters.operator(console);
        Roles.remark(console, operator, List.of(role));
        if (finder.isWanted()) {
            var ids = finder.find(console, operator, new JsonObject(body), order);
            return many(operator, ids, body, written);
        }
        var ids = Arrays.stream(words.getFirst().split(",", -1))
                .map(name -> new Lookup(operator).agent(name).text("agent_info.id.value"))
                .toList();
        if (ids.size() > 1 || !written.isEmpty()) {
            return many(operator, ids, body, written);
        }
        String id = ids.getFirst();
        JsonObject call = call("RESERVE_RESOURCES", "resources", id, reserved(wanted, List.of(reservation)));
        order.make(console, operator, call, "reserved on " + id);
        return ExitCode.OK;
    }

    private int many(
            Operator operator,
            List<String> ids,
            Map<String, @Nullable Object> reservation,
            Map<String, @Nullable Object> written) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("agents", ids);
        body.putAll(reservation);
        body.putAll(written);
        var call = new JsonObject(body);
        String done = "reserved on " + String.join(", ", ids);
        if (order.isDryRun()) {
            order.make(console, operator, call, done);
            return ExitCode.OK;
        }
        var _ = operator.order(Booking.PATH, call);
        if (order.isJson()) {
            JsonOutput.print(console.out(), JsonObject.of("call", call, "done", done));
        } else {
            console.err().println(done + ", all at once");
        }
        return ExitCode.OK;
    }

    private JsonObject reservation(String role) {
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
