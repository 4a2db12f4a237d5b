package org.mesolith.scenario.pool;

import static org.mesolith.scenario.grammar.Kinds.TEXT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.allocator.ConstraintFilter;
import org.mesolith.base.Check;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.MismatchException;
import org.mesolith.scenario.grammar.PartKinds;

/** Steps about frameworks. */
final class PoolFrameworks {
    private static final Duration REFUSAL_MAX = Duration.ofDays(365);
    private static final Duration REFUSAL_DEFAULT = Duration.ofSeconds(5);

    private final Pool pool;

    PoolFrameworks(Pool pool) {
        this.pool = pool;
    }

    /** Whether it is active, so that a run follows. */
    boolean add(Fields given) {
        var name = given.get("id", TEXT);
        Check.that(!pool.frameworks.containsKey(name), "framework " + name + " is added once");
        var framework = new Wisher(new FrameworkId(name));
        framework.roles.addAll(given.get("roles", Kinds.TEXTS));
        framework.suppressed.addAll(given.get("suppressed", Kinds.TEXTS, List.of()));
        framework.minAllocatable.putAll(given.get("min_allocatable", Kinds.MINIMUMS_BY_ROLE, new TreeMap<>()));
        framework.constraints = ConstraintFilter.of(given.get("constraints", PartKinds.CONSTRAINTS, new TreeMap<>()));
        framework.capabilities = capabilities(given);
        framework.active = given.get("active", Kinds.TRUTH, true);
        pool.frameworks.put(name, framework);
        given.get("used", Kinds.USE, new TreeMap<>())
                .forEach((agent, byRole) -> byRole.forEach((role, resources) -> {
                    var machine = pool.agents.get(agent);
                    if (machine != null) {
                        machine.hold(name, role, resources);
                        pool.count(role, name);
                    }
                }));
        return framework.active;
    }

    private static List<FrameworkCapability> capabilities(Fields given) {
        var all = new ArrayList<>(given.get("capabilities", Kinds.FRAMEWORK_CAPABILITIES, List.of()));
        if (!all.contains(FrameworkCapability.MULTI_ROLE)) {
            all.add(FrameworkCapability.MULTI_ROLE);
        }
        return all;
    }

    void update(Fields given) {
        var framework = pool.framework(given.get("framework", TEXT));
        var left = new TreeSet<>(framework.roles);
        var rolesNow = given.find("roles", Kinds.TEXTS);
        if (rolesNow != null) {
            framework.roles.clear();
            framework.roles.addAll(rolesNow);
        }
        left.removeAll(framework.roles);
        var unsuppressed = new TreeSet<>(framework.suppressed);
        framework.suppressed.retainAll(framework.roles);
        var suppressedNow = given.find("suppressed", Kinds.TEXTS);
        if (suppressedNow != null) {
            framework.suppressed.clear();
            framework.suppressed.addAll(suppressedNow);
        }
        unsuppressed.removeAll(framework.suppressed);
        left.addAll(unsuppressed);
        pool.filters.clear(framework.id, left);
        var minimums = given.find("min_allocatable", Kinds.MINIMUMS_BY_ROLE);
        if (minimums != null) {
            framework.minAllocatable.clear();
            framework.minAllocatable.putAll(minimums);
        }
        var constraints = given.find("constraints", PartKinds.CONSTRAINTS);
        if (constraints != null) {
            framework.constraints = ConstraintFilter.of(constraints);
        }
        if (given.has("capabilities")) {
            framework.capabilities = capabilities(given);
        }
    }

    void remove(String name) {
        var framework = pool.framework(name);
        pool.frameworks.remove(name);
        pool.agents.values().forEach(agent -> agent.held().remove(name));
        pool.filters.clear(framework.id);
        pool.inverse.forget(framework.id);
        framework.roles.forEach(role -> pool.grants.forget(role, framework.id));
    }

    void deactivate(String name) {
        var framework = pool.framework(name);
        framework.active = false;
        pool.filters.clear(framework.id);
        pool.inverse.forget(framework.id);
    }

    void suppress(Fields given) {
        var framework = pool.framework(given.get("framework", TEXT));
        framework.suppressed.addAll(roles(given, framework));
    }

    void revive(Fields given) {
        var framework = pool.framework(given.get("framework", TEXT));
        var roles = roles(given, framework);
        framework.suppressed.removeAll(roles);
        pool.filters.clear(framework.id, roles);
        pool.inverse.revive(framework.id);
    }

    private static Collection<String> roles(Fields given, Wisher framework) {
        return given.get("roles", Kinds.TEXTS, List.copyOf(framework.roles));
    }

    void recoverAll(Fields given) {
        var name = given.get("framework", TEXT);
        for (var agent : List.copyOf(pool.agents.keySet())) {
            new TreeMap<>(pool.agent(agent).held().getOrDefault(name, new TreeMap<>()))
                    .forEach((role, resources) -> recover(name, agent, role, resources, given));
        }
    }

    void recover(String name, String agent, String role, Resources resources, Fields given) {
        var framework = pool.framework(name);
        var machine = pool.agent(agent);
        var held = machine.held(name, role);
        if (!held.contains(resources)) {
            throw new MismatchException(name + " to hold " + resources + " on " + agent, held);
        }
        machine.hold(name, role, held.minus(resources));
        pool.filters.add(framework.id, role, machine.id(), resources, refusal(given, Duration.ZERO));
    }

    /** The refusal of a step within Mesos' bounds. */
    static Duration refusal(Fields given, Duration otherwise) {
        var asked = given.get("filter", Kinds.ANY_DURATION, otherwise);
        if (asked.isNegative()) {
            return REFUSAL_DEFAULT;
        }
        return asked.compareTo(REFUSAL_MAX) > 0 ? REFUSAL_MAX : asked;
    }
}
