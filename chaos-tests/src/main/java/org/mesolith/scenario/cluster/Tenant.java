package org.mesolith.scenario.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.OfferFilters;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;

/** One framework of a played cluster: what it waits for, holds and got. Times are milliseconds from the start. */
final class Tenant {
    private static final List<FrameworkCapability> CAPABILITIES =
            List.of(FrameworkCapability.MULTI_ROLE, FrameworkCapability.RESERVATION_REFINEMENT);

    private final Plan.FrameworkPlan plan;
    private final FrameworkId id;

    /** When the tasks that wait have come, the first one first. */
    private final Deque<Long> waiting = new ArrayDeque<>();

    private final List<Long> waits = new ArrayList<>();
    private Quantities held = Quantities.NONE;
    private Quantities charged = Quantities.NONE;
    private boolean here;
    private int running;
    private int done;

    /** Since when it wants something and has launched nothing; -1 while it wants nothing. */
    private long hungrySince = -1;

    private long hungryMax;
    private long firstOfferAt = -1;

    Tenant(Plan.FrameworkPlan plan) {
        this.plan = plan;
        this.id = new FrameworkId(plan.name());
    }

    Plan.FrameworkPlan plan() {
        return plan;
    }

    FrameworkId id() {
        return id;
    }

    boolean isHere() {
        return here;
    }

    void arrive() {
        here = true;
    }

    int waiting() {
        return waiting.size();
    }

    boolean wants() {
        return here && (!waiting.isEmpty() || plan.policy() == Plan.Policy.DECLINE);
    }

    void taskArrives(long now) {
        if (waiting.isEmpty()) {
            hungrySince = now;
        }
        waiting.add(now);
    }

    /** It was given something. */
    void hold(Resources resources, long now) {
        held = held.plus(resources.scalarQuantities());
        charged = charged.plus(QuotaBook.chargeable(resources).scalarQuantities());
        firstOfferAt = firstOfferAt < 0 ? now : firstOfferAt;
    }

    void release(Resources resources) {
        held = held.without(resources.scalarQuantities());
        charged = charged.without(QuotaBook.chargeable(resources).scalarQuantities());
    }

    /** The task that has waited longest begins. */
    void launch(long now) {
        waits.add(now - waiting.remove());
        running++;
        fed(now);
        hungrySince = waiting.isEmpty() ? -1 : now;
    }

    void ended() {
        running--;
        done++;
    }

    /** Takes into account how long it has been hungry. */
    void fed(long now) {
        if (hungrySince >= 0) {
            hungryMax = Math.max(hungryMax, now - hungrySince);
        }
    }

    /** Scalars in its tasks and offers. */
    Quantities held() {
        return held;
    }

    /** What of quota it holds. */
    Quantities charged() {
        return charged;
    }

    FrameworkDemand demand(OfferFilters filters) {
        var roles = new TreeMap<String, RoleDemand>();
        var state = wants() ? RoleDemand.State.WANTED : RoleDemand.State.SUPPRESSED;
        roles.put(plan.role(), new RoleDemand(state, held, null, filters.refused(id, plan.role())));
        return new FrameworkDemand(id, here, CAPABILITIES, roles);
    }

    /** What became of it. */
    Findings.Outcome outcome(long now) {
        fed(now);
        var sorted = new ArrayList<>(waits);
        Collections.sort(sorted);
        long arrived = plan.arrives().toMillis();
        return new Findings.Outcome(
                plan.name(),
                plan.role(),
                plan.tasks(),
                done,
                running,
                waiting.size(),
                firstOfferAt < 0 ? -1 : firstOfferAt - arrived,
                rank(sorted, 0.5),
                rank(sorted, 0.95),
                rank(sorted, 1),
                hungryMax);
    }

    private static long rank(List<Long> sorted, double share) {
        return sorted.isEmpty() ? -1 : sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }
}
