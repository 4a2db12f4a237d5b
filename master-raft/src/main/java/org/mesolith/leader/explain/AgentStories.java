package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.mesolith.base.Check;
import org.mesolith.leader.explain.Story.Item;
import org.mesolith.model.AgentId;
import org.mesolith.model.Resources;
import org.mesolith.state.row.AgentRow;
import org.mesolith.view.LeaderView;

/** How an agent stands: its state, and what holds its resources. */
public final class AgentStories {
    private final Picture picture;
    private final LeaderView view;

    public AgentStories(Picture picture) {
        this.picture = picture;
        this.view = picture.view();
    }

    /** In a word. */
    static String state(LeaderView view, AgentId id) {
        var row = view.registry().agent(id);
        if (row == null) {
            return view.registry().goneAgent(id) == null ? "unknown" : "gone";
        }
        if (!row.isRegistered()) {
            return "unreachable";
        }
        var drain = row.drain();
        if (drain != null) {
            return drain.drained() ? "drained" : "draining";
        }
        if (row.deactivated()) {
            return "deactivated";
        }
        if (view.soft().recoveredAgents().contains(id)) {
            return "not heard since the leader changed";
        }
        return view.soft().connectedAgents().contains(id) ? "active" : "not connected";
    }

    /** Of an admitted agent. */
    public Story tell(AgentId id) {
        var row = Check.present(view.registry().agent(id), "agent");
        var items = new ArrayList<Item>();
        var offered = Resources.EMPTY;
        int tasks = 0;
        for (var holding : picture.holdings().of(id)) {
            if (holding.isOffer()) {
                offered = offered.plus(holding.resources());
            } else {
                tasks++;
            }
            items.add(new Item(
                    holding.isOffer() ? "offer" : "task",
                    holding.what(),
                    holding.framework().value(),
                    holding.resources() + " (role " + holding.role() + ")"));
        }
        for (var reserved : row.total().byReservedRole().entrySet()) {
            items.add(new Item(
                    "reservation", reserved.getKey(), "", reserved.getValue().toString()));
        }
        var allocated = view.registry().allocated(id).unallocated();
        var facts = new LinkedHashMap<String, String>();
        facts.put("host", row.info().hostname());
        facts.put("total", row.total().toString());
        facts.put("in tasks", Reasons.text(allocated));
        facts.put("in offers", Reasons.text(offered));
        facts.put(
                "free",
                Reasons.text(
                        row.total().nonShared().without(allocated.nonShared()).without(offered.nonShared())));
        facts.put("registered", row.registeredAt().toString());
        var machine = view.registry().maintenance().of(row.info().hostname(), row.address());
        facts.put("maintenance", machine == null ? "none planned" : "from " + machine.start());
        return Story.of("agent " + id, state(view, id), because(row, tasks), facts, items);
    }

    private List<String> because(AgentRow row, int tasks) {
        var because = new ArrayList<String>();
        var state = state(view, row.id());
        var left = tasks == 1 ? "1 task" : tasks + " tasks";
        because.add(
                switch (state) {
                    case "active" -> "it has a link to the leader and is offered";
                    case "unreachable" ->
                        "it was silent since " + row.unreachableSince()
                                + ": its tasks are unreachable, nothing is offered until it is back";
                    case "draining" -> "an operator has it emptied; " + left + " still on it";
                    case "drained" ->
                        "an operator had it emptied and nothing is left; `REACTIVATE_AGENT` brings it back";
                    case "deactivated" -> "an operator deactivated it: its tasks run on, nothing is offered";
                    default ->
                        "it is registered but has no link at present: nothing is offered until it is back, and after"
                                + " its time it becomes unreachable";
                });
        var drain = row.drain();
        if (drain != null && drain.markGone()) {
            because.add("once it is drained it is marked gone");
        }
        var maintenance = view.registry().maintenance();
        if (maintenance.isDown(row.info().hostname(), row.address())) {
            because.add("its machine is down for maintenance: the agent is refused");
        } else if (maintenance.of(row.info().hostname(), row.address()) != null) {
            because.add("maintenance of its machine is planned: frameworks are asked to leave it");
        }
        because.add(left.toLowerCase(Locale.ROOT) + " and "
                + picture.holdings().of(row.id()).stream()
                        .filter(Holding::isOffer)
                        .count()
                + " open offers hold its resources");
        return because;
    }
}
