package org.mesolith.scenario.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.Allocation;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.Allocator;
import org.mesolith.allocator.AllocatorRules;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.GrantCounts;
import org.mesolith.allocator.InverseOffers;
import org.mesolith.allocator.OfferFilters;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.scenario.grammar.Settings;

/**
 * Everything that an allocator is told, kept plainly; what a round is given is counted anew each time, so that this is
 * also a check on those who count incrementally.
 */
final class Pool {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    final SortedMap<String, Machine> agents = new TreeMap<>();
    final SortedMap<String, Wisher> frameworks = new TreeMap<>();
    final SortedMap<String, Quota> quotas = new TreeMap<>();
    final SortedMap<String, Double> weights;
    final GrantCounts grants = new GrantCounts();
    final OfferFilters filters;
    final InverseOffers inverse;
    private final Settings settings;
    private Instant now = START;
    private Optional<List<String>> whitelist = Optional.empty();
    private int runs;

    Pool(Settings settings) {
        this.settings = settings;
        this.weights = new TreeMap<>(settings.weights());
        this.filters = new OfferFilters(this::now, settings.allocationInterval());
        this.inverse = new InverseOffers(this::now, settings.allocationInterval());
    }

    Instant now() {
        return now;
    }

    void setNow(Instant time) {
        now = time;
    }

    /** The first periodic run after now. */
    Instant nextPeriodicRun() {
        long interval = settings.allocationInterval().toNanos();
        long passed = java.time.Duration.between(START, now).toNanos();
        return START.plusNanos((passed / interval + 1) * interval);
    }

    void setWhitelist(Optional<List<String>> hostnames) {
        whitelist = hostnames;
    }

    int runs() {
        return runs;
    }

    Machine agent(String name) {
        return Check.present(agents.get(name), "agent " + name + "; add it first");
    }

    Wisher framework(String name) {
        return Check.present(frameworks.get(name), "framework " + name + "; add it first");
    }

    // ---- holding

    /** Something that was there before its allocator: counts as a grant once the framework is known. */
    void used(Machine agent, SortedMap<String, SortedMap<String, Resources>> used) {
        used.forEach((framework, byRole) -> byRole.forEach((role, resources) -> {
            agent.hold(framework, role, agent.held(framework, role).plus(resources));
            if (frameworks.containsKey(framework)) {
                count(role, framework);
            }
        }));
    }

    void count(String role, String framework) {
        grants.shape(roles());
        grants.add(role, new FrameworkId(framework));
    }

    // ---- rounds

    /** One run over these agents, or all. */
    Run run(@Nullable String only, boolean periodic) {
        runs++;
        grants.shape(roles());
        filters.beforeRound(periodic);
        var made = Allocator.allocate(input(only));
        filters.afterRound();
        for (var allocation : made) {
            var agent = agent(allocation.agent().value());
            var framework = allocation.framework().value();
            agent.hold(
                    framework,
                    allocation.role(),
                    agent.held(framework, allocation.role()).plus(allocation.resources()));
            grants.add(allocation.role(), allocation.framework());
        }
        return new Run(made, inverse.due(over(only), this::holders));
    }

    /** What a run came to. */
    record Run(List<Allocation> made, List<InverseOffers.Asked> asked) {}

    private List<AgentId> over(@Nullable String only) {
        return agents.values().stream()
                .map(Machine::id)
                .filter(id -> only == null || id.value().equals(only))
                .toList();
    }

    private Collection<FrameworkId> holders(AgentId agent) {
        var holders = new ArrayList<FrameworkId>();
        if (!agent(agent.value()).isTakenDown()) {
            return holders;
        }
        for (var name : agent(agent.value()).held().keySet()) {
            var framework = frameworks.get(name);
            if (framework != null && framework.active) {
                holders.add(framework.id);
            }
        }
        return holders;
    }

    AllocationInput input(@Nullable String only) {
        return new AllocationInput(
                runs * 0x9E3779B97F4A7C15L,
                total(),
                supplies(only),
                demands(),
                weights,
                grants,
                quotaBook(),
                new AllocatorRules(
                        settings.minAllocatable(),
                        settings.fairnessExclude(),
                        settings.filterGpus(),
                        settings.masterRegion()));
    }

    /** Scalars of all agents. */
    Quantities total() {
        return agents.values().stream()
                .map(agent -> agent.total().scalarQuantities())
                .reduce(Quantities.NONE, Quantities::plus);
    }

    /** Scalars of all agents that are offered or used; a shared volume once on its agent. */
    Quantities held() {
        return agents.values().stream()
                .map(agent -> agent.heldByAll().scalarQuantities())
                .reduce(Quantities.NONE, Quantities::plus);
    }

    private List<AgentSupply> supplies(@Nullable String only) {
        return agents.values().stream()
                .filter(agent -> only == null || agent.id().value().equals(only))
                .filter(agent -> agent.isActive()
                        && (whitelist.isEmpty() || whitelist.get().contains(agent.hostname())))
                .map(agent -> new AgentSupply(agent.id(), agent.info(), agent.total(), agent.free()))
                .toList();
    }

    private SortedSet<String> roles() {
        var roles = new TreeSet<String>();
        for (var framework : frameworks.values()) {
            roles.addAll(framework.roles);
            roles.addAll(heldRoles(framework));
        }
        return roles;
    }

    private SortedSet<String> heldRoles(Wisher framework) {
        var roles = new TreeSet<String>();
        for (var agent : agents.values()) {
            roles.addAll(
                    agent.held().getOrDefault(framework.name(), new TreeMap<>()).keySet());
        }
        return roles;
    }

    private List<FrameworkDemand> demands() {
        var demands = new ArrayList<FrameworkDemand>();
        for (var framework : frameworks.values()) {
            var roles = new TreeMap<String, RoleDemand>();
            var names = new TreeSet<>(framework.roles);
            names.addAll(heldRoles(framework));
            names.forEach(role -> roles.put(role, demand(framework, role)));
            demands.add(new FrameworkDemand(
                    framework.id, framework.active, framework.capabilities, roles, framework.constraints));
        }
        return demands;
    }

    private RoleDemand demand(Wisher framework, String role) {
        var held = Quantities.NONE;
        var shared = new TreeMap<AgentId, Resources>();
        for (var agent : agents.values()) {
            var here = agent.held(framework.name(), role);
            held = held.plus(here.nonShared().scalarQuantities());
            if (!here.shared().isEmpty()) {
                shared.put(agent.id(), here.shared());
            }
        }
        var state = !framework.roles.contains(role)
                ? RoleDemand.State.LEFT
                : framework.suppressed.contains(role) ? RoleDemand.State.SUPPRESSED : RoleDemand.State.WANTED;
        return new RoleDemand(
                state, held, shared, framework.minAllocatable.get(role), filters.refused(framework.id, role));
    }

    /** What every top-level role consumes of its quota, and what is free. */
    QuotaBook quotaBook() {
        var consumed = new TreeMap<String, Quantities>();
        var free = Quantities.NONE;
        for (var agent : agents.values()) {
            free = free.plus(QuotaBook.chargeable(agent.free()).scalarQuantities());
            agent.total()
                    .byReservedRole()
                    .forEach((role, resources) ->
                            consumed.merge(QuotaBook.topOf(role), resources.scalarQuantities(), Quantities::plus));
            agent.held()
                    .values()
                    .forEach(byRole -> byRole.forEach((role, resources) -> consumed.merge(
                            QuotaBook.topOf(role),
                            QuotaBook.chargeable(resources).scalarQuantities(),
                            Quantities::plus)));
        }
        return new QuotaBook(quotas, consumed, free);
    }
}
