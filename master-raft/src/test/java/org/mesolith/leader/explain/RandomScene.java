package org.mesolith.leader.explain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.AllocatorRules;
import org.mesolith.allocator.ConstraintFilter;
import org.mesolith.allocator.FilterPicture;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.GrantCounts;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.allocator.RoundsHeld;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Attribute;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;

/** A small cluster in which everything that can keep an offer back happens now and then. */
final class RandomScene {
    static final List<String> ROLES = List.of("*", "a", "a/b", "b", "c");
    private static final List<String> OWN = List.of("cpus:4;mem:512", "cpus:1;mem:64", "cpus:8;mem:1024", "cpus:0.005");
    private static final List<String> MORE =
            List.of("", "", "", ";cpus(c):2", ";cpus(a):1;mem(a):64", ";gpus:1", ";cpus{REV}:1", ";ports:[1000-1009]");
    private static final List<String> TAKEN = List.of("cpus:1;mem:64", "cpus:4;mem:512", "cpus:1", "mem:64");

    private final SplittableRandom random;
    private final List<AgentSupply> agents = new ArrayList<>();
    private final SortedMap<AgentId, Aside> asides = new TreeMap<>();
    private final SortedMap<AgentId, List<Holding>> holdings = new TreeMap<>();
    private final List<FrameworkDemand> frameworks = new ArrayList<>();
    private final SortedMap<String, SortedMap<String, Quantities>> held = new TreeMap<>();
    private final SortedMap<String, Quantities> consumed = new TreeMap<>();
    private Quantities total = Quantities.NONE;
    private Quantities free = Quantities.NONE;

    RandomScene(SplittableRandom random) {
        this.random = random;
    }

    Scene make() {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            agent(new AgentId("S" + i));
        }
        for (int i = 4; i > 0; i--) {
            framework("f" + i);
        }
        var weights = new TreeMap<String, Double>();
        if (one(3)) {
            weights.put(pick(ROLES), 1.0 + random.nextInt(3));
        }
        var rules = new AllocatorRules(
                List.of(Quantities.of("cpus", 10), Quantities.of("mem", 32_000)),
                List.of(),
                true,
                one(3) ? "r1" : null,
                one(4));
        var input = new AllocationInput(
                random.nextLong(), total, agents, frameworks, weights, new GrantCounts(), quota(), rules);
        var held = one(10) ? new RoundsHeld(3, random.nextInt(3), Duration.ofSeconds(random.nextInt(1, 600))) : null;
        return new Scene(
                input,
                asides,
                agent -> holdings.getOrDefault(agent, List.of()),
                FilterPicture.NONE,
                held,
                Instant.EPOCH);
    }

    private void agent(AgentId id) {
        var resources = Resources.parse(pick(OWN) + pick(MORE));
        var can = new ArrayList<>(List.of(AgentCapability.MULTI_ROLE, AgentCapability.HIERARCHICAL_ROLE));
        if (one(6)) {
            can.remove(random.nextInt(2));
        }
        var domain = one(2) ? new FaultDomain("r" + (1 + random.nextInt(2)), "z") : null;
        var info = new AgentInfo(
                id.value(),
                5051,
                resources,
                List.of(new Attribute("rack", new Value.Text("rack" + random.nextInt(2)))),
                domain,
                can,
                "1.11.0");
        var left = resources;
        for (int i = random.nextInt(3); i > 0; i--) {
            var part = Resources.parse(pick(TAKEN));
            if (left.contains(part)) {
                left = left.minus(part);
                holds(id, "f" + (1 + random.nextInt(4)), pick(ROLES), part, one(2), id.value() + "-" + i);
            }
        }
        var supply = new AgentSupply(id, info, resources, left);
        resources.byReservedRole().forEach((role, reserved) -> consume(role, reserved.scalarQuantities()));
        if (one(7)) {
            asides.put(id, new Aside(supply, pick(List.of(Aside.Reason.values()))));
        } else {
            agents.add(supply);
        }
        var aside = asides.get(id);
        if (aside == null || !aside.reason().isUncounted()) {
            total = total.plus(resources.scalarQuantities());
            free = free.plus(Changes.chargeable(left));
        }
    }

    private void holds(AgentId agent, String framework, String role, Resources part, boolean offer, String what) {
        holdings.computeIfAbsent(agent, a -> new ArrayList<>())
                .add(new Holding(new FrameworkId(framework), role, part, offer, what));
        held.computeIfAbsent(framework, f -> new TreeMap<>()).merge(role, part.scalarQuantities(), Quantities::plus);
        consume(role, Changes.chargeable(part));
    }

    private void consume(String role, Quantities scalars) {
        consumed.merge(QuotaBook.topOf(role), scalars, Quantities::plus);
    }

    private void framework(String id) {
        var roles = new TreeMap<String, RoleDemand>();
        var constraints = new TreeMap<String, OfferConstraints>();
        held.getOrDefault(id, new TreeMap<>())
                .forEach((role, amounts) ->
                        roles.put(role, new RoleDemand(RoleDemand.State.LEFT, amounts, null, new TreeMap<>())));
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            var role = pick(ROLES);
            var amounts = held.getOrDefault(id, new TreeMap<>()).getOrDefault(role, Quantities.NONE);
            var state = one(6) ? RoleDemand.State.SUPPRESSED : RoleDemand.State.WANTED;
            var minimum = one(6) ? List.of(Quantities.of("cpus", 5_000)) : null;
            roles.put(role, new RoleDemand(state, amounts, minimum, refused()));
            if (one(5)) {
                constraints.put(
                        role,
                        new OfferConstraints(List.of(new OfferConstraints.Group(List.of(new OfferConstraints.Constraint(
                                new OfferConstraints.Selector.Attribute("rack"),
                                new OfferConstraints.Predicate.TextEquals("rack1")))))));
            }
        }
        var can = new ArrayList<FrameworkCapability>();
        for (var capability : List.of(
                FrameworkCapability.MULTI_ROLE,
                FrameworkCapability.GPU_RESOURCES,
                FrameworkCapability.REGION_AWARE,
                FrameworkCapability.REVOCABLE_RESOURCES)) {
            if (one(2)) {
                can.add(capability);
            }
        }
        frameworks.add(new FrameworkDemand(new FrameworkId(id), !one(8), can, roles, ConstraintFilter.of(constraints)));
    }

    private SortedMap<AgentId, List<Resources>> refused() {
        var refused = new TreeMap<AgentId, List<Resources>>();
        if (one(3)) {
            refused.put(
                    new AgentId("S" + (1 + random.nextInt(4))),
                    List.of(Resources.parse(
                            "cpus:100;mem:100000;gpus:9;ports:[1-9999];cpus{REV}:9;cpus(a):9;mem(a):999")));
        }
        return refused;
    }

    private QuotaBook quota() {
        if (one(2)) {
            return QuotaBook.NONE;
        }
        var quotas = new TreeMap<String, Quota>();
        for (var role : List.of("a", "b", "c")) {
            if (one(2)) {
                long guarantee = random.nextInt(4) * 2_000L;
                var limits = one(2)
                        ? QuantityLimits.NONE
                        : QuantityLimits.parse(
                                "cpus:" + (guarantee / 1_000 + random.nextInt(3)) + (one(2) ? ";mem:64" : ""));
                quotas.put(role, new Quota(role, Quantities.of("cpus", guarantee), limits));
            }
        }
        return quotas.isEmpty() ? QuotaBook.NONE : new QuotaBook(quotas, consumed, free);
    }

    private boolean one(int of) {
        return random.nextInt(of) == 0;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
