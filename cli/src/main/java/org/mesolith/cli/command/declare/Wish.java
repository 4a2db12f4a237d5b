package org.mesolith.cli.command.declare;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.console.Similar;

/** A declaration with the names of the cluster in it. */
final class Wish {
    private static final String OBJECTS = "/declarations/objects";

    private static final int NAMED_MAX = 5;

    private Wish() {}

    /**
     * As {@code /declarations/plan} takes it.
     *
     * @param remarks where odd names are told that are no errors
     */
    static JsonObject of(DeclarationFile file, Operator operator, PrintStream remarks) {
        JsonObject objects = operator.page(OBJECTS);
        var reservations = new ArrayList<JsonObject>();
        for (int at = 0; at < file.reservations().size(); at++) {
            var fields = new LinkedHashMap<>(file.reservations().get(at).fields());
            fields.put("agent", agent(file.agents().get(at), objects.objects("agents")));
            reservations.add(new JsonObject(fields));
        }
        odd(file, objects, remarks);
        return JsonObject.of(
                "name",
                file.name(),
                "weights",
                file.weights(),
                "reservations",
                reservations,
                "quotas",
                file.quotas(),
                "windows",
                file.windows());
    }

    /** Its id; a host name where only one agent has it. */
    private static String agent(DeclarationFile.Named named, List<JsonObject> agents) {
        var byHost = new TreeMap<String, List<String>>();
        var names = new TreeSet<String>();
        for (JsonObject agent : agents) {
            String id = agent.text("id");
            if (id.equals(named.name())) {
                return id;
            }
            names.add(id);
            names.add(agent.text("host"));
            byHost.computeIfAbsent(agent.text("host"), host -> new ArrayList<>())
                    .add(id);
        }
        List<String> ids = byHost.getOrDefault(named.name(), List.of());
        if (ids.size() == 1) {
            return ids.getFirst();
        }
        if (ids.isEmpty()) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    named.place() + ": no agent has the id or the host name `" + named.name() + "`"
                            + Similar.hint(named.name(), names)
                            + "; nothing was changed; `meso agent ls` lists the agents");
        }
        throw new Failure(
                ExitCode.NOT_FOUND,
                named.place() + ": " + ids.size() + " agents have the host name `" + named.name()
                        + "`; write the id of the one that is meant: "
                        + String.join(", ", ids.subList(0, Math.min(NAMED_MAX, ids.size())))
                        + (ids.size() > NAMED_MAX ? ", …" : "") + "; nothing was changed");
    }

    /** A role may be new, so an unknown one is no error; one that looks like a known one is worth a word. */
    private static void odd(DeclarationFile file, JsonObject objects, PrintStream remarks) {
        List<String> known = objects.texts("roles");
        var named = new TreeMap<String, DeclarationFile.Named>();
        file.roles().forEach(role -> named.putIfAbsent(role.name(), role));
        for (var role : named.values()) {
            List<String> near = known.contains(role.name()) ? List.of() : Similar.to(role.name(), known);
            if (!near.isEmpty() && !named.keySet().containsAll(near)) {
                remarks.println(
                        "note: " + role.place() + ": the role `" + role.name() + "` is new" + Similar.hint(near));
            }
        }
    }
}
