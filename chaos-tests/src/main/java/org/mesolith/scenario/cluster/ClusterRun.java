package org.mesolith.scenario.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.allocator.Allocation;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.Allocator;
import org.mesolith.allocator.AllocatorRules;
import org.mesolith.allocator.GrantCounts;
import org.mesolith.allocator.OfferFilters;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.base.Check;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.ResourceSelection;
import org.mesolith.model.Resources;
import org.mesolith.model.Roles;

/** Plays a plan in virtual time, with the product's allocator. The same plan comes to the same findings. */
public final class ClusterRun {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    /**
     * @param isLook looks come after everything else of their time
     * @param number of those at the same time, the first one first
     */
    private record Event(long at, boolean isLook, long number, Runnable action) {}

    private static final Comparator<Event> ORDER =
            Comparator.comparingLong(Event::at).thenComparing(Event::isLook).thenComparingLong(Event::number);

    private final Plan plan;
    private final Farm farm;
    private final SplittableRandom random;
    private final SortedMap<FrameworkId, Tenant> tenants = new TreeMap<>();
    private final SortedMap<String, Quota> quotas = new TreeMap<>();
    private final SortedMap<String, Double> weights = new TreeMap<>();
    private final GrantCounts grants = new GrantCounts();
    private final OfferFilters filters;
    private final AllocatorRules rules;
    private final PriorityQueue<Event> events = new PriorityQueue<>(ORDER);
    private final List<Findings.Sample> samples = new ArrayList<>();
    private long now;
    private long numbers;
    private long rounds;
    private boolean roundWanted;

    private ClusterRun(Plan plan) {
        this.plan = plan;
        this.farm = new Farm(plan.agents());
        this.random = new SplittableRandom(plan.seed());
        this.filters = new OfferFilters(() -> START.plusMillis(now), plan.interval());
        this.rules = new AllocatorRules(
                List.of(Quantities.of("cpus", 10), Quantities.of("mem", 32_000)),
                List.of(),
                true,
                null,
                plan.strictLimits());
        for (var role : plan.roles()) {
            weights.put(role.role(), role.weight());
            var quota = new Quota(role.role(), role.guarantees(), role.limits());
            if (!quota.isNone()) {
                quotas.put(role.role(), quota);
            }
        }
        plan.frameworks().forEach(framework -> tenants.put(new FrameworkId(framework.name()), new Tenant(framework)));
        var roles = new TreeSet<String>();
        plan.frameworks().forEach(framework -> roles.add(framework.role()));
        grants.shape(roles);
    }

    /** What the plan comes to. */
    public static Findings play(Plan plan) {
        return new ClusterRun(plan).play();
    }

    private Findings play() {
        for (var tenant : tenants.values()) {
            at(tenant.plan().arrives(), () -> arrive(tenant));
        }
        at(plan.interval(), this::periodicRound);
        lookLater();
        long end = plan.duration().toMillis();
        for (var next = events.poll(); next != null && next.at() <= end; next = events.poll()) {
            now = next.at();
            next.action().run();
        }
        now = end;
        var outcomes =
                tenants.values().stream().map(tenant -> tenant.outcome(end)).toList();
        return new Findings(samples, outcomes, rounds);
    }

    private void at(Duration fromNow, Runnable action) {
        numbers++;
        events.add(new Event(now + fromNow.toMillis(), false, numbers, action));
    }

    private void lookLater() {
        numbers++;
        events.add(new Event(now + plan.sample().toMillis(), true, numbers, this::look));
    }

    // ---- frameworks

    private void arrive(Tenant tenant) {
        tenant.arrive();
        var every = tenant.plan().every();
        if (every.isZero()) {
            for (int i = 0; i < tenant.plan().tasks(); i++) {
                tenant.taskArrives(now);
            }
        } else if (tenant.plan().tasks() > 0) {
            taskArrives(tenant, tenant.plan().tasks());
        }
        wantRound();
    }

    /** @param left with this one */
    private void taskArrives(Tenant tenant, int left) {
        boolean suppressed = !tenant.wants();
        tenant.taskArrives(now);
        if (suppressed) {
            filters.clear(tenant.id(), List.of(tenant.plan().role()));
            wantRound();
        }
        if (left > 1) {
            at(tenant.plan().every(), () -> taskArrives(tenant, left - 1));
        }
    }

    private void offered(Tenant tenant, Allocation offer) {
        switch (tenant.plan().policy()) {
            case FILL, SPREAD -> answer(tenant, offer);
            case HOARD -> at(tenant.plan().holds(), () -> answer(tenant, offer));
            case DECLINE -> decline(tenant, offer, offer.resources());
        }
    }

    private void answer(Tenant tenant, Allocation offer) {
        var left = offer.resources();
        int tasksMax = tenant.plan().policy() == Plan.Policy.SPREAD ? 1 : Integer.MAX_VALUE;
        for (int launched = 0; launched < tasksMax && tenant.waiting() > 0; launched++) {
            var part = ResourceSelection.find(left, tenant.plan().task());
            if (part.isEmpty()) {
                break;
            }
            left = left.minus(part.get());
            launch(tenant, offer, part.get());
        }
        if (!left.isEmpty()) {
            decline(tenant, offer, left);
        }
    }

    private void launch(Tenant tenant, Allocation offer, Resources part) {
        tenant.launch(now);
        long shortest = tenant.plan().runsMin().toMillis();
        long longest = tenant.plan().runsMax().toMillis();
        at(Duration.ofMillis(random.nextLong(shortest, longest + 1)), () -> {
            tenant.ended();
            tenant.release(part);
            farm.giveBack(offer.agent(), part);
        });
    }

    private void decline(Tenant tenant, Allocation offer, Resources rest) {
        tenant.release(rest);
        farm.giveBack(offer.agent(), rest);
        filters.add(
                tenant.id(), offer.role(), offer.agent(), rest, tenant.plan().refuse());
    }

    // ---- rounds

    private void periodicRound() {
        round(true);
        at(plan.interval(), this::periodicRound);
    }

    private void wantRound() {
        if (!roundWanted) {
            roundWanted = true;
            at(Duration.ZERO, () -> {
                roundWanted = false;
                round(false);
            });
        }
    }

    private void round(boolean periodic) {
        rounds++;
        filters.beforeRound(periodic);
        boolean idle = tenants.values().stream().noneMatch(Tenant::wants);
        var made = idle ? List.<Allocation>of() : Allocator.allocate(input());
        filters.afterRound();
        for (var offer : made) {
            grants.add(offer.role(), offer.framework());
            farm.take(offer.agent(), offer.resources());
            tenant(offer).hold(offer.resources(), now);
        }
        made.forEach(offer -> offered(tenant(offer), offer));
    }

    private Tenant tenant(Allocation offer) {
        return Check.present(tenants.get(offer.framework()), "framework of a grant");
    }

    private AllocationInput input() {
        return new AllocationInput(
                plan.seed() ^ (rounds * 0x9E3779B97F4A7C15L),
                farm.total(),
                farm.supplies(),
                tenants.values().stream()
                        .filter(Tenant::isHere)
                        .map(tenant -> tenant.demand(filters))
                        .toList(),
                weights,
                grants,
                quota(),
                rules);
    }

    private QuotaBook quota() {
        if (quotas.isEmpty()) {
            return QuotaBook.NONE;
        }
        var consumed = new TreeMap<String, Quantities>();
        quotas.keySet().forEach(role -> consumed.put(role, farm.reservedFor(role)));
        for (var tenant : tenants.values()) {
            var top = QuotaBook.topOf(tenant.plan().role());
            consumed.computeIfPresent(top, (role, sum) -> sum.plus(tenant.charged()));
        }
        return new QuotaBook(quotas, consumed, farm.chargeable());
    }

    // ---- looks

    private void look() {
        var waiting = new TreeMap<String, Integer>();
        tenants.values().forEach(tenant -> waiting.put(tenant.plan().name(), tenant.waiting()));
        var unused = new TreeMap<String, Double>();
        farm.total()
                .forEach((name, milli) -> unused.put(name, (double) farm.free().milli(name) / milli));
        samples.add(new Findings.Sample(now, shares(), waiting, unused));
        lookLater();
    }

    /** Of every role that was described or has a framework, with all roles below it. */
    private SortedMap<String, Double> shares() {
        var held = new TreeMap<String, Quantities>();
        plan.roles().forEach(role -> held.put(role.role(), Quantities.NONE));
        for (var tenant : tenants.values()) {
            var role = tenant.plan().role();
            held.merge(role, tenant.held(), Quantities::plus);
            for (var above : Roles.ancestors(role)) {
                held.merge(above, tenant.held(), Quantities::plus);
            }
        }
        var shares = new TreeMap<String, Double>();
        held.forEach((role, scalars) -> shares.put(role, dominant(scalars)));
        return shares;
    }

    private double dominant(Quantities scalars) {
        double share = 0;
        for (var name : farm.total().names()) {
            share = Math.max(share, (double) scalars.milli(name) / farm.total().milli(name));
        }
        return share;
    }
}
