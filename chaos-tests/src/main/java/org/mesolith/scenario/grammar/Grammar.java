package org.mesolith.scenario.grammar;

import static org.mesolith.scenario.grammar.Form.may;
import static org.mesolith.scenario.grammar.Form.need;
import static org.mesolith.scenario.grammar.Form.only;
import static org.mesolith.scenario.grammar.Kinds.COUNT;
import static org.mesolith.scenario.grammar.Kinds.DURATION;
import static org.mesolith.scenario.grammar.Kinds.OUTCOME;
import static org.mesolith.scenario.grammar.Kinds.RESOURCES;
import static org.mesolith.scenario.grammar.Kinds.TEXT;
import static org.mesolith.scenario.grammar.Kinds.TEXTS;
import static org.mesolith.scenario.grammar.Kinds.TRUTH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The table of steps: which there are at which level, and what each may say. */
public final class Grammar {
    private static final Map<Level, SortedMap<String, Form>> STEPS = new EnumMap<>(Level.class);
    private static final List<Level> ALLOCATOR = List.of(Level.ALLOCATOR);
    private static final List<Level> MASTER = List.of(Level.MASTER);
    private static final List<Level> BOTH = List.of(Level.ALLOCATOR, Level.MASTER);
    private static final List<Level> SORTER = List.of(Level.SORTER);

    /** Framework and names of agents. */
    public static final Kind<SortedMap<String, List<String>>> AGENTS_OF = Kinds.TEXTS_BY_NAME;

    /** Alternatives of offers. */
    public static final Kind<
                    List<SortedMap<String, SortedMap<String, SortedMap<String, org.mesolith.model.Resources>>>>>
            OFFERS_ONE_OF = Kinds.list(Kinds.OFFERS);

    /** Names of machines by window. */
    public static final Kind<List<List<String>>> NAMES_IN_WINDOWS = Kinds.list(TEXTS);

    /** Views of tasks by name. */
    public static final Kind<SortedMap<String, String>> TASK_VIEWS = Kinds.map(WordKinds.TASK_VIEW);

    /** Views of frameworks by name. */
    public static final Kind<SortedMap<String, String>> FRAMEWORK_VIEWS = Kinds.map(WordKinds.FRAMEWORK_VIEW);

    /** Shares by role. */
    public static final Kind<SortedMap<String, List<Double>>> SHARES = Kinds.map(WordKinds.SHARE);

    static {
        for (var level : Level.values()) {
            STEPS.put(level, new TreeMap<>());
        }
        agents();
        frameworks();
        pool();
        schedulerCalls();
        agentsAndLeader();
        operatorCalls();
        sorter();
        expectations();
        expectationsOfLeader();
    }

    private Grammar() {}

    /** The steps of a level by name. */
    public static SortedMap<String, Form> steps(Level level) {
        return Collections.unmodifiableSortedMap(STEPS.getOrDefault(level, new TreeMap<>()));
    }

    private static void step(List<Level> levels, String name, Form form) {
        levels.forEach(
                level -> STEPS.computeIfAbsent(level, l -> new TreeMap<>()).put(name, form));
    }

    private static void step(List<Level> levels, String name, Form.Field... fields) {
        step(levels, name, Form.of(fields));
    }

    private static void agents() {
        step(
                BOTH,
                "add-agent",
                need("id", TEXT),
                need("resources", RESOURCES),
                may("hostname", TEXT),
                may("attributes", Kinds.ATTRIBUTES),
                may("capabilities", Kinds.AGENT_CAPABILITIES),
                may("region", TEXT),
                may("zone", TEXT),
                may("used", Kinds.USE),
                may("unavailability", PartKinds.UNAVAILABILITY),
                may("expect", OUTCOME));
        step(
                BOTH,
                "update-agent",
                need("agent", TEXT),
                may("resources", RESOURCES),
                may("attributes", Kinds.ATTRIBUTES),
                may("capabilities", Kinds.AGENT_CAPABILITIES));
        step(ALLOCATOR, "grow-agent", need("agent", TEXT), need("resources", RESOURCES), may("used", Kinds.USE));
        step(BOTH, "remove-agent", need("agent", TEXT));
        step(ALLOCATOR, "activate-agent", need("agent", TEXT));
        step(ALLOCATOR, "deactivate-agent", need("agent", TEXT));
        step(ALLOCATOR, "set-whitelist", need("hostnames", WordKinds.HOSTNAMES_OR_ALL));
    }

    private static void frameworks() {
        step(
                BOTH,
                "add-framework",
                need("id", TEXT),
                need("roles", TEXTS),
                may("capabilities", Kinds.FRAMEWORK_CAPABILITIES),
                may("suppressed", TEXTS),
                may("active", TRUTH),
                may("used", Kinds.USE),
                may("min_allocatable", Kinds.MINIMUMS_BY_ROLE),
                may("constraints", PartKinds.CONSTRAINTS),
                may("principal", TEXT),
                may("failover_timeout", DURATION),
                may("expect", OUTCOME));
        step(
                BOTH,
                "update-framework",
                need("framework", TEXT),
                may("roles", TEXTS),
                may("suppressed", TEXTS),
                may("min_allocatable", Kinds.MINIMUMS_BY_ROLE),
                may("constraints", PartKinds.CONSTRAINTS),
                may("capabilities", Kinds.FRAMEWORK_CAPABILITIES),
                may("user", TEXT),
                may("principal", TEXT),
                may("checkpoint", TEXT),
                may("expect", OUTCOME));
        step(ALLOCATOR, "remove-framework", need("framework", TEXT));
        step(ALLOCATOR, "activate-framework", need("framework", TEXT));
        step(ALLOCATOR, "deactivate-framework", need("framework", TEXT));
        step(BOTH, "suppress", need("framework", TEXT), may("roles", TEXTS));
        step(BOTH, "revive", need("framework", TEXT), may("roles", TEXTS));
    }

    private static void pool() {
        step(
                ALLOCATOR,
                "recover",
                need("framework", TEXT),
                need("agent", TEXT),
                need("role", TEXT),
                need("resources", RESOURCES),
                may("filter", Kinds.ANY_DURATION));
        step(ALLOCATOR, "recover-all", need("framework", TEXT), may("filter", Kinds.ANY_DURATION));
        step(
                ALLOCATOR,
                "apply",
                need("framework", TEXT),
                need("agent", TEXT),
                need("role", TEXT),
                need("operations", PartKinds.OPERATIONS));
        step(
                ALLOCATOR,
                "operator-apply",
                need("agent", TEXT),
                need("operations", PartKinds.OPERATIONS),
                may("expect", OUTCOME));
        step(
                ALLOCATOR,
                "set-quota",
                need("role", TEXT),
                may("guarantees", Kinds.QUANTITIES),
                may("limits", Kinds.LIMITS));
        step(ALLOCATOR, "set-weight", need("role", TEXT), need("weight", Kinds.POSITIVE));
        step(
                ALLOCATOR,
                "set-unavailability",
                need("agent", TEXT),
                may("start", Kinds.ANY_DURATION),
                may("duration", Kinds.ANY_DURATION),
                may("none", TRUTH));
        step(
                BOTH,
                "answer-inverse-offer",
                need("framework", TEXT),
                need("agent", TEXT),
                need("status", WordKinds.ANSWER),
                may("filter", Kinds.ANY_DURATION));
        step(BOTH, "advance-clock", only(DURATION));
        step(ALLOCATOR, "run-allocation", only(Kinds.NOW));
    }

    private static void schedulerCalls() {
        step(
                MASTER,
                "accept",
                need("framework", TEXT),
                need("operations", PartKinds.OPERATIONS),
                may("agent", TEXT),
                may("agents", TEXTS),
                may("role", TEXT),
                may("filter", Kinds.ANY_DURATION),
                may("duplicate", TRUTH));
        step(
                MASTER,
                "decline",
                need("framework", TEXT),
                may("agent", TEXT),
                may("agents", TEXTS),
                may("role", TEXT),
                may("filter", Kinds.ANY_DURATION));
        step(MASTER, "kill", need("framework", TEXT), need("task", TEXT), may("agent", TEXT));
        step(MASTER, "acknowledge", need("framework", TEXT), need("task", TEXT));
        step(MASTER, "reconcile", need("framework", TEXT), may("tasks", PartKinds.ASKED_TASKS));
        step(MASTER, "teardown", need("framework", TEXT));
        step(MASTER, "disconnect-framework", need("framework", TEXT));
        step(MASTER, "reconnect-framework", need("framework", TEXT), may("suppressed", TEXTS));
    }

    private static void agentsAndLeader() {
        step(
                MASTER,
                "status",
                need("task", TEXT),
                need("state", WordKinds.TASK_STATE),
                may("reason", WordKinds.REASON),
                may("source", WordKinds.SOURCE));
        step(MASTER, "executor-ended", need("agent", TEXT), need("executor", TEXT));
        step(MASTER, "disconnect-agent", need("agent", TEXT));
        step(MASTER, "reconnect-agent", need("agent", TEXT), may("expect", OUTCOME));
        step(MASTER, "restart-agent", need("agent", TEXT), need("resources", RESOURCES), need("expect", OUTCOME));
        step(MASTER, "silence-agent", need("agent", TEXT));
        step(MASTER, "lose-agent", need("agent", TEXT));
        step(MASTER, "failover-master", only(Kinds.NOW));
    }

    private static void operatorCalls() {
        for (var name : List.of("operator-reserve", "operator-unreserve", "operator-create", "operator-destroy")) {
            operator(name, need("agent", TEXT), need("resources", RESOURCES));
        }
        operator("update-quota", need("configs", PartKinds.QUOTA_CONFIGS), may("force", TRUTH));
        operator("update-weights", need("weights", Kinds.TEXT_BY_NAME));
        operator("schedule-maintenance", need("windows", PartKinds.WINDOWS));
        operator("start-maintenance", need("machines", TEXTS));
        operator("stop-maintenance", need("machines", TEXTS));
        operator("drain-agent", need("agent", TEXT), may("mark_gone", TRUTH));
        operator("deactivate-agent", need("agent", TEXT));
        operator("reactivate-agent", need("agent", TEXT));
        operator("mark-agent-gone", need("agent", TEXT));
    }

    private static void operator(String name, Form.Field... fields) {
        var all = new ArrayList<>(Arrays.asList(fields));
        all.add(may("expect", OUTCOME));
        all.add(may("principal", TEXT));
        step(MASTER, name, all.toArray(Form.Field[]::new));
    }

    private static void sorter() {
        var client = need("client", TEXT);
        step(SORTER, "add-client", client, may("active", TRUTH), may("allocated", RESOURCES));
        step(SORTER, "remove-client", client);
        step(SORTER, "activate", client);
        step(SORTER, "deactivate", client);
        step(SORTER, "set-weight", client, need("weight", Kinds.POSITIVE));
        step(SORTER, "allocated", client, need("resources", RESOURCES), may("agent", TEXT));
        step(SORTER, "unallocated", client, need("resources", RESOURCES), may("agent", TEXT));
        step(SORTER, "update-allocation", client, need("from", RESOURCES), need("to", RESOURCES), may("agent", TEXT));
        step(SORTER, "set-total", need("total", RESOURCES), may("agent", TEXT));
        step(SORTER, "remove-agent", need("agent", TEXT));
        step(SORTER, "expect-order", only(TEXTS));
        step(SORTER, "expect-members", only(TEXTS));
        step(SORTER, "expect-clients", may("count", COUNT), may("present", TEXTS), may("absent", TEXTS));
        step(
                SORTER,
                "expect-allocation",
                may("client", TEXT),
                may("agent", TEXT),
                may("resources", RESOURCES),
                may("quantities", Kinds.QUANTITIES),
                may("agents", COUNT));
    }

    private static void expectations() {
        step(BOTH, "expect-offers", only(Kinds.OFFERS));
        step(BOTH, "expect-offers-one-of", only(OFFERS_ONE_OF));
        step(BOTH, "expect-offer-totals", only(Kinds.USE));
        step(BOTH, "expect-no-offers", only(Kinds.ALL));
        step(BOTH, "expect-inverse-offers", only(AGENTS_OF));
        step(BOTH, "expect-no-inverse-offers", only(Kinds.ALL));
        step(BOTH, "expect-inverse-rescinded", only(AGENTS_OF));
        step(BOTH, "expect-available", only(Kinds.RESOURCES_BY_NAME));
        step(BOTH, "expect-agent-total", only(Kinds.RESOURCES_BY_NAME));
        step(BOTH, "expect-totals", may("total", Kinds.QUANTITIES), may("allocated", Kinds.QUANTITIES));
        step(BOTH, "expect-quota", only(PartKinds.QUOTA_VIEWS));
        step(BOTH, "expect-weights", only(Kinds.NUMBERS));
        step(BOTH, "expect-shares", only(SHARES));
        step(BOTH, "expect-filters", only(Kinds.COUNTS));
        step(BOTH, "expect-allocation-runs", only(COUNT));
    }

    private static void expectationsOfLeader() {
        step(BOTH, "expect-rescinded", only(AGENTS_OF));
        step(BOTH, "expect-no-rescinds", only(Kinds.ALL));
        step(BOTH, "expect-rescind-count", need("framework", TEXT), may("min", COUNT), may("max", COUNT));
        step(MASTER, "expect-updates", only(PartKinds.UPDATES));
        step(MASTER, "expect-updates-include", only(PartKinds.UPDATES));
        step(MASTER, "expect-no-updates", only(Kinds.ALL));
        step(MASTER, "expect-tasks", only(TASK_VIEWS));
        step(MASTER, "expect-frameworks", only(FRAMEWORK_VIEWS));
        step(MASTER, "expect-agents", only(PartKinds.AGENT_VIEWS));
        step(
                MASTER,
                "expect-maintenance",
                may("draining", TEXTS),
                may("down", TEXTS),
                may("windows", NAMES_IN_WINDOWS),
                may("answers", PartKinds.ANSWERS));
    }
}
