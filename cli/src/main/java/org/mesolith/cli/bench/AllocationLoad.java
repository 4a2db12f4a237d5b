package org.mesolith.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.AllocatorRules;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.GrantCounts;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Attribute;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;

/**
 * A cluster made from numbers alone, always the same: agents of four shapes, some with gpus, each half used; a fifth of
 * the roles below another role; frameworks with one role or two, ten refusals each, some suppressed. What every
 * framework holds adds up to what is used.
 */
final class AllocationLoad {
    /**
     * How large it is.
     *
     * @param quota whether 50 roles (or all top-level ones, if there are fewer) have guarantees and limits
     * @param reserved whether a third of the agents have something reserved for a role
     */
    record Size(int agents, int frameworks, int roles, boolean quota, boolean reserved) {}

    private static final long SEED = 42;
    private static final int REFUSALS = 10;
    private static final int QUOTAS_MAX = 50;
    private static final int CROWD = 10_000;
    private static final List<String> SHAPES = List.of(
            "cpus:4;mem:16384;disk:102400;ports:[31000-32000]",
            "cpus:8;mem:32768;disk:204800;ports:[31000-32000]",
            "cpus:16;mem:65536;disk:409600;ports:[31000-32000]",
            "cpus:32;mem:131072;disk:819200;ports:[31000-32000]");
    private static final List<String> HALVES = List.of(
            "cpus:2;mem:8192;disk:51200;ports:[31000-31499]",
            "cpus:4;mem:16384;disk:102400;ports:[31000-31499]",
            "cpus:8;mem:32768;disk:204800;ports:[31000-31499]",
            "cpus:16;mem:65536;disk:409600;ports:[31000-31499]");

    private final Size size;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<String> roles = new ArrayList<>();
    private final List<AgentSupply> agents = new ArrayList<>();
    private final List<List<String>> rolesOf = new ArrayList<>();
    private final List<SortedMap<String, Quantities>> heldBy = new ArrayList<>();
    private final SortedMap<String, Quantities> consumed = new TreeMap<>();
    private final AllocationInput input;

    AllocationLoad(Size size) {
        this.size = size;
        for (int i = 0; i < size.roles(); i++) {
            roles.add(i % 5 == 4 ? roles.get(i - 1) + "/dev" : name("role", i));
        }
        for (int i = 0; i < size.frameworks(); i++) {
            var own = new TreeSet<String>();
            own.add(roles.get(i % roles.size()));
            if (i % 4 == 3) {
                own.add(roles.get(random.nextInt(roles.size())));
            }
            rolesOf.add(List.copyOf(own));
            heldBy.add(new TreeMap<>());
        }
        for (int i = 0; i < size.agents(); i++) {
            agents.add(agent(i));
        }
        this.input = input(agents);
    }

    /** All agents. */
    AllocationInput all() {
        return input;
    }

    /** One agent with ten thousand reservations, each with a label of its own, for all the roles in turn. */
    AllocationInput crowded() {
        var text = new StringBuilder();
        for (int i = 0; i < CROWD; i++) {
            text.append(i == 0 ? "" : ";")
                    .append("cpus(+")
                    .append(roles.get(i % roles.size()))
                    .append("@ops#n=")
                    .append(i)
                    .append("):0.01");
        }
        var total = Resources.parse(text.toString()).plus(Resources.parse("cpus:4;mem:16384"));
        return with(List.of(new AgentSupply(new AgentId("crowded"), info(0, total), total, total)));
    }

    private AllocationInput with(List<AgentSupply> some) {
        return new AllocationInput(
                input.seed(),
                input.clusterTotal(),
                some,
                input.frameworks(),
                input.weightByRole(),
                input.grants(),
                input.quota(),
                input.rules());
    }

    private AllocationInput input(List<AgentSupply> over) {
        var total = Quantities.NONE;
        for (var agent : agents) {
            total = total.plus(agent.total().scalarQuantities());
        }
        var weights = new TreeMap<String, Double>();
        for (int i = 0; i < roles.size(); i += 3) {
            weights.put(roles.get(i), 1.0 + i % 4);
        }
        var rules = new AllocatorRules(
                List.of(Quantities.of("cpus", 10), Quantities.of("mem", 32_000)), List.of(), true, null);
        var grants = new GrantCounts();
        grants.shape(new TreeSet<>(roles));
        return new AllocationInput(SEED, total, over, demands(), weights, grants, quota(total), rules);
    }

    private static String name(String what, int number) {
        return String.format(Locale.ROOT, "%s-%05d", what, number);
    }

    // ---- agents

    private AgentSupply agent(int number) {
        int shape = random.nextInt(SHAPES.size());
        var total = Resources.parse(SHAPES.get(shape) + (number % 32 == 31 ? ";gpus:4" : ""));
        var used = Resources.parse(HALVES.get(shape));
        if (size.reserved() && number % 3 == 0) {
            var role = roles.get(random.nextInt(roles.size()));
            var reserved = Resources.parse("cpus(+" + role + "@ops):2;mem(+" + role + "@ops):4096");
            total = total.plus(reserved);
            consumed.merge(QuotaBook.topOf(role), reserved.scalarQuantities(), Quantities::plus);
        }
        hold(random.nextInt(size.frameworks()), used.scalarQuantities());
        return new AgentSupply(new AgentId(name("agent", number)), info(number, total), total, total.minus(used));
    }

    private void hold(int framework, Quantities scalars) {
        var role = rolesOf.get(framework).getFirst();
        heldBy.get(framework).merge(role, scalars, Quantities::plus);
        consumed.merge(QuotaBook.topOf(role), scalars, Quantities::plus);
    }

    private static AgentInfo info(int number, Resources total) {
        return new AgentInfo(
                name("host", number),
                5051,
                total,
                List.of(new Attribute("rack", new Value.Text("r" + number % 40))),
                null,
                List.of(
                        AgentCapability.MULTI_ROLE,
                        AgentCapability.HIERARCHICAL_ROLE,
                        AgentCapability.RESERVATION_REFINEMENT),
                "1.11.0");
    }

    // ---- frameworks

    private List<FrameworkDemand> demands() {
        var demands = new ArrayList<FrameworkDemand>();
        for (int i = 0; i < size.frameworks(); i++) {
            var byRole = new TreeMap<String, RoleDemand>();
            for (var role : rolesOf.get(i)) {
                var state = i % 16 == 15 ? RoleDemand.State.SUPPRESSED : RoleDemand.State.WANTED;
                var held = heldBy.get(i).getOrDefault(role, Quantities.NONE);
                byRole.put(role, new RoleDemand(state, held, null, refusals()));
            }
            var can = new ArrayList<>(
                    List.of(FrameworkCapability.MULTI_ROLE, FrameworkCapability.RESERVATION_REFINEMENT));
            if (i % 8 == 0) {
                can.add(FrameworkCapability.GPU_RESOURCES);
            }
            demands.add(new FrameworkDemand(new FrameworkId(name("framework", i)), true, can, byRole));
        }
        return demands;
    }

    /** Every second one hides its agent whole, the others only what is smaller than what is free there. */
    private SortedMap<AgentId, List<Resources>> refusals() {
        var refused = new TreeMap<AgentId, List<Resources>>();
        for (int i = 0; i < REFUSALS; i++) {
            var agent = agents.get(random.nextInt(agents.size()));
            refused.put(agent.id(), List.of(i % 2 == 0 ? agent.free() : Resources.parse("cpus:1;mem:1024")));
        }
        return refused;
    }

    // ---- quota

    private QuotaBook quota(Quantities total) {
        if (!size.quota()) {
            return QuotaBook.NONE;
        }
        var free = Quantities.NONE;
        for (var agent : agents) {
            free = free.plus(QuotaBook.chargeable(agent.free()).scalarQuantities());
        }
        var tops = new TreeSet<String>();
        for (var role : roles) {
            if (tops.size() < QUOTAS_MAX) {
                tops.add(QuotaBook.topOf(role));
            }
        }
        var quotas = new TreeMap<String, Quota>();
        for (var role : tops) {
            quotas.put(role, quota(role, total, tops.size()));
        }
        return new QuotaBook(quotas, consumed, free);
    }

    /** Guarantees of about three quarters of the cluster together, limits at twice of that. */
    private Quota quota(String role, Quantities total, int roleCount) {
        double part = (0.5 + random.nextDouble()) * 0.75 / roleCount;
        var guarantees = new TreeMap<String, Long>();
        var limits = new TreeMap<String, Long>();
        for (var name : List.of("cpus", "mem")) {
            long milli = (long) (total.milli(name) * part);
            guarantees.put(name, milli);
            limits.put(name, 2 * milli);
        }
        return new Quota(role, Quantities.of(guarantees), new QuantityLimits(limits));
    }
}
