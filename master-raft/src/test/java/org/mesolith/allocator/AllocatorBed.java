package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;
import org.mesolith.model.Roles;

/** A cluster on paper: what was given stays given until it is given back. */
final class AllocatorBed {
    private static final class Agent {
        AgentInfo info;
        Resources total;
        Resources held = Resources.EMPTY;

        Agent(AgentInfo info) {
            this.info = info;
            this.total = info.resources();
        }
    }

    private static final class Framework {
        boolean active = true;
        List<FrameworkCapability> capabilities = List.of(FrameworkCapability.MULTI_ROLE);
        final SortedMap<String, RoleDemand.State> roles = new TreeMap<>();
        final SortedMap<String, Quantities> held = new TreeMap<>();
        final SortedMap<String, SortedMap<AgentId, List<Resources>>> refused = new TreeMap<>();
    }

    private final SortedMap<AgentId, Agent> agents = new TreeMap<>();
    private final SortedMap<FrameworkId, Framework> frameworks = new TreeMap<>();
    private final SortedMap<String, Double> weights = new TreeMap<>();
    private final GrantCounts grants = new GrantCounts();
    private AllocatorRules rules =
            new AllocatorRules(List.of(Quantities.of("cpus", 10), Quantities.of("mem", 32_000)), List.of(), true, null);
    private long seed = 1;

    AllocatorBed seed(long value) {
        seed = value;
        return this;
    }

    AllocatorBed rules(AllocatorRules value) {
        rules = value;
        return this;
    }

    AllocatorBed agent(String id, String resources, AgentCapability... capabilities) {
        return agent(id, resources, null, capabilities);
    }

    AllocatorBed agent(
            String id,
            String resources,
            @org.jspecify.annotations.Nullable FaultDomain domain,
            AgentCapability... capabilities) {
        var can = capabilities.length > 0
                ? List.of(capabilities)
                : List.of(AgentCapability.MULTI_ROLE, AgentCapability.HIERARCHICAL_ROLE);
        var info = new AgentInfo(id, 5051, Resources.parse(resources), List.of(), domain, can, "1.11.0");
        agents.put(new AgentId(id), new Agent(info));
        return this;
    }

    AllocatorBed framework(String id, String... roles) {
        var framework = frameworks.computeIfAbsent(new FrameworkId(id), f -> new Framework());
        for (var role : roles) {
            framework.roles.put(role, RoleDemand.State.WANTED);
        }
        return this;
    }

    AllocatorBed can(String id, FrameworkCapability... capabilities) {
        of(id).capabilities = List.of(capabilities);
        return this;
    }

    AllocatorBed state(String id, String role, RoleDemand.State state) {
        of(id).roles.put(role, state);
        return this;
    }

    AllocatorBed active(String id, boolean yes) {
        of(id).active = yes;
        return this;
    }

    AllocatorBed weight(String role, double weight) {
        weights.put(role, weight);
        return this;
    }

    AllocatorBed refuse(String id, String role, String agent, String resources) {
        of(id).refused
                .computeIfAbsent(role, r -> new TreeMap<>())
                .computeIfAbsent(new AgentId(agent), a -> new ArrayList<>())
                .add(Resources.parse(resources));
        return this;
    }

    /** A round over these agents (all if none is named); what it gives is kept. */
    List<String> run(String... over) {
        var given = new ArrayList<String>();
        for (var allocation : allocate(over)) {
            keep(allocation);
            given.add(allocation.framework() + " " + allocation.role() + " " + allocation.agent() + " "
                    + allocation.resources());
        }
        given.sort(null);
        return given;
    }

    List<Allocation> allocate(String... over) {
        return Allocator.allocate(input(over));
    }

    AllocationInput input(String... over) {
        var supplies = new ArrayList<AgentSupply>();
        var total = Quantities.NONE;
        for (var entry : agents.entrySet()) {
            var agent = entry.getValue();
            total = total.plus(agent.total.scalarQuantities());
            if (over.length == 0 || List.of(over).contains(entry.getKey().value())) {
                supplies.add(new AgentSupply(entry.getKey(), agent.info, agent.total, agent.total.minus(agent.held)));
            }
        }
        var roles = new TreeSet<String>();
        frameworks.values().forEach(framework -> roles.addAll(framework.roles.keySet()));
        grants.shape(roles);
        return new AllocationInput(seed, total, supplies, demands(), weights, grants, rules);
    }

    void keep(Allocation allocation) {
        grants.add(allocation.role(), allocation.framework());
        held(allocation, allocation.resources(), Resources.EMPTY);
    }

    /** The framework gives everything back. */
    AllocatorBed giveBack(String id) {
        var framework = of(id);
        framework.held.clear();
        agents.values().forEach(agent -> agent.held = Resources.EMPTY);
        return this;
    }

    private void held(Allocation allocation, Resources more, Resources less) {
        var agent = agents.get(allocation.agent());
        if (agent != null) {
            agent.held = agent.held.plus(more).minus(less);
        }
        of(allocation.framework().value()).held.merge(allocation.role(), more.scalarQuantities(), Quantities::plus);
    }

    private List<FrameworkDemand> demands() {
        var demands = new ArrayList<FrameworkDemand>();
        for (Map.Entry<FrameworkId, Framework> entry : frameworks.entrySet()) {
            var framework = entry.getValue();
            var roles = new TreeMap<String, RoleDemand>();
            framework.roles.forEach((role, state) -> roles.put(
                    role,
                    new RoleDemand(
                            state,
                            framework.held.getOrDefault(role, Quantities.NONE),
                            null,
                            framework.refused.getOrDefault(role, new TreeMap<>()))));
            demands.add(new FrameworkDemand(entry.getKey(), framework.active, framework.capabilities, roles));
        }
        return demands;
    }

    private Framework of(String id) {
        return frameworks.computeIfAbsent(new FrameworkId(id), f -> new Framework());
    }

    static String star() {
        return Roles.STAR;
    }
}
