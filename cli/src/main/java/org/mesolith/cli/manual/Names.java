package org.mesolith.cli.manual;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.ContextFile;
import org.mesolith.cli.client.MasterClient;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Ids and names of the cluster that may stand where somebody presses the completion key: of agents, frameworks, tasks,
 * roles, drain plans, machines, zones. Which of them is told by how the help text calls the argument. At most 200, and
 * a second and a half; none when no master answers.
 */
public final class Names {
    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    private static final int NAMES_MAX = 200;

    private final Operator operator;
    private final TreeSet<String> found = new TreeSet<>();
    private final String typed;

    private Names(Operator operator, String typed) {
        this.operator = operator;
        this.typed = typed;
    }

    /** True when the cluster knows what an option's value may be. */
    static boolean isKnown(ArgSpec argument) {
        return kind(argument) != null;
    }

    private enum Kind {
        AGENT,
        FRAMEWORK,
        TASK,
        ROLE,
        ROLE_WEIGHT,
        PLAN,
        MACHINE,
        WINDOW,
        ZONE,
        CONTEXT
    }

    /**
     * What may stand at the end of a line.
     *
     * @param words behind the command, the last one begun or empty
     */
    public static List<String> of(Console console, String command, CommandSpec spec, List<String> words) {
        String typed = words.isEmpty() ? "" : words.getLast();
        var kind = wanted(command, spec, words);
        if (kind == null || typed.startsWith("-")) {
            return List.of();
        }
        if (kind == Kind.CONTEXT) {
            return contexts(console, typed);
        }
        try {
            var client = new MasterClient(
                    MasterList.find(value(words, "--masters"), value(words, "--context"), console), PATIENCE);
            var names = new Names(new Operator(client), typed);
            names.collect(kind);
            return List.copyOf(names.found);
        } catch (Failure nobody) {
            // Completion is silent: the command itself will say what is wrong.
            return List.of();
        }
    }

    private static List<String> contexts(Console console, String typed) {
        try {
            return ContextFile.read(console).masters().keySet().stream()
                    .filter(name -> name.startsWith(typed))
                    .limit(NAMES_MAX)
                    .toList();
        } catch (Failure unreadable) {
            // Completion is silent: the command itself will say what is wrong.
            return List.of();
        }
    }

    private static String value(List<String> words, String option) {
        int at = words.indexOf(option);
        return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : "";
    }

    private static @Nullable Kind wanted(String command, CommandSpec spec, List<String> words) {
        int positionals = 0;
        ArgSpec pending = null;
        for (String word : words.subList(0, Math.max(0, words.size() - 1))) {
            if (pending != null) {
                pending = null;
            } else if (word.startsWith("-")) {
                var option = spec.findOption(word);
                pending = option != null && option.arity().max() > 0 && word.indexOf('=') < 0 ? option : null;
            } else {
                positionals++;
            }
        }
        if (pending != null) {
            return kind(pending);
        }
        for (var argument : spec.positionalParameters()) {
            if (argument.index().contains(positionals)) {
                var kind = kind(argument);
                boolean isPlanned = kind == Kind.MACHINE && !command.endsWith("schedule");
                return isPlanned ? Kind.WINDOW : kind;
            }
        }
        return null;
    }

    private static @Nullable Kind kind(ArgSpec argument) {
        String option = argument.isOption() ? ((picocli.CommandLine.Model.OptionSpec) argument).longestName() : "";
        return switch (option.isEmpty() ? argument.paramLabel() : option) {
            case "AGENT", "[AGENT,…] ROLE AMOUNTS", "--agent", "--remove-agent", "--drain" -> Kind.AGENT;
            case "FRAMEWORK", "--framework" -> Kind.FRAMEWORK;
            case "TASK" -> Kind.TASK;
            case "ROLE", "--role" -> Kind.ROLE;
            case "ROLE=WEIGHT" -> Kind.ROLE_WEIGHT;
            case "PLAN" -> Kind.PLAN;
            case "MACHINE" -> Kind.MACHINE;
            case "--zone" -> Kind.ZONE;
            case "CONTEXT", "--context" -> Kind.CONTEXT;
            default -> null;
        };
    }

    private void collect(Kind kind) {
        switch (kind) {
            case AGENT -> rows("AGENTS", "agents", "agent_info.id.value", "agent_info.hostname");
            case MACHINE -> rows("AGENTS", "agents", "agent_info.hostname");
            case CONTEXT -> {}
            case ZONE -> rows("AGENTS", "agents", "agent_info.domain.fault_domain.zone.name");
            case FRAMEWORK -> rows("FRAMEWORKS", "frameworks", "framework_info.id.value", "framework_info.name");
            case TASK -> rows("TASKS", "tasks", "task_id.value");
            case ROLE -> rows("ROLES", "roles", "name");
            case ROLE_WEIGHT -> {
                rows("ROLES", "roles", "name");
                var roles = new ArrayList<>(found);
                found.clear();
                roles.forEach(role -> found.add(role + "="));
            }
            case PLAN -> operator.page("/drain").objects("plans").forEach(plan -> add(plan.text("id")));
            case WINDOW ->
                operator.get("GET_MAINTENANCE_SCHEDULE").objects("get_maintenance_schedule.schedule.windows").stream()
                        .flatMap(window -> window.objects("machine_ids").stream())
                        .forEach(machine -> {
                            add(machine.text("hostname"));
                            add(machine.text("ip"));
                        });
        }
    }

    private void rows(String what, String list, String... paths) {
        operator.rows("GET_" + what, "get_" + list, Map.of(list, row -> {
            for (String path : paths) {
                add(row.text(path));
            }
        }));
    }

    private void add(String name) {
        if (!name.isEmpty() && name.startsWith(typed) && found.size() < NAMES_MAX) {
            found.add(name);
        }
    }
}
