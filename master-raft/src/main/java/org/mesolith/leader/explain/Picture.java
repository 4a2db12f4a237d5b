package org.mesolith.leader.explain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.FilterPicture;
import org.mesolith.allocator.RoundsHeld;
import org.mesolith.model.AgentId;
import org.mesolith.model.Offer;
import org.mesolith.model.Resources;
import org.mesolith.state.row.AgentRow;
import org.mesolith.view.LeaderView;

/**
 * What the leader hands out of its thread for an explanation, all of one moment. Immutable; any thread.
 *
 * @param input what a round over all agents would be told
 * @param aside registered agents that no round is over at present
 * @param held what rounds wait for; null if for nothing
 */
public record Picture(
        LeaderView view,
        AllocationInput input,
        List<AgentSupply> aside,
        FilterPicture filters,
        @Nullable RoundsHeld held,
        Instant now) {
    /** What offers depend on. */
    public Scene scene() {
        var asides = new TreeMap<AgentId, Aside>();
        for (var supply : aside) {
            asides.put(supply.id(), new Aside(supply, reason(supply.id())));
        }
        for (var row : view.registry().agents()) {
            if (!row.isRegistered()) {
                var supply = new AgentSupply(row.id(), row.info(), row.total(), row.total());
                asides.put(row.id(), new Aside(supply, Aside.Reason.UNREACHABLE));
            }
        }
        return new Scene(input, asides, holdings(), filters, held, now);
    }

    private Aside.Reason reason(AgentId id) {
        var row = view.registry().agent(id);
        if (row != null && row.deactivated()) {
            return deactivated(row);
        }
        if (view.soft().recoveredAgents().contains(id)) {
            return Aside.Reason.NOT_HEARD;
        }
        boolean linked = view.soft().connectedAgents().contains(id);
        return linked ? Aside.Reason.NOT_WHITELISTED : Aside.Reason.NOT_CONNECTED;
    }

    private static Aside.Reason deactivated(AgentRow row) {
        var drain = row.drain();
        if (drain == null) {
            return Aside.Reason.DEACTIVATED;
        }
        return drain.drained() ? Aside.Reason.DRAINED : Aside.Reason.DRAINING;
    }

    /** Tasks and open offers by agent. */
    public Holdings holdings() {
        var offers = new TreeMap<AgentId, List<Offer>>();
        for (var offer : view.soft().offers()) {
            offers.computeIfAbsent(offer.agent(), a -> new ArrayList<>()).add(offer);
        }
        return agent -> {
            var holdings = new ArrayList<Holding>();
            for (var offer : offers.getOrDefault(agent, List.of())) {
                Resources resources = offer.resources().unallocated();
                holdings.add(new Holding(
                        offer.framework(),
                        offer.role(),
                        resources,
                        true,
                        offer.id().value()));
            }
            for (var task : view.registry().tasksOfAgent(agent)) {
                if (task.holdsResources()) {
                    var resources = task.resources().unallocated();
                    holdings.add(new Holding(task.framework(), task.role(), resources, false, task.taskId()));
                }
            }
            return holdings;
        };
    }
}
