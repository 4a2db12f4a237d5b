package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.Allocator;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.leader.explain.WhatIf.Fate;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;

/**
 * What would be different if wishes were fulfilled: the cluster is divided twice on paper by the allocator, without and
 * with them. Open offers count as free, refusals as over. Any thread; nothing is written.
 */
public final class Forecast {
    private final Scene scene;

    public Forecast(Scene scene) {
        this.scene = scene;
    }

    /** In the order given. */
    public WhatIf of(List<Wish> wishes) {
        var idle = idle();
        var fulfilled = new Wishes(scene, idle);
        wishes.forEach(fulfilled::fulfil);
        var before = Division.of(idle);
        var after = Division.of(fulfilled.input());
        return new WhatIf(
                scene.now(),
                roles(idle, before, after),
                frameworks(before, after),
                guarantees(after),
                before.unused(),
                after.unused(),
                remarks(fulfilled));
    }

    /** What rounds wait for comes first: until then nothing of the tables comes true. */
    private List<String> remarks(Wishes fulfilled) {
        var held = scene.held();
        if (held == null) {
            return fulfilled.remarks();
        }
        var remarks = new ArrayList<String>();
        remarks.add(Words.held(held) + "; the tables show what is divided once that is over");
        remarks.addAll(fulfilled.remarks());
        return remarks;
    }

    /** The input with every open offer given back, and every refusal forgotten. */
    AllocationInput idle() {
        var input = scene.input();
        var offered = new TreeMap<FrameworkId, SortedMap<String, Quantities>>();
        var consumed = new TreeMap<>(input.quota().consumed());
        var free = input.quota().free();
        var agents = new ArrayList<AgentSupply>();
        for (var agent : input.agents()) {
            var back = offered(agent.id(), offered, consumed);
            free = free.plus(Changes.chargeable(back));
            agents.add(
                    back.isEmpty()
                            ? agent
                            : new AgentSupply(
                                    agent.id(),
                                    agent.info(),
                                    agent.total(),
                                    agent.free().plus(back)));
        }
        for (var aside : scene.asides().keySet()) {
            free = free.plus(Changes.chargeable(offered(aside, offered, consumed)));
        }
        var frameworks = new ArrayList<FrameworkDemand>();
        for (var framework : input.frameworks()) {
            var back = offered.getOrDefault(framework.id(), new TreeMap<>());
            var roles = new TreeMap<String, RoleDemand>();
            framework.roles().forEach((role, demand) -> {
                var less = back.getOrDefault(role, Quantities.NONE);
                roles.put(
                        role, Edits.unfiltered(Edits.held(demand, demand.held().without(less))));
            });
            frameworks.add(Edits.roles(framework, roles));
        }
        var book = new QuotaBook(input.quota().quotas(), consumed, free);
        return Edits.quota(Edits.frameworks(Edits.agents(input, agents), frameworks), book);
    }

    private Resources offered(
            AgentId agent,
            SortedMap<FrameworkId, SortedMap<String, Quantities>> byFramework,
            SortedMap<String, Quantities> consumed) {
        var back = Resources.EMPTY;
        for (var holding : scene.holdings().of(agent)) {
            if (holding.isOffer()) {
                var resources = holding.resources().nonShared();
                back = back.plus(resources);
                byFramework
                        .computeIfAbsent(holding.framework(), f -> new TreeMap<>())
                        .merge(holding.role(), resources.scalarQuantities(), Quantities::plus);
                var charged = Changes.chargeable(resources);
                consumed.computeIfPresent(QuotaBook.topOf(holding.role()), (top, was) -> was.without(charged));
            }
        }
        return back;
    }

    private List<WhatIf.RoleLine> roles(AllocationInput idle, Division before, Division after) {
        var now = Allocator.shares(idle);
        var names = new TreeSet<>(before.heldByRole().keySet());
        names.addAll(after.heldByRole().keySet());
        var lines = new ArrayList<WhatIf.RoleLine>();
        for (var role : names) {
            var was = before.heldByRole().getOrDefault(role, Quantities.NONE);
            var is = after.heldByRole().getOrDefault(role, Quantities.NONE);
            boolean wanted = after.after().frameworks().stream().anyMatch(one -> wants(one, role));
            lines.add(new WhatIf.RoleLine(
                    role,
                    idle.weightByRole().getOrDefault(role, 1.0),
                    after.after().weightByRole().getOrDefault(role, 1.0),
                    now.getOrDefault(role, 0.0),
                    before.shareByRole().getOrDefault(role, 0.0),
                    after.shareByRole().getOrDefault(role, 0.0),
                    was,
                    is,
                    fate(was, is, wanted)));
        }
        return lines;
    }

    private static List<WhatIf.FrameworkLine> frameworks(Division before, Division after) {
        var lines = new ArrayList<WhatIf.FrameworkLine>();
        for (var framework : after.after().frameworks()) {
            var was = before.heldByFramework().getOrDefault(framework.id(), Quantities.NONE);
            var is = after.heldByFramework().getOrDefault(framework.id(), Quantities.NONE);
            boolean wanted = framework.roles().keySet().stream().anyMatch(role -> wants(framework, role));
            lines.add(new WhatIf.FrameworkLine(framework.id(), was, is, fate(was, is, wanted)));
        }
        return lines;
    }

    private static boolean wants(FrameworkDemand framework, String role) {
        var demand = framework.roles().get(role);
        return framework.active() && demand != null && demand.state() == RoleDemand.State.WANTED;
    }

    private static Fate fate(Quantities was, Quantities is, boolean wanted) {
        if (is.isEmpty() && wanted) {
            return Fate.STARVES;
        }
        boolean more = !is.without(was).isEmpty();
        boolean less = !was.without(is).isEmpty();
        if (more && less) {
            return Fate.MIXED;
        }
        return more ? Fate.GAINS : less ? Fate.LOSES : Fate.SAME;
    }

    private static List<WhatIf.GuaranteeLine> guarantees(Division after) {
        var lines = new ArrayList<WhatIf.GuaranteeLine>();
        var promised = Quantities.NONE;
        for (var quota : after.after().quota().quotas().values()) {
            promised = promised.plus(quota.guarantees());
        }
        for (var quota : after.after().quota().quotas().values()) {
            var consumed = after.consumed().getOrDefault(quota.role(), Quantities.NONE);
            var lacking = quota.guarantees().without(consumed);
            var over = new TreeMap<String, Long>();
            quota.limits().milliByName().forEach((name, milli) -> {
                if (consumed.milli(name) > milli) {
                    over.put(name, consumed.milli(name) - milli);
                }
            });
            lines.add(new WhatIf.GuaranteeLine(
                    quota.role(),
                    quota.guarantees(),
                    quota.limits(),
                    consumed,
                    lacking,
                    Quantities.of(over),
                    text(after, quota, promised, lacking)));
        }
        return lines;
    }

    private static String text(Division after, Quota quota, Quantities promised, Quantities lacking) {
        if (lacking.isEmpty()) {
            return quota.guarantees().isEmpty() ? "nothing is guaranteed" : "the guarantee holds";
        }
        var total = after.after().clusterTotal();
        if (!total.contains(promised)) {
            return "all guarantees together, " + promised + ", are more than the cluster has, " + total;
        }
        boolean wanted = after.after().frameworks().stream()
                .anyMatch(framework -> framework.roles().keySet().stream()
                        .anyMatch(role -> QuotaBook.topOf(role).equals(quota.role()) && wants(framework, role)));
        if (!wanted) {
            return "no framework of the role wants offers; " + lacking + " stay free for it as far as they are there";
        }
        return "what is free does not reach: "
                + Budget.text(after.after().quota().free())
                + " free before the round, or it is reserved for others or excluded by constraints";
    }
}
