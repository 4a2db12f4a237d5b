package org.mesolith.leader.offer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;

/** What one admitted agent has, and what is allocated and offered of it. */
final class Stock {
    /** An amount that counts against the quota of a role. */
    record Use(String role, Quantities scalars) {}

    /**
     * What the agent adds to the sums that quota is about.
     *
     * @param free unreserved scalars, not revocable, neither offered nor allocated; nothing while it is unreachable
     * @param uses reservations and what tasks use of what nobody reserved
     */
    record Part(Quantities free, List<Use> uses) {
        static final Part NONE = new Part(Quantities.NONE, List.of());
    }

    private AgentRow row;
    private Resources allocated = Resources.EMPTY;
    private Resources offered = Resources.EMPTY;
    private boolean linked;
    private @Nullable AgentSupply supply;

    /** As it is in the sums now. */
    private Part counted = Part.NONE;

    Stock(AgentRow row) {
        this.row = row;
    }

    AgentRow row() {
        return row;
    }

    void refresh(AgentRow changed, Resources allocatedNow) {
        row = changed;
        allocated = allocatedNow;
        supply = null;
    }

    void setLinked(boolean yes) {
        linked = yes;
    }

    boolean isLinked() {
        return linked;
    }

    void setOffered(Resources changed) {
        offered = changed;
        supply = null;
    }

    Resources offered() {
        return offered;
    }

    boolean isOfferable() {
        return linked && row.isRegistered() && !row.deactivated();
    }

    /** Scalars offered or allocated. */
    Quantities held() {
        return allocated.scalarQuantities().plus(offered.scalarQuantities());
    }

    /** Revocable scalars that tasks hold. */
    Quantities lentAndUsed() {
        return allocated.revocable().scalarQuantities();
    }

    /** Whether more is out than it has: it has become smaller. */
    boolean isOverdrawn() {
        // Of a shared volume any number of copies may be out.
        return !row.total().contains(allocated.plus(offered).withSingleCopies());
    }

    AgentSupply supply() {
        var known = supply;
        if (known == null) {
            known = new AgentSupply(row.id(), row.info(), row.total(), free());
            supply = known;
        }
        return known;
    }

    /** Nothing while its tasks use more than it has: it came back with less. */
    private Resources free() {
        if (!row.total().contains(allocated.nonShared())) {
            return Resources.EMPTY;
        }
        return row.total()
                .nonShared()
                .without(allocated.nonShared())
                .without(offered.nonShared())
                .plus(row.total().shared().withSingleCopies());
    }

    Part counted() {
        return counted;
    }

    void setCounted(Part part) {
        counted = part;
    }

    /** What it adds to the sums by what is known now. */
    Part part(Registry registry) {
        var free = row.isRegistered() ? QuotaBook.chargeable(supply().free()).scalarQuantities() : Quantities.NONE;
        var uses = new ArrayList<Use>();
        row.total().byReservedRole().forEach((role, resources) -> use(role, resources, uses));
        for (var allocation : registry.allocations(row.id())) {
            use(allocation.role(), allocation.resources().unreserved(), uses);
        }
        return new Part(free, uses);
    }

    private static void use(String role, Resources resources, List<Use> uses) {
        var scalars = resources.nonRevocable().scalarQuantities();
        if (!scalars.isEmpty()) {
            uses.add(new Use(role, scalars));
        }
    }
}
