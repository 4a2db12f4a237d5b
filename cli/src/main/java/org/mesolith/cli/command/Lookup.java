package org.mesolith.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.console.Similar;

/**
 * Finds one agent or task by the id that an operator types: the whole id, or an ending or beginning that only one has;
 * an agent by its host name too. Who mistypes is told what is spelt alike.
 */
public final class Lookup {

    /** The lists of GET_TASKS, the active ones first. */
    public static final List<String> TASK_LISTS = List.of("tasks", "unreachable_tasks", "completed_tasks");

    private final Operator operator;

    /** Looks things up through this API. */
    public Lookup(Operator operator) {
        this.operator = operator;
    }

    /** The agent with this id. Fails with {@link ExitCode#NOT_FOUND}, or when several match. */
    public JsonObject agent(String id) {
        var found = new ArrayList<JsonObject>();
        var known = new Known();
        Consumer<JsonObject> collect = agent -> {
            String host = agent.text("agent_info.hostname");
            known.add(host);
            if (!id.isEmpty() && host.equalsIgnoreCase(id)) {
                found.add(agent);
            } else {
                keepBest(found, agent, known.add(agent.text("agent_info.id.value")), id);
            }
        };
        operator.rows(
                "GET_AGENTS",
                "get_agents",
                Map.of(
                        "agents",
                        collect,
                        "recovered_agents",
                        recovered -> collect.accept(
                                recovered.has("agent_info")
                                        ? recovered
                                        : JsonObject.of("agent_info", recovered, "recovered", true))));
        return only(found, known, "agent", id, "agent_info.id.value", "meso agent ls");
    }

    /** The framework with this id, or with this name when it is the only one. */
    public JsonObject framework(String idOrName) {
        var found = new ArrayList<JsonObject>();
        var known = new Known();
        operator.rows("GET_FRAMEWORKS", "get_frameworks", Map.of("frameworks", framework -> {
            known.add(framework.text("framework_info.name"));
            if (framework.text("framework_info.name").equals(idOrName)) {
                found.add(framework);
            } else {
                keepBest(found, framework, known.add(framework.text("framework_info.id.value")), idOrName);
            }
        }));
        return only(found, known, "framework", idOrName, "framework_info.id.value", "meso framework ls");
    }

    /** The task with this id; the framework may be empty where the id alone is clear. */
    public JsonObject task(String id, String frameworkId) {
        var known = new Known();
        for (String list : TASK_LISTS) {
            var found = new ArrayList<JsonObject>();
            operator.rows("GET_TASKS", "get_tasks", Map.of(list, task -> {
                if (frameworkId.isEmpty() || task.text("framework_id.value").equals(frameworkId)) {
                    keepBest(found, task, known.add(task.text("task_id.value")), id);
                }
            }));
            if (!found.isEmpty()) {
                return only(found, known, "task", id, "framework_id.value", "meso task ls --all");
            }
        }
        return only(List.of(), known, "task", id, "", "meso task ls --all");
    }

    /** Where an agent's HTTP door is: from its {@code pid} ({@code slave(1)@ip:port}), else host name and port. */
    public static HostPort address(JsonObject agent) {
        String pid = agent.text("pid");
        int at = pid.indexOf('@');
        if (at >= 0) {
            return HostPort.parse(pid.substring(at + 1));
        }
        return new HostPort(agent.text("agent_info.hostname"), (int) agent.whole("agent_info.port", 5051));
    }

    /** What there is, for who mistyped: bounded, because a cluster may have a million of them. */
    private static final class Known {
        private static final int MAX = 20_000;

        private final List<String> names = new ArrayList<>();

        String add(String name) {
            if (names.size() < MAX) {
                names.add(name);
            }
            return name;
        }
    }

    /** Host names of all agents by id. */
    public Map<String, String> hostnames() {
        var names = new LinkedHashMap<String, String>();
        operator.rows(
                "GET_AGENTS",
                "get_agents",
                Map.of(
                        "agents",
                        agent -> names.put(agent.text("agent_info.id.value"), agent.text("agent_info.hostname"))));
        return names;
    }

    /** An exact match stands alone; otherwise all that begin or end with what was typed. */
    private static void keepBest(List<JsonObject> found, JsonObject candidate, String candidateId, String asTyped) {
        // Copied from a table that was cut to fit.
        String typed = asTyped.replace("…", "");
        if (candidateId.equals(typed) || candidateId.startsWith(typed) || candidateId.endsWith(typed)) {
            found.add(candidate);
        }
        if (found.size() > 1_000) {
            throw new Failure(ExitCode.USAGE, "more than 1,000 ids match `" + typed + "`; give the whole id");
        }
    }

    private static JsonObject only(
            List<JsonObject> found, Known known, String kind, String typed, String shownPath, String hint) {
        var idPath = switch (kind) {
            case "agent" -> "agent_info.id.value";
            case "framework" -> "framework_info.id.value";
            default -> "task_id.value";
        };
        List<JsonObject> exact =
                found.stream().filter(one -> one.text(idPath).equals(typed)).toList();
        List<JsonObject> candidates = exact.isEmpty() ? found : exact;
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        if (candidates.isEmpty()) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "no " + kind + " with the id `" + typed + "`" + Similar.hint(typed, known.names) + "; `" + hint
                            + "` lists them");
        }
        boolean isOneId =
                candidates.stream().map(one -> one.text(idPath)).distinct().count() == 1;
        var some = candidates.stream()
                .limit(5)
                .map(one -> one.text(isOneId ? shownPath : idPath))
                .toList();
        throw new Failure(
                ExitCode.USAGE,
                candidates.size() + " " + kind + "s match `" + typed + "` (" + String.join(", ", some)
                        + (isOneId ? "); name the framework with --framework" : "); give the whole id"));
    }
}
