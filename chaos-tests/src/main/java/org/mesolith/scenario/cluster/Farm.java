package org.mesolith.scenario.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.base.Check;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;

/** All agents of a played cluster, and what is free on each. */
final class Farm {
    private static final List<AgentCapability> CAPABILITIES = List.of(
            AgentCapability.MULTI_ROLE, AgentCapability.HIERARCHICAL_ROLE, AgentCapability.RESERVATION_REFINEMENT);

    private static final class Machine {
        private final AgentId id;
        private final AgentInfo info;
        private Resources free;
        private @Nullable AgentSupply supply;

        Machine(AgentId id, AgentInfo info) {
            this.id = id;
            this.info = info;
            this.free = info.resources();
        }

        AgentSupply supply() {
            var known = supply;
            if (known == null) {
                known = new AgentSupply(id, info, info.resources(), free);
                supply = known;
            }
            return known;
        }

        void setFree(Resources changed) {
            free = changed;
            supply = null;
        }
    }

    private final SortedMap<AgentId, Machine> machines = new TreeMap<>();
    private final SortedMap<String, Quantities> reserved = new TreeMap<>();
    private Quantities total = Quantities.NONE;

    /** Free, and of that what quota is about. */
    private Quantities free = Quantities.NONE;

    private Quantities chargeable = Quantities.NONE;

    Farm(List<Plan.Shape> shapes) {
        for (var shape : shapes) {
            for (int i = 0; i < shape.count(); i++) {
                add(shape);
            }
        }
    }

    private void add(Plan.Shape shape) {
        var name = String.format(java.util.Locale.ROOT, "agent-%05d", machines.size() + 1);
        var info = new AgentInfo(name, 5051, shape.resources(), shape.attributes(), null, CAPABILITIES, "1.11.0");
        var id = new AgentId(name);
        machines.put(id, new Machine(id, info));
        total = total.plus(shape.resources().scalarQuantities());
        free = free.plus(shape.resources().scalarQuantities());
        chargeable = chargeable.plus(QuotaBook.chargeable(shape.resources()).scalarQuantities());
        shape.resources()
                .byReservedRole()
                .forEach((role, part) ->
                        reserved.merge(QuotaBook.topOf(role), part.scalarQuantities(), Quantities::plus));
    }

    Quantities total() {
        return total;
    }

    Quantities free() {
        return free;
    }

    /** Free of what quota is about. */
    Quantities chargeable() {
        return chargeable;
    }

    /** What is reserved for a top-level role and those below it. */
    Quantities reservedFor(String topRole) {
        return reserved.getOrDefault(topRole, Quantities.NONE);
    }

    List<AgentSupply> supplies() {
        var supplies = new ArrayList<AgentSupply>();
        machines.values().forEach(machine -> supplies.add(machine.supply()));
        return supplies;
    }

    void take(AgentId agent, Resources resources) {
        var machine = Check.present(machines.get(agent), "agent of a grant");
        machine.setFree(machine.free.minus(resources));
        free = free.without(resources.scalarQuantities());
        chargeable = chargeable.without(QuotaBook.chargeable(resources).scalarQuantities());
    }

    void giveBack(AgentId agent, Resources resources) {
        var machine = Check.present(machines.get(agent), "agent of a grant");
        machine.setFree(machine.free.plus(resources));
        free = free.plus(resources.scalarQuantities());
        chargeable = chargeable.plus(QuotaBook.chargeable(resources).scalarQuantities());
    }
}
