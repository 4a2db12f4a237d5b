package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import org.mesolith.allocator.Allocator;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.leader.explain.Story.Item;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;

/** How a role stands: its share, its quota, and who has what of it. */
public final class RoleStories {
    private final Picture picture;

    public RoleStories(Picture picture) {
        this.picture = picture;
    }

    /** Of any valid role; one that nobody has is idle. */
    public Story tell(String role) {
        var input = picture.input();
        var top = QuotaBook.topOf(role);
        var quota = input.quota().quotas().getOrDefault(top, Quota.none(top));
        var consumed = input.quota().consumed().getOrDefault(top, Quantities.NONE);
        var items = new ArrayList<Item>();
        int wanting = 0;
        int suppressed = 0;
        var held = Quantities.NONE;
        for (var framework : input.frameworks()) {
            for (var entry : framework.roles().entrySet()) {
                var demand = entry.getValue();
                if (!entry.getKey().equals(role) && !entry.getKey().startsWith(role + "/")) {
                    continue;
                }
                held = held.plus(demand.held());
                boolean wants = framework.active() && demand.state() == RoleDemand.State.WANTED;
                wanting += wants ? 1 : 0;
                suppressed += framework.active() && demand.state() == RoleDemand.State.SUPPRESSED ? 1 : 0;
                items.add(new Item(
                        "framework",
                        framework.id().value(),
                        entry.getKey(),
                        (demand.held().isEmpty() ? "holds nothing" : "holds " + demand.held()) + ", "
                                + (framework.active() ? word(demand.state()) : "not connected")));
            }
        }
        reservations(role, items);
        var facts = new LinkedHashMap<String, String>();
        facts.put("share", Words.percent(Allocator.shares(input).getOrDefault(role, 0.0)));
        facts.put("weight", Words.number(input.weightByRole().getOrDefault(role, 1.0)));
        facts.put("held", Budget.text(held));
        facts.put("quota of", top);
        facts.put("guarantee", Budget.text(quota.guarantees()));
        facts.put("limit", quota.limits().milliByName().isEmpty() ? "none" : Budget.limits(quota.limits()));
        facts.put("consumed of the quota", quota.isNone() ? "no quota" : Budget.text(consumed));
        var because = because(quota, consumed, wanting, suppressed);
        var state = items.isEmpty() ? "idle" : wanting > 0 ? "wants offers" : "wants nothing";
        return Story.of("role " + role, state, because, facts, items);
    }

    private static String word(RoleDemand.State state) {
        return switch (state) {
            case WANTED -> "wants offers";
            case SUPPRESSED -> "suppressed";
            case LEFT -> "left the role";
        };
    }

    private List<String> because(Quota quota, Quantities consumed, int wanting, int suppressed) {
        var because = new ArrayList<String>();
        because.add(wanting + " frameworks want offers for it or roles below it, " + suppressed + " suppressed them");
        quota.limits().milliByName().forEach((name, milli) -> {
            if (consumed.milli(name) >= milli) {
                because.add("its limit of " + name + " is reached: " + Words.number(consumed.milli(name) / 1_000.0)
                        + " of " + Words.number(milli / 1_000.0) + " is used, reserved or offered");
            }
        });
        var lacking = quota.guarantees().without(consumed);
        if (!lacking.isEmpty()) {
            because.add("its guarantee lacks " + lacking + "; so much is kept free for it: free in the cluster "
                    + Budget.text(picture.input().quota().free()));
        }
        return because;
    }

    private void reservations(String role, List<Item> items) {
        var agents = new TreeMap<String, Item>();
        for (var agent : picture.view().registry().agents()) {
            var reserved = agent.total().reservedTo(role);
            if (!reserved.isEmpty()) {
                agents.put(
                        agent.id().value(), new Item("reservation", agent.id().value(), role, reserved.toString()));
            }
        }
        items.addAll(agents.values());
    }
}
