package org.mesolith.state.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.model.AgentId;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.state.row.DrainPlan.Part;
import org.mesolith.state.row.DrainPlan.State;
import org.mesolith.state.row.DrainPlan.Step;

/** How plans to empty agents go on; what stands against new ones. From the registry alone. */
public final class DrainChecks {
    private DrainChecks() {}

    /** What stands against emptying these agents, as a sentence; null when nothing does. */
    public static @Nullable String agents(Registry registry, List<AgentId> agents) {
        if (agents.isEmpty()) {
            return "no agent is named";
        }
        if (agents.size() > Limits.DRAIN_PLAN_AGENTS_MAX) {
            return agents.size() + " agents are named, and a plan holds at most " + Limits.DRAIN_PLAN_AGENTS_MAX
                    + "; make several plans";
        }
        var seen = new TreeSet<AgentId>();
        for (var id : agents) {
            if (!seen.add(id)) {
                return "agent " + id + " is named twice";
            }
            var problem = agent(registry, id);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static @Nullable String agent(Registry registry, AgentId id) {
        var row = registry.agent(id);
        if (row == null) {
            return registry.goneAgent(id) == null
                    ? "agent " + id + " is unknown; `meso agent ls` lists those that are known"
                    : "agent " + id + " was marked gone";
        }
        for (var plan : registry.drainPlans()) {
            if (plan.state().isOpen() && plan.holds(id)) {
                return "agent " + id + " is in plan " + plan.id() + ", which is not over; cancel it first, or wait";
            }
        }
        if (row.drain() != null) {
            return "agent " + id + " is " + (row.isDraining() ? "being drained" : "drained") + " already";
        }
        return isMaintained(registry, row)
                ? "agent " + id + " is on a machine of the maintenance schedule; take the machine out of it first"
                : null;
    }

    private static boolean isMaintained(Registry registry, AgentRow row) {
        return row.isRegistered() && registry.maintenance().of(row.info().hostname(), row.address()) != null;
    }

    /**
     * The agents in batches: never two zones in one, and at most so many agents; zones, and agents of a zone, by name.
     */
    public static List<Part> batches(Registry registry, List<AgentId> agents, int maxUnavailable) {
        record Placed(String zone, AgentId agent) {}
        var placed = new ArrayList<Placed>();
        for (var id : agents) {
            var row = registry.agent(id);
            placed.add(new Placed(row == null ? "" : zone(row), id));
        }
        placed.sort(Comparator.comparing(Placed::zone).thenComparing(Placed::agent));
        var parts = new ArrayList<Part>();
        int batch = 0;
        int room = 0;
        var zone = "";
        for (var one : placed) {
            if (room == 0 || !one.zone().equals(zone)) {
                batch++;
                room = maxUnavailable;
                zone = one.zone();
            }
            room--;
            parts.add(new Part(one.agent(), batch, Step.WAITING, false));
        }
        return parts;
    }

    /** Region and zone of an agent, {@code region/zone}; empty when it has none. */
    public static String zone(AgentRow row) {
        var domain = row.info().domain();
        return domain == null ? "" : domain.region() + "/" + domain.zone();
    }

    /** The plan as it has to go on now; an equal one when there is nothing to do. */
    public static DrainPlan next(Registry registry, DrainPlan plan, Instant now) {
        if (!plan.state().isOpen()) {
            return plan;
        }
        var parts = new ArrayList<Part>();
        plan.parts().forEach(part -> parts.add(seen(registry, part)));
        boolean late = plan.deadline() != null && !now.isBefore(plan.deadline());
        if (plan.state() == State.RUNNING && !late) {
            begin(registry, parts);
        }
        boolean over = parts.stream().noneMatch(part -> part.step() == Step.WAITING || part.step() == Step.DRAINING);
        var state = over ? State.DONE : late ? State.LATE : plan.state();
        return plan.with(state, parts);
    }

    /** Where the agent stands now. */
    private static Part seen(Registry registry, Part part) {
        if (part.step() != Step.WAITING && part.step() != Step.DRAINING) {
            return part;
        }
        var row = registry.agent(part.agent());
        if (row == null) {
            return part.at(Step.GONE);
        }
        if (part.step() == Step.WAITING) {
            return part;
        }
        var drain = row.drain();
        return drain == null ? part.at(Step.RETURNED) : drain.drained() ? part.at(Step.DRAINED) : part;
    }

    /** The first batch that waits begins, when none is under way; agents that cannot be emptied now are passed over. */
    private static void begin(Registry registry, List<Part> parts) {
        boolean begun = parts.stream().anyMatch(part -> part.step() == Step.DRAINING);
        for (int at = 0; at < parts.size() && !begun; at++) {
            var part = parts.get(at);
            if (part.step() != Step.WAITING) {
                continue;
            }
            int batch = part.batch();
            for (int in = at; in < parts.size() && parts.get(in).batch() == batch; in++) {
                if (parts.get(in).step() == Step.WAITING) {
                    parts.set(in, begun(registry, parts.get(in)));
                    begun |= parts.get(in).step() == Step.DRAINING;
                }
            }
        }
    }

    private static Part begun(Registry registry, Part part) {
        var row = registry.agent(part.agent());
        if (row == null) {
            return part.at(Step.GONE);
        }
        return row.drain() != null || isMaintained(registry, row)
                ? part.at(Step.SKIPPED)
                : part.begun(row.deactivated());
    }
}
