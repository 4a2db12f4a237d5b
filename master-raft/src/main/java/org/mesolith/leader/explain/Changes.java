package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;

/** Does changes to scenes. */
final class Changes {
    private Changes() {}

    /** The scene as it would be. */
    static Scene make(Scene scene, Change change) {
        var input = scene.input();
        return switch (change) {
            case Change.EndOfWait _ -> scene.released();
            case Change.AgentBack(var agent, var _) -> back(scene, agent);
            case Change.Connect(var id) -> scene.with(Edits.framework(input, id, Changes::connected));
            case Change.Subscribe(var id, var role) -> scene.with(state(input, id, role, RoleDemand.State.WANTED));
            case Change.Revive(var id, var role) -> scene.with(state(input, id, role, RoleDemand.State.WANTED));
            case Change.DropConstraints(var id, var role) ->
                scene.with(Edits.framework(input, id, framework -> unconstrained(framework, role)));
            case Change.FrameworkCan can -> scene.with(Edits.framework(input, can.framework(), was -> able(was, can)));
            case Change.AgentCan can -> scene.with(Edits.agent(input, can.agent(), was -> able(was, can)));
            case Change.Release(var agent, var holding) -> scene.with(released(input, agent, holding));
            case Change.Unreserve change1 -> scene.with(unreserved(input, change1));
            case Change.RaiseLimit(var role, var by) -> scene.with(Edits.quota(input, raised(input, role, by)));
            case Change.LowerGuarantees(var byRole) -> {
                var changed = input;
                for (var one : byRole.entrySet()) {
                    changed = Edits.quota(changed, lowered(changed, one.getKey(), one.getValue()));
                }
                yield scene.with(changed);
            }
            case Change.LowerMinimum(var id, var role, var to) ->
                scene.with(
                        Edits.role(input, id, role, was -> Edits.minimum(was, to.isEmpty() ? List.of() : List.of(to))));
            case Change.DropFilters drop ->
                scene.with(Edits.role(input, drop.framework(), drop.role(), was -> unfiltered(was, drop.agent())));
            case Change.SetWeight(var role, var weight) -> scene.with(Edits.weight(input, role, weight));
            case Change.StepBack(var rivals) -> {
                var changed = input;
                for (var rival : rivals) {
                    changed = state(changed, rival.framework(), rival.role(), RoleDemand.State.SUPPRESSED);
                }
                yield scene.with(changed);
            }
        };
    }

    private static Scene back(Scene scene, AgentId agent) {
        var aside = scene.asides().get(agent);
        if (aside == null) {
            return scene;
        }
        var asides = new TreeMap<>(scene.asides());
        asides.remove(agent);
        var agents = new ArrayList<>(scene.input().agents());
        agents.add(aside.supply());
        var input = Edits.agents(scene.input(), agents);
        if (aside.reason().isUncounted()) {
            var supply = aside.supply();
            input = Edits.total(input, input.clusterTotal().plus(supply.total().scalarQuantities()));
            input = Edits.free(input, chargeable(supply.free()), Quantities.NONE);
        }
        return new Scene(input, asides, scene.holdings(), scene.filters(), scene.held(), scene.now());
    }

    private static FrameworkDemand connected(FrameworkDemand was) {
        return new FrameworkDemand(was.id(), true, was.capabilities(), was.roles(), was.constraints());
    }

    private static FrameworkDemand unconstrained(FrameworkDemand was, String role) {
        return new FrameworkDemand(
                was.id(),
                was.active(),
                was.capabilities(),
                was.roles(),
                was.constraints().without(role));
    }

    private static FrameworkDemand able(FrameworkDemand was, Change.FrameworkCan can) {
        var capabilities = new ArrayList<>(was.capabilities());
        capabilities.add(can.capability());
        return new FrameworkDemand(was.id(), was.active(), capabilities, was.roles(), was.constraints());
    }

    private static AgentSupply able(AgentSupply was, Change.AgentCan can) {
        var info = was.info();
        var capabilities = new ArrayList<>(info.capabilities());
        capabilities.add(can.capability());
        var changed = new AgentInfo(
                info.hostname(),
                info.port(),
                info.resources(),
                info.attributes(),
                info.domain(),
                capabilities,
                info.version());
        return new AgentSupply(was.id(), changed, was.total(), was.free());
    }

    /** What a task or offer held is free again. */
    static AllocationInput released(AllocationInput input, AgentId agent, Holding holding) {
        var resources = holding.resources().nonShared();
        var charged = chargeable(resources);
        var changed = Edits.agent(
                input,
                agent,
                was -> new AgentSupply(
                        was.id(), was.info(), was.total(), was.free().plus(resources)));
        changed = Edits.role(
                changed,
                holding.framework(),
                holding.role(),
                was -> Edits.held(was, was.held().without(resources.scalarQuantities())));
        changed = Edits.consumedLess(changed, holding.role(), charged);
        return Edits.free(changed, charged, Quantities.NONE);
    }

    private static AllocationInput unreserved(AllocationInput input, Change.Unreserve change) {
        var freed = change.resources()
                .mapKinds(kind -> (kind.isPersistentVolume() ? kind.withoutVolume() : kind).unreserved());
        var changed = Edits.agent(
                input,
                change.agent(),
                was -> new AgentSupply(
                        was.id(),
                        was.info(),
                        was.total().without(change.resources()).plus(freed),
                        was.free().without(change.resources()).plus(freed)));
        changed = Edits.consumedLess(changed, change.role(), chargeable(freed));
        return Edits.free(changed, chargeable(freed), Quantities.NONE);
    }

    private static AllocationInput state(
            AllocationInput input, FrameworkId framework, String role, RoleDemand.State state) {
        return Edits.role(input, framework, role, was -> Edits.state(was, state));
    }

    private static RoleDemand unfiltered(RoleDemand was, AgentId agent) {
        var refused = new TreeMap<>(was.refused());
        refused.remove(agent);
        return new RoleDemand(was.state(), was.held(), was.heldShared(), was.minAllocatable(), refused);
    }

    private static Quota raised(AllocationInput input, String role, Quantities by) {
        var quota = input.quota().quotas().getOrDefault(role, Quota.none(role));
        var limits = new TreeMap<>(quota.limits().milliByName());
        limits.replaceAll((name, milli) -> milli + by.milli(name));
        return new Quota(role, quota.guarantees(), new QuantityLimits(limits));
    }

    private static Quota lowered(AllocationInput input, String role, Quantities by) {
        var quota = input.quota().quotas().getOrDefault(role, Quota.none(role));
        return new Quota(role, quota.guarantees().without(by), quota.limits());
    }

    static Quantities chargeable(Resources resources) {
        return QuotaBook.chargeable(resources).scalarQuantities();
    }
}
