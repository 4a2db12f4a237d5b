package org.mesolith.leader.offer;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.LeaderEvent.OffersClaimed;
import org.mesolith.model.AgentId;
import org.mesolith.model.Conversion;
import org.mesolith.model.Filters;
import org.mesolith.model.OfferId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.state.Consumption;
import org.mesolith.state.Registry;

/** Offers that are taken back because something else needs what is in them: an operator's operation, or a quota. */
final class Rescinds {
    private final OfferDesk desk;

    Rescinds(OfferDesk desk) {
        this.desk = desk;
    }

    /**
     * An operator wants something of an agent. Offers that hold a part of it end one by one until they have all of it;
     * their frameworks do not get them again for a while, so that the operation comes first.
     */
    List<Effect> claim(OffersClaimed claimed) {
        var conversion = Conversion.of(claimed.operation());
        if (conversion == null) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        var missing = conversion.consumed();
        var recovered = Resources.EMPTY;
        for (var id : desk.book().openOf(claimed.agent())) {
            var resources = desk.book().resources(id);
            var rest = missing.without(resources);
            if (rest.equals(missing)) {
                continue;
            }
            missing = rest;
            recovered = recovered.plus(resources);
            desk.filters()
                    .add(
                            desk.book().framework(id),
                            desk.book().role(id),
                            claimed.agent(),
                            resources,
                            Filters.DEFAULT.refuse());
            effects.addAll(OfferCalls.rescind(desk, id));
            if (conversion.on(recovered) != null) {
                break;
            }
        }
        return effects;
    }

    /**
     * A role has another quota: its own offers end until it is within its limits, then those of others, agent by agent,
     * until its guarantees can be met.
     */
    List<Effect> quota(Registry registry, Quota quota) {
        var effects = new ArrayList<Effect>();
        var held = Consumption.of(registry, quota.role());
        for (var id : own(quota)) {
            held = held.plus(countable(id));
        }
        for (var id : own(quota)) {
            if (quota.limits().contains(held)) {
                break;
            }
            held = held.without(countable(id));
            effects.addAll(OfferCalls.rescind(desk, id));
        }
        for (var agent : agents()) {
            if (held.contains(quota.guarantees())) {
                break;
            }
            for (var id : desk.book().openOf(agent)) {
                if (!isOf(quota, id)) {
                    held = held.plus(countable(id));
                    effects.addAll(OfferCalls.rescind(desk, id));
                }
            }
        }
        return effects;
    }

    private List<OfferId> own(Quota quota) {
        return desk.book().openThat(offer -> Consumption.top(offer.role()).equals(quota.role()));
    }

    private boolean isOf(Quota quota, OfferId id) {
        return Consumption.top(desk.book().role(id)).equals(quota.role());
    }

    private SortedSet<AgentId> agents() {
        var agents = new TreeSet<AgentId>();
        desk.book().open().forEach(offer -> agents.add(offer.agent()));
        return agents;
    }

    /** What an offer holds that counts against quota. */
    private Quantities countable(OfferId id) {
        return desk.book().resources(id).unreserved().nonRevocable().scalarQuantities();
    }
}
