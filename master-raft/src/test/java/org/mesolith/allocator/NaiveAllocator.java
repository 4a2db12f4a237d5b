package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.mesolith.base.Check;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;

/**
 * The rules of a round once more, written down as they are told and as slowly as need be: every share, count and sum is
 * taken anew from everything that was given so far. Only for comparison with the real one.
 */
final class NaiveAllocator {
    private final AllocationInput input;
    private final List<Allocation> made = new ArrayList<>();
    private final SortedMap<AgentId, Resources> leftOf = new TreeMap<>();

    private NaiveAllocator(AllocationInput input) {
        this.input = input;
    }

    static List<Allocation> allocate(AllocationInput input) {
        var round = new NaiveAllocator(input);
        var random = new SplittableRandom(input.seed());
        if (!input.quota().quotas().isEmpty()) {
            round.shuffled(random).forEach(agent -> round.turn(agent, true));
        }
        round.shuffled(random).forEach(agent -> round.turn(agent, false));
        return round.made;
    }

    /** From the last place to the second, each changes with one drawn from those up to it. */
    private List<AgentSupply> shuffled(SplittableRandom random) {
        var agents = new ArrayList<>(input.agents());
        for (int place = agents.size() - 1; place >= 1; place--) {
            int other = random.nextInt(place + 1);
            var moved = agents.get(place);
            agents.set(place, agents.get(other));
            agents.set(other, moved);
        }
        return agents;
    }

    /** The order is that of the beginning of the turn; what quota allows changes with every grant. */
    private void turn(AgentSupply agent, boolean firstStage) {
        var before = List.copyOf(made);
        for (var role : roleOrder("", before)) {
            if (firstStage && missing(role).isEmpty()) {
                continue;
            }
            for (var framework : frameworkOrder(role, before)) {
                var given = offerable(agent, framework, role, firstStage);
                if (!given.isEmpty()) {
                    give(new Allocation(framework.id(), role, agent.id(), given));
                    leftOf.put(agent.id(), left(agent).minus(given));
                }
            }
        }
    }

    private Resources left(AgentSupply agent) {
        return leftOf.getOrDefault(agent.id(), agent.free());
    }

    /** For a framework, role and agent there is one grant a run. */
    private void give(Allocation more) {
        for (int i = 0; i < made.size(); i++) {
            var known = made.get(i);
            if (known.framework().equals(more.framework())
                    && known.role().equals(more.role())
                    && known.agent().equals(more.agent())) {
                var sum = known.resources().plus(more.resources());
                made.set(i, new Allocation(more.framework(), more.role(), more.agent(), sum));
                return;
            }
        }
        made.add(more);
    }

    // ---- the order

    private List<String> allRoles() {
        var roles = new TreeSet<String>();
        input.frameworks().forEach(framework -> roles.addAll(framework.roles().keySet()));
        return List.copyOf(roles);
    }

    private static boolean isAtOrBelow(String role, String path) {
        return role.equals(path) || role.startsWith(path + "/");
    }

    /**
     * The roles below a path that somebody wants offers for, poorest first; a role before those below it, or among
     * them.
     */
    private List<String> roleOrder(String path, List<Allocation> given) {
        var start = path.isEmpty() ? "" : path + "/";
        var children = new TreeSet<String>();
        for (var role : allRoles()) {
            if (role.startsWith(start)) {
                int end = role.indexOf('/', start.length());
                children.add(end < 0 ? role : role.substring(0, end));
            }
        }
        boolean hasOwn = !path.isEmpty() && allRoles().contains(path);
        if (children.isEmpty()) {
            return isWanted(path) ? List.of(path) : List.of();
        }
        if (hasOwn) {
            children.add(path + "/.");
        }
        var order = new ArrayList<>(children);
        order.sort(Comparator.comparingDouble((String child) -> share(child, given) / weight(child))
                .thenComparingLong(child -> grants(child, given))
                .thenComparing(child -> child));
        var roles = new ArrayList<String>();
        for (var child : order) {
            if (child.endsWith("/.")) {
                roles.addAll(isWanted(path) ? List.of(path) : List.of());
            } else {
                roles.addAll(roleOrder(child, given));
            }
        }
        return roles;
    }

    private boolean isWanted(String role) {
        return input.frameworks().stream().anyMatch(framework -> wants(framework, role));
    }

    private static boolean wants(FrameworkDemand framework, String role) {
        var demand = framework.roles().get(role);
        return framework.active() && demand != null && demand.state() == RoleDemand.State.WANTED;
    }

    private static boolean has(FrameworkDemand framework, FrameworkCapability capability) {
        return framework.capabilities().contains(capability);
    }

    private double weight(String path) {
        return path.endsWith("/.") ? 1 : input.weightByRole().getOrDefault(path, 1.0);
    }

    private static Predicate<String> rolesOf(String path) {
        return path.endsWith("/.") ? role -> (role + "/.").equals(path) : role -> isAtOrBelow(role, path);
    }

    private long grants(String path, List<Allocation> given) {
        var within = rolesOf(path);
        return input.grants().ofPath(path)
                + given.stream().filter(grant -> within.test(grant.role())).count();
    }

    private double share(String path, List<Allocation> given) {
        var within = rolesOf(path);
        return share(given, (framework, role) -> within.test(role));
    }

    private List<FrameworkDemand> frameworkOrder(String role, List<Allocation> given) {
        var order = new ArrayList<>(input.frameworks().stream()
                .filter(framework -> wants(framework, role))
                .toList());
        order.sort(Comparator.comparingDouble((FrameworkDemand framework) -> share(
                        given,
                        (holder, own) ->
                                own.equals(role) && holder.equals(framework.id().value())))
                .thenComparingLong(framework -> input.grants().ofFramework(role, framework.id())
                        + given.stream()
                                .filter(grant -> grant.role().equals(role)
                                        && grant.framework().equals(framework.id()))
                                .count())
                .thenComparing(FrameworkDemand::id));
        return order;
    }

    private interface Holder {
        boolean counts(String framework, String role);
    }

    /** What these hold together, a shared volume of an agent once, as the largest part of any scalar of the cluster. */
    private double share(List<Allocation> given, Holder holder) {
        var sums = new TreeMap<String, Long>();
        var shared = new TreeMap<String, Resource>();
        for (var framework : input.frameworks()) {
            framework.roles().forEach((role, demand) -> {
                if (holder.counts(framework.id().value(), role)) {
                    demand.held().forEach((name, milli) -> sums.merge(name, milli, Long::sum));
                    demand.heldShared()
                            .forEach((agent, volumes) -> volumes.forEach(
                                    volume -> shared.put(agent + " " + Resources.of(volume.withCopies(1)), volume)));
                }
            });
        }
        for (var grant : given) {
            if (holder.counts(grant.framework().value(), grant.role())) {
                for (var entry : grant.resources()) {
                    if (entry.kind().shared()) {
                        shared.put(grant.agent() + " " + Resources.of(entry.withCopies(1)), entry);
                    } else {
                        sums.merge(entry.name(), entry.milli(), Long::sum);
                    }
                }
            }
        }
        shared.values().forEach(volume -> sums.merge(volume.name(), volume.milli(), Long::sum));
        double share = 0;
        for (var name : input.clusterTotal().names()) {
            if (!input.rules().fairnessExclude().contains(name)) {
                share = Math.max(
                        share,
                        (double) sums.getOrDefault(name, 0L)
                                / input.clusterTotal().milli(name));
            }
        }
        return share;
    }

    // ---- one framework, one role, one agent

    private Resources offerable(AgentSupply agent, FrameworkDemand framework, String role, boolean firstStage) {
        if (cannotHave(agent, framework, role)) {
            return Resources.EMPTY;
        }
        var usable = left(agent).filter(entry -> isUsable(entry, framework, role));
        if (usable.isEmpty()) {
            return Resources.EMPTY;
        }
        var given = input.quota().quotas().isEmpty() ? usable : withinQuota(usable, role, firstStage);
        var demand = Check.present(framework.roles().get(role), "role of the framework");
        var own = demand.minAllocatable();
        var minimums = own == null ? input.rules().minAllocatable() : own;
        boolean enough = minimums.isEmpty()
                || minimums.stream().anyMatch(minimum -> given.quantities().contains(minimum));
        boolean refused = demand.refused().getOrDefault(agent.id(), List.of()).stream()
                .anyMatch(before -> before.contains(given));
        return enough && !refused ? given : Resources.EMPTY;
    }

    private boolean cannotHave(AgentSupply agent, FrameworkDemand framework, String role) {
        var info = agent.info();
        var domain = info.domain();
        var home = input.rules().region();
        return (has(framework, FrameworkCapability.MULTI_ROLE)
                        && !info.capabilities().contains(AgentCapability.MULTI_ROLE))
                || (role.contains("/") && !info.capabilities().contains(AgentCapability.HIERARCHICAL_ROLE))
                || (input.rules().filterGpus()
                        && agent.total().milli("gpus") > 0
                        && !has(framework, FrameworkCapability.GPU_RESOURCES))
                || (home != null
                        && domain != null
                        && !domain.region().equals(home)
                        && !has(framework, FrameworkCapability.REGION_AWARE))
                || framework.constraints().excludes(role, ConstraintFilter.Facts.of(info));
    }

    private static boolean isUsable(Resource entry, FrameworkDemand framework, String role) {
        var reserved = entry.kind().reservedRole();
        return (reserved == null || isAtOrBelow(role, reserved))
                && (!entry.kind().shared() || has(framework, FrameworkCapability.SHARED_RESOURCES))
                && (!entry.kind().revocable() || has(framework, FrameworkCapability.REVOCABLE_RESOURCES))
                && (entry.reservations().size() < 2 || has(framework, FrameworkCapability.RESERVATION_REFINEMENT));
    }

    // ---- quota

    private static boolean isCharged(Resource entry) {
        return entry.isScalar()
                && entry.reservations().isEmpty()
                && !entry.kind().revocable();
    }

    private static String top(String role) {
        return role.split("/", -1)[0];
    }

    private long consumed(String top, String name) {
        return input.quota().consumed().getOrDefault(top, Quantities.NONE).milli(name)
                + given(name, grant -> top(grant.role()).equals(top));
    }

    private long given(String name, Predicate<Allocation> which) {
        long sum = 0;
        for (var grant : made) {
            for (var entry : grant.resources()) {
                sum += which.test(grant) && isCharged(entry) && entry.name().equals(name) ? entry.milli() : 0;
            }
        }
        return sum;
    }

    private SortedMap<String, Long> missing(String role) {
        var missing = new TreeMap<String, Long>();
        var quota = input.quota().quotas().get(role);
        if (quota != null) {
            for (var name : quota.guarantees().names()) {
                long lacks = quota.guarantees().milli(name) - consumed(role, name);
                if (lacks > 0) {
                    missing.put(name, lacks);
                }
            }
        }
        return missing;
    }

    /** Free beyond what must stay free for guarantees. */
    private long surplus(String name) {
        long required = 0;
        for (var role : input.quota().quotas().keySet()) {
            required += missing(role).getOrDefault(name, 0L);
        }
        long free = Math.max(0, input.quota().free().milli(name) - given(name, _ -> true));
        return Math.max(0, free - required);
    }

    private long allowed(String role, String name) {
        var owner = input.rules().strictLimits() ? top(role) : role;
        var quota = input.quota().quotas().get(owner);
        var limit = quota == null ? null : quota.limits().milli(name);
        return limit == null ? Long.MAX_VALUE : Math.max(0, limit - consumed(owner, name));
    }

    private Resources withinQuota(Resources usable, String role, boolean firstStage) {
        var free = usable.filter(entry -> !isCharged(entry));
        var charged = usable.filter(NaiveAllocator::isCharged);
        var sure = Resources.EMPTY;
        if (firstStage) {
            sure = cut(charged, missing(role));
            if (sure.isEmpty()) {
                return Resources.EMPTY;
            }
        }
        var limits = new TreeMap<String, Long>();
        var headroom = new TreeMap<String, Long>();
        for (var name : charged.names()) {
            long taken = sure.scalarQuantities().milli(name);
            limits.put(name, Math.max(0, allowed(role, name) - taken));
            headroom.put(name, surplus(name));
        }
        return free.plus(sure).plus(cut(cut(charged.minus(sure), limits), headroom));
    }

    /** As much as fits, one entry after the other; what cannot be divided whole or not at all. */
    private static Resources cut(Resources from, Map<String, Long> milliMax) {
        var left = new TreeMap<>(milliMax);
        var taken = Resources.EMPTY;
        for (var entry : from) {
            long max = left.getOrDefault(entry.name(), 0L);
            boolean whole = entry.milli() <= max;
            boolean divisible = entry.kind().isDivisible() && !entry.kind().shared();
            long amount = whole ? entry.milli() : divisible ? max : 0;
            if (amount > 0) {
                taken = taken.plus(entry.withValue(new Value.Scalar(amount)));
                left.put(entry.name(), max - amount);
            }
        }
        return taken;
    }
}
