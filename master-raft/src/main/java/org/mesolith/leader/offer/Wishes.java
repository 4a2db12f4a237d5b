package org.mesolith.leader.offer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.ConstraintFilter;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.OfferFilters;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.leader.event.Present;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.OfferWishes;
import org.mesolith.model.Quantities;
import org.mesolith.state.row.FrameworkRow;

/** Which frameworks want offers for which roles, and what they hold in offers. */
final class Wishes {
    private static final class Wish {
        private boolean connected;
        private OfferWishes said = OfferWishes.NONE;
        private ConstraintFilter constraints = ConstraintFilter.NONE;
        private final SortedSet<String> suppressed = new TreeSet<>();
        private final SortedMap<String, Quantities> offered = new TreeMap<>();

        void says(OfferWishes what) {
            said = what;
            constraints = ConstraintFilter.of(what.constraints());
        }
    }

    private final Present present;
    private final OfferFilters filters;
    private final SortedMap<FrameworkId, Wish> wishes = new TreeMap<>();
    private long version;

    /** What did not change since the last round is not made anew. */
    private final SortedMap<FrameworkId, FrameworkDemand> known = new TreeMap<>();

    Wishes(Present present, OfferFilters filters) {
        this.present = present;
        this.filters = filters;
    }

    /** What the registry says of the framework, or of what it holds, has changed. */
    void changed(FrameworkId framework) {
        known.remove(framework);
        if (present.registry().framework(framework) == null && !isConnected(framework)) {
            wishes.remove(framework);
        }
    }

    void connected(FrameworkId framework, Collection<String> suppressed, OfferWishes said) {
        var wish = wish(framework);
        wish.connected = true;
        wish.says(said);
        version++;
        wish.suppressed.clear();
        wish.suppressed.addAll(suppressed);
    }

    void disconnected(FrameworkId framework) {
        known.remove(framework);
        var wish = wishes.get(framework);
        if (wish != null) {
            wish.connected = false;
        }
        if (present.registry().framework(framework) == null) {
            wishes.remove(framework);
        }
    }

    boolean isConnected(FrameworkId framework) {
        var wish = wishes.get(framework);
        return wish != null && wish.connected;
    }

    void suppress(FrameworkId framework, Collection<String> roles) {
        wish(framework).suppressed.addAll(roles);
    }

    void revive(FrameworkId framework, Collection<String> roles) {
        wish(framework).suppressed.removeAll(roles);
    }

    /** Replaces the suppressed roles and the wishes; says which roles are no longer suppressed. */
    List<String> replace(FrameworkId framework, Collection<String> roles, OfferWishes said) {
        var wish = wish(framework);
        wish.says(said);
        version++;
        var revived = new ArrayList<>(wish.suppressed);
        revived.removeAll(roles);
        wish.suppressed.clear();
        wish.suppressed.addAll(roles);
        return revived;
    }

    void offered(FrameworkId framework, String role, Quantities scalars) {
        wish(framework).offered.merge(role, scalars, Quantities::plus);
    }

    void returned(FrameworkId framework, String role, Quantities scalars) {
        known.remove(framework);
        var wish = wishes.get(framework);
        if (wish != null) {
            var left = wish.offered.getOrDefault(role, Quantities.NONE).without(scalars);
            if (left.isEmpty()) {
                wish.offered.remove(role);
            } else {
                wish.offered.put(role, left);
            }
        }
    }

    /** How many of these are suppressed, by framework; for views. */
    SortedMap<FrameworkId, List<String>> suppressed() {
        var all = new TreeMap<FrameworkId, List<String>>();
        wishes.forEach((framework, wish) -> {
            if (!wish.suppressed.isEmpty()) {
                all.put(framework, List.copyOf(wish.suppressed));
            }
        });
        return all;
    }

    /** Which agents frameworks want to be offered, by role; for views. */
    SortedMap<FrameworkId, SortedMap<String, OfferConstraints>> constraints() {
        var all = new TreeMap<FrameworkId, SortedMap<String, OfferConstraints>>();
        wishes.forEach((framework, wish) -> {
            if (!wish.said.constraints().isEmpty()) {
                all.put(framework, wish.said.constraints());
            }
        });
        return all;
    }

    /** Changes whenever a framework says anew what it wants. */
    long version() {
        return version;
    }

    /** What the allocator must know of every framework. */
    List<FrameworkDemand> demands() {
        var demands = new ArrayList<FrameworkDemand>(present.registry().frameworkCount());
        for (var row : present.registry().frameworks()) {
            var id = row.id();
            var demand = known.get(id);
            if (demand == null || !hasItsRefusals(demand)) {
                demand = demand(row, wishes.get(id));
                known.put(id, demand);
            }
            demands.add(demand);
        }
        return demands;
    }

    /** Refusals come and go without notice: maps are changed in place, or there is another one. */
    @SuppressWarnings("ReferenceEquality") // Whether it is the very map that the filters change.
    private boolean hasItsRefusals(FrameworkDemand demand) {
        for (var role : demand.roles().entrySet()) {
            if (role.getValue().refused() != filters.refused(demand.id(), role.getKey())) {
                return false;
            }
        }
        return true;
    }

    private FrameworkDemand demand(FrameworkRow row, @Nullable Wish wish) {
        var allocated = present.registry().allocated(row.id());
        var offered = wish == null ? new TreeMap<String, Quantities>() : wish.offered;
        var roles = new TreeSet<String>(row.info().roles());
        roles.addAll(allocated.keySet());
        roles.addAll(offered.keySet());
        var demands = new TreeMap<String, RoleDemand>();
        for (var role : roles) {
            var held = allocated.getOrDefault(role, Quantities.NONE).plus(offered.getOrDefault(role, Quantities.NONE));
            var minimum = wish == null ? null : wish.said.minAllocatable().get(role);
            demands.put(role, new RoleDemand(state(row, wish, role), held, minimum, filters.refused(row.id(), role)));
        }
        return new FrameworkDemand(
                row.id(),
                wish != null && wish.connected,
                row.info().capabilities(),
                demands,
                wish == null ? ConstraintFilter.NONE : wish.constraints);
    }

    private static RoleDemand.State state(FrameworkRow row, @Nullable Wish wish, String role) {
        if (!row.info().roles().contains(role)) {
            return RoleDemand.State.LEFT;
        }
        boolean suppressed = wish != null && wish.suppressed.contains(role);
        return suppressed ? RoleDemand.State.SUPPRESSED : RoleDemand.State.WANTED;
    }

    /** To be changed. */
    private Wish wish(FrameworkId framework) {
        known.remove(framework);
        return wishes.computeIfAbsent(framework, f -> new Wish());
    }
}
