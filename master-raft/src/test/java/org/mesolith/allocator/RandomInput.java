package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
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

/** Inputs with a little of everything that there are rules for. Numbers are round, so that ties are frequent. */
final class RandomInput {
    private static final List<String> ROLES = List.of("*", "a", "a/b", "a/b/c", "a/d", "b", "b/x/y", "c");
    private static final List<String> EXTRAS = List.of(
            "cpus(a):2",
            "cpus(+a@p):1;mem(+a@p):64",
            "cpus(a|+a/b@p):2",
            "cpus(+b@p#k=v):1",
            "mem(+c):32",
            "cpus{REV}:4",
            "mem{REV}:64",
            "disk[MOUNT:/m1]:64",
            "disk[MOUNT:/m2]:32",
            "disk(+a@p)[id1:path]:16",
            "disk(+a@p)[id2:path]<SHARED>:16",
            "disk(+b@p)[id3:path]<SHARED>:32",
            "ports:[31000-31009]",
            "gpus:2",
            "tokens:5");

    private final SplittableRandom random;
    private final boolean quota;

    /** @param quota whether roles have guarantees and limits */
    RandomInput(SplittableRandom random, boolean quota) {
        this.random = random;
        this.quota = quota;
    }

    AllocationInput next() {
        var agents = new ArrayList<AgentSupply>();
        for (int i = random.nextInt(1, 9); i > 0; i--) {
            agents.add(agent("agent" + i));
        }
        var total = Quantities.NONE;
        for (var agent : agents) {
            total = total.plus(agent.total().scalarQuantities());
        }
        var frameworks = new ArrayList<FrameworkDemand>();
        for (int i = random.nextInt(1, 9); i > 0; i--) {
            frameworks.add(framework("framework" + i, agents));
        }
        var weights = new TreeMap<String, Double>();
        for (int i = random.nextInt(3); i > 0; i--) {
            weights.put(pick(ROLES), pick(List.of(0.5, 2.0, 3.0)));
        }
        return new AllocationInput(
                random.nextLong(),
                total,
                agents.subList(0, random.nextInt(agents.size()) + 1),
                frameworks,
                weights,
                grants(frameworks),
                quota ? quotaBook(agents) : QuotaBook.NONE,
                rules());
    }

    private AllocatorRules rules() {
        var minimums =
                chance(3) ? List.<Quantities>of() : List.of(Quantities.of("cpus", 10), Quantities.of("mem", 32_000));
        return new AllocatorRules(
                minimums,
                chance(4) ? List.of("mem", "gpus") : List.of(),
                random.nextBoolean(),
                random.nextBoolean() ? "home" : null,
                chance(4));
    }

    private boolean chance(int outOf) {
        return random.nextInt(outOf) == 0;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    // ---- agents

    private AgentSupply agent(String name) {
        var text = new StringBuilder(
                "cpus:" + random.nextInt(5) + ";mem:" + 32 * random.nextInt(8) + ";disk:" + 16 * random.nextInt(8));
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(';').append(pick(EXTRAS));
        }
        var total = Resources.parse(text.toString());
        var free = random.nextBoolean()
                ? total
                : total.nonShared()
                        .without(Resources.parse("cpus:" + random.nextInt(3) + ";mem:" + 16 * random.nextInt(5)))
                        .plus(total.shared());
        return new AgentSupply(new AgentId(name), info(name, total), total, free.withSingleCopies());
    }

    private AgentInfo info(String name, Resources total) {
        var can = new ArrayList<AgentCapability>();
        if (!chance(8)) {
            can.add(AgentCapability.MULTI_ROLE);
        }
        if (!chance(6)) {
            can.add(AgentCapability.HIERARCHICAL_ROLE);
        }
        var rack = new Attribute("rack", new Value.Text("r" + random.nextInt(3)));
        return new AgentInfo(name, 5051, total, List.of(rack), domain(), can, "1.11.0");
    }

    private @Nullable FaultDomain domain() {
        return chance(2) ? null : new FaultDomain(pick(List.of("home", "home", "away")), "zone");
    }

    // ---- frameworks

    private FrameworkDemand framework(String name, List<AgentSupply> agents) {
        var roles = new TreeMap<String, RoleDemand>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            roles.put(pick(ROLES), role(agents));
        }
        var can = new ArrayList<FrameworkCapability>();
        for (var capability : FrameworkCapability.values()) {
            if (random.nextBoolean() && capability != FrameworkCapability.UNKNOWN) {
                can.add(capability);
            }
        }
        var constraints = ConstraintFilter.NONE;
        if (chance(4)) {
            var group = new OfferConstraints.Group(List.of(new OfferConstraints.Constraint(
                    new OfferConstraints.Selector.Attribute("rack"),
                    new OfferConstraints.Predicate.TextEquals("r" + random.nextInt(3)))));
            var byRole = new TreeMap<String, OfferConstraints>();
            byRole.put(roles.firstKey(), new OfferConstraints(List.of(group)));
            constraints = ConstraintFilter.of(byRole);
        }
        return new FrameworkDemand(new FrameworkId(name), !chance(8), can, roles, constraints);
    }

    private RoleDemand role(List<AgentSupply> agents) {
        var state =
                chance(5) ? pick(List.of(RoleDemand.State.SUPPRESSED, RoleDemand.State.LEFT)) : RoleDemand.State.WANTED;
        var held = chance(2) ? Quantities.NONE : Quantities.of("cpus", 1000L * random.nextInt(4));
        var shared = new TreeMap<AgentId, Resources>();
        var somewhere = pick(agents);
        if (chance(3) && !somewhere.total().shared().isEmpty()) {
            shared.put(somewhere.id(), somewhere.total().shared());
        }
        return new RoleDemand(state, held, shared, minimum(), refused(agents));
    }

    private @Nullable List<Quantities> minimum() {
        return switch (random.nextInt(5)) {
            case 0 -> List.of();
            case 1 -> List.of(Quantities.parse("cpus:1;mem:64"), Quantities.parse("disk:32"));
            default -> null;
        };
    }

    private SortedMap<AgentId, List<Resources>> refused(List<AgentSupply> agents) {
        var refused = new TreeMap<AgentId, List<Resources>>();
        for (int i = random.nextInt(3); i > 0; i--) {
            var agent = pick(agents);
            var what = random.nextBoolean() ? agent.free() : agent.free().without(Resources.parse("cpus:1"));
            refused.computeIfAbsent(agent.id(), a -> new ArrayList<>()).add(what);
        }
        return refused;
    }

    private GrantCounts grants(List<FrameworkDemand> frameworks) {
        var grants = new GrantCounts();
        var roles = new TreeSet<String>();
        frameworks.forEach(framework -> roles.addAll(framework.roles().keySet()));
        grants.shape(roles);
        for (int i = random.nextInt(6); i > 0; i--) {
            var framework = pick(frameworks);
            grants.add(pick(List.copyOf(framework.roles().keySet())), framework.id());
        }
        return grants;
    }

    // ---- quota

    private QuotaBook quotaBook(List<AgentSupply> agents) {
        var quotas = new TreeMap<String, Quota>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            var role = QuotaBook.topOf(pick(ROLES));
            long cpus = 1000L * random.nextInt(6);
            var limits = new TreeMap<String, Long>();
            if (random.nextBoolean()) {
                limits.put("cpus", cpus + 500L * random.nextInt(4));
            }
            if (chance(3)) {
                limits.put("disk", 8_000L * random.nextInt(8));
            }
            var guarantees = Quantities.of("cpus", cpus)
                    .plus(chance(3) ? Quantities.of("disk", 0) : Quantities.of("mem", 32_000L * random.nextInt(3)));
            quotas.put(role, new Quota(role, guarantees, new QuantityLimits(limits)));
        }
        var consumed = new TreeMap<String, Quantities>();
        quotas.keySet().forEach(role -> consumed.put(role, Quantities.of("cpus", 500L * random.nextInt(5))));
        var free = Quantities.NONE;
        for (var agent : agents) {
            free = free.plus(QuotaBook.chargeable(agent.free()).scalarQuantities());
        }
        return new QuotaBook(quotas, consumed, free);
    }
}
