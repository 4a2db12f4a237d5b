package org.mesolith.view;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorReply;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Offer;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resource;
import org.mesolith.model.ResourceKind;
import org.mesolith.model.Resources;
import org.mesolith.model.Roles;
import org.mesolith.model.Value;
import org.mesolith.model.Weight;
import org.mesolith.state.Registry;

/** Roles as they are shown: subscribed, used, reserved or weighted ones, and all above them. */
final class RoleViews {
    private static final List<String> SHOWN = List.of("cpus", "mem", "disk", "gpus");

    private final Registry registry;
    private final @Nullable List<String> whitelist;
    private final SortedMap<String, SortedSet<FrameworkId>> frameworks = new TreeMap<>();
    private final SortedMap<String, Quantities> held = new TreeMap<>();
    private final SortedSet<String> reserved = new TreeSet<>();
    private final RoleSums sums = new RoleSums();

    RoleViews(Registry registry, List<Offer> offers, @Nullable List<String> whitelist) {
        this.registry = registry;
        this.whitelist = whitelist;
        for (var row : registry.frameworks()) {
            row.info()
                    .roles()
                    .forEach(role -> frameworks
                            .computeIfAbsent(role, r -> new TreeSet<>())
                            .add(row.id()));
        }
        for (var agent : registry.agents()) {
            for (var resource : agent.total()) {
                resource.kind().reservations().forEach(layer -> reserved.add(layer.role()));
            }
            agent.total().byReservedRole().forEach(sums::reserved);
            for (var allocation : registry.allocations(agent.id())) {
                hold(allocation.role(), allocation.resources());
                sums.allocated(allocation.role(), allocation.resources());
                frameworks
                        .computeIfAbsent(allocation.role(), r -> new TreeSet<>())
                        .add(allocation.framework());
            }
        }
        for (var offer : offers) {
            hold(offer.role(), offer.resources());
            sums.offered(offer.role(), offer.resources());
        }
    }

    OperatorReply.Roles roles() {
        var views = new ArrayList<OperatorReply.Roles.RoleView>();
        for (var role : names()) {
            var weight = registry.weight(role);
            views.add(new OperatorReply.Roles.RoleView(
                    role,
                    weight == null ? new Weight(role, Weight.DEFAULT_BITS) : weight,
                    List.copyOf(frameworks.getOrDefault(role, new TreeSet<>())),
                    shown(held.getOrDefault(role, Quantities.NONE)),
                    sums.of(registry, role)));
        }
        return new OperatorReply.Roles(views);
    }

    private SortedSet<String> names() {
        var names = new TreeSet<String>();
        if (whitelist != null) {
            names.addAll(whitelist);
            names.add(Roles.STAR);
        } else {
            names.addAll(frameworks.keySet());
            names.addAll(held.keySet());
            names.addAll(reserved);
            registry.weights().forEach(weight -> names.add(weight.role()));
            registry.quotas().forEach(quota -> names.add(quota.role()));
        }
        for (var role : List.copyOf(names)) {
            names.addAll(Roles.ancestors(role));
        }
        return names;
    }

    private void hold(String role, Resources resources) {
        held.merge(role, resources.scalarQuantities(), Quantities::plus);
    }

    /** Amounts of what every agent has; ports and the like say nothing when they are added up. */
    private static Resources shown(Quantities held) {
        var amounts = new ArrayList<Resource>();
        for (var name : SHOWN) {
            if (held.milli(name) > 0) {
                amounts.add(Resource.of(ResourceKind.plain(name), new Value.Scalar(held.milli(name))));
            }
        }
        return Resources.of(amounts);
    }
}
