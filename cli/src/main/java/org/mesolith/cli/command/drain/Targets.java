package org.mesolith.cli.command.drain;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.command.WhenText;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.console.Similar;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which agents are to be emptied, and how. */
final class Targets {
    @Parameters(paramLabel = "AGENT", arity = "0..*", description = "Id or host name, or a part only it begins with.")
    private List<String> names = List.of();

    @Option(names = "--zone", paramLabel = "ZONE", description = "All agents of this zone, instead of AGENT.")
    private @Nullable String zone;

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "All agents with this attribute, instead of AGENT; may be repeated, then with all of them.")
    private List<String> attributes = List.of();

    @Option(
            names = "--max-unavailable",
            paramLabel = "N",
            defaultValue = "1",
            description = "Agents that are emptied at a time, never of two zones (default: ${DEFAULT-VALUE}).")
    private int maxUnavailable = 1;

    @Option(
            names = "--grace",
            paramLabel = "SPAN",
            description = "Longest time a task gets to end by itself, `30s` (default: what each asks for).")
    private @Nullable String grace;

    @Option(
            names = "--deadline",
            paramLabel = "WHEN",
            description = "No batch begins after it: `in 4h`, `tomorrow 06:00`, … (default: none).")
    private @Nullable String deadline;

    /** The body of the call, with the agents that are meant. */
    JsonObject body(Operator operator) {
        if (maxUnavailable < 1) {
            throw new Failure(ExitCode.USAGE, "--max-unavailable is " + maxUnavailable + "; give 1 or more");
        }
        var fields = new LinkedHashMap<String, @Nullable Object>();
        Duration span = grace == null ? null : SpanText.read("--grace", grace);
        Instant now = Instant.now();
        Instant end =
                deadline == null ? null : WhenText.read("--deadline", deadline, now.atZone(ZoneId.systemDefault()));
        if (end != null && !end.isAfter(now)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--deadline is " + WhenText.shown(end, ZoneId.systemDefault()) + ", which is over already");
        }
        fields.put("agents", ids(operator));
        fields.put("max_unavailable", maxUnavailable);
        if (span != null) {
            fields.put("grace_seconds", span.toSeconds());
        }
        if (end != null) {
            fields.put("deadline", end.toString());
        }
        return new JsonObject(fields);
    }

    private List<String> ids(Operator operator) {
        if (names.isEmpty() == (zone == null && attributes.isEmpty())) {
            throw new Failure(
                    ExitCode.USAGE, "say which agents: AGENT…, or --zone and --attribute, and not both of these ways");
        }
        var agents = agents(operator);
        var ids = new LinkedHashSet<String>();
        if (names.isEmpty()) {
            agents.stream().filter(this::fits).map(Targets::id).forEach(ids::add);
            if (ids.isEmpty()) {
                throw new Failure(
                        ExitCode.NOT_FOUND, "no agent is " + wanted() + "; nothing was changed" + known(agents));
            }
        }
        for (String name : names) {
            ids.add(id(one(agents, name)));
        }
        return List.copyOf(ids);
    }

    private static List<JsonObject> agents(Operator operator) {
        var agents = new ArrayList<JsonObject>();
        Consumer<JsonObject> add = agents::add;
        operator.rows(
                "GET_AGENTS",
                "get_agents",
                Map.of(
                        "agents",
                        add,
                        "recovered_agents",
                        recovered -> add.accept(
                                recovered.has("agent_info") ? recovered : JsonObject.of("agent_info", recovered))));
        return agents;
    }

    private static JsonObject one(List<JsonObject> agents, String name) {
        List<JsonObject> found =
                agents.stream().filter(agent -> id(agent).equals(name)).toList();
        if (found.isEmpty()) {
            found = agents.stream()
                    .filter(agent -> host(agent).equalsIgnoreCase(name))
                    .toList();
        }
        if (found.isEmpty()) {
            found = agents.stream()
                    .filter(agent -> id(agent).startsWith(name) || id(agent).endsWith(name))
                    .toList();
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            List<String> valid = agents.stream()
                    .flatMap(agent -> Stream.of(id(agent), host(agent)))
                    .toList();
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "no agent has the id or host name `" + name + "`" + Similar.hint(name, valid)
                            + "; nothing was changed; `meso agent ls` lists them");
        }
        throw new Failure(
                ExitCode.USAGE,
                found.size() + " agents match `" + name + "` ("
                        + String.join(
                                ", ", found.stream().limit(5).map(Targets::id).toList())
                        + "); nothing was changed; give the whole id");
    }

    private boolean fits(JsonObject agent) {
        return (zone == null || zone(agent).equals(zone)) && attributes.stream().allMatch(wanted -> has(agent, wanted));
    }

    private static boolean has(JsonObject agent, String wanted) {
        int equals = wanted.indexOf('=');
        if (equals <= 0) {
            throw new Failure(ExitCode.USAGE, "--attribute is `" + wanted + "`; write it as NAME=VALUE");
        }
        for (JsonObject attribute : agent.objects("agent_info.attributes")) {
            String text = attribute.has("text") ? attribute.text("text.value") : attribute.text("scalar.value");
            if (attribute.text("name").equals(wanted.substring(0, equals))
                    && text.equals(wanted.substring(equals + 1))) {
                return true;
            }
        }
        return false;
    }

    private String wanted() {
        var wanted = new ArrayList<String>();
        if (zone != null) {
            wanted.add("in zone `" + zone + "`");
        }
        attributes.forEach(one -> wanted.add("one with the attribute `" + one + "`"));
        return String.join(" and ", wanted);
    }

    private String known(List<JsonObject> agents) {
        if (zone == null) {
            return "; `meso agent show AGENT` shows the attributes of one";
        }
        List<String> zones = agents.stream()
                .map(Targets::zone)
                .filter(one -> !one.isEmpty())
                .distinct()
                .sorted()
                .toList();
        return zones.isEmpty()
                ? "; no agent says its zone"
                : Similar.hint(zone, zones) + "; there are the zones " + String.join(", ", zones);
    }

    private static String id(JsonObject agent) {
        return agent.text("agent_info.id.value");
    }

    private static String host(JsonObject agent) {
        return agent.text("agent_info.hostname");
    }

    private static String zone(JsonObject agent) {
        return agent.text("agent_info.domain.fault_domain.zone.name");
    }
}
