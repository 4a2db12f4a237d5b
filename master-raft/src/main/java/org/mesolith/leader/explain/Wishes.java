package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.ConstraintFilter;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;

/** Fulfils wishes on a copy of a scene in which no offer is open; notes what no table shows. One thread. */
final class Wishes {
    private final Scene scene;
    private final List<String> remarks = new ArrayList<>();
    private AllocationInput input;
    private int added;

    /** @param input of the scene, without offers */
    Wishes(Scene scene, AllocationInput input) {
        this.scene = scene;
        this.input = input;
    }

    AllocationInput input() {
        return input;
    }

    List<String> remarks() {
        return remarks;
    }

    void fulfil(Wish wish) {
        switch (wish) {
            case Wish.SetQuota(var quota) -> input = quota(quota);
            case Wish.SetWeight(var role, var weight) -> input = Edits.weight(input, role, weight);
            case Wish.RemoveAgent(var agent) -> remove(agent, false);
            case Wish.Drain(var agent) -> remove(agent, true);
            case Wish.AddAgents(var count, var like) -> add(count, like);
            case Wish.AddFramework(var name, var role) -> add(name, role);
        }
    }

    private AllocationInput quota(Quota quota) {
        var consumed = input.quota().consumed().getOrDefault(quota.role(), Quantities.NONE);
        if (!quota.limits().contains(consumed)) {
            remarks.add("role " + quota.role() + " already consumes " + consumed
                    + ", more than the limit: nothing is taken away, it only gets no more; the cluster refuses such a"
                    + " quota unless it is forced");
        }
        return Edits.quota(input, quota);
    }

    private void remove(AgentId id, boolean staysRegistered) {
        var supply = supply(id);
        var aside = scene.asides().get(id);
        boolean counted = aside == null || !aside.reason().isUncounted();
        int tasks = 0;
        for (var holding : scene.holdings().of(id)) {
            if (!holding.isOffer()) {
                tasks++;
                input = Changes.released(input, id, holding);
            }
        }
        var rest = new ArrayList<AgentSupply>();
        for (var agent : input.agents()) {
            if (agent.id().equals(id)) {
                supply = agent;
            } else {
                rest.add(agent);
            }
        }
        input = Edits.agents(input, rest);
        if (!staysRegistered && counted) {
            input = Edits.total(
                    input, input.clusterTotal().without(supply.total().scalarQuantities()));
            // What its tasks held was just freed with the rest, so all of it goes.
            input = Edits.free(input, Quantities.NONE, Changes.chargeable(supply.total()));
            for (var reserved : supply.total().byReservedRole().entrySet()) {
                input = Edits.consumedLess(
                        input, reserved.getKey(), reserved.getValue().scalarQuantities());
            }
        }
        remarks.add((staysRegistered ? "draining agent " : "removing agent ") + id + " ends "
                + (tasks == 1 ? "1 task that runs" : tasks + " tasks that run") + " on it");
    }

    private void add(int count, AgentId like) {
        var info = supply(like).info();
        var each = info.resources();
        var agents = new ArrayList<>(input.agents());
        var all = Quantities.NONE;
        for (int i = 0; i < count; i++) {
            added++;
            agents.add(new AgentSupply(new AgentId("what-if-agent-" + added), info, each, each));
            all = all.plus(each.scalarQuantities());
            input = Edits.free(input, Changes.chargeable(each), Quantities.NONE);
        }
        input = Edits.total(Edits.agents(input, agents), input.clusterTotal().plus(all));
        reserve(each, count);
    }

    /** Reservations of new agents are consumed by their roles. */
    private void reserve(Resources each, int count) {
        var book = input.quota();
        var consumed = new TreeMap<>(book.consumed());
        each.byReservedRole().forEach((role, reserved) -> {
            for (int i = 0; i < count; i++) {
                consumed.merge(QuotaBook.topOf(role), reserved.scalarQuantities(), Quantities::plus);
            }
        });
        input = Edits.quota(input, new QuotaBook(book.quotas(), consumed, book.free()));
    }

    private void add(String name, String role) {
        var roles = new TreeMap<String, RoleDemand>();
        roles.put(role, new RoleDemand(RoleDemand.State.WANTED, Quantities.NONE, null, new TreeMap<>()));
        var frameworks = new ArrayList<>(input.frameworks());
        frameworks.add(new FrameworkDemand(
                new FrameworkId(name), true, List.of(FrameworkCapability.MULTI_ROLE), roles, ConstraintFilter.NONE));
        input = Edits.frameworks(input, frameworks);
    }

    private AgentSupply supply(AgentId id) {
        var aside = scene.asides().get(id);
        return aside == null ? Check.present(scene.supply(id), "agent of a wish") : aside.supply();
    }
}
