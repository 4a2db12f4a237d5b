package org.mesolith.allocator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.Verdict.Answer;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.Quantities;
import org.mesolith.model.ResourceKind;
import org.mesolith.model.Resources;

/**
 * What of an agent a framework may be shown for a role, or why nothing (Mesos: {@code hierarchical.cpp}).
 *
 * @param answer {@link Answer#OFFERED} or the first reason against it
 * @param resources empty unless offered, or what it is about
 */
record Offerable(Answer answer, Resources resources) {
    private static final String GPUS = "gpus";

    private static Offerable not(Answer answer) {
        return new Offerable(answer, Resources.EMPTY);
    }

    /**
     * Judges one framework in one role and what is left of one agent.
     *
     * @param left what nobody was given before in this round
     * @param share what quota lets through of what is usable
     */
    static Offerable judge(
            AgentSupply agent,
            Resources left,
            FrameworkDemand framework,
            String role,
            AllocatorRules rules,
            Cut share) {
        var demand = framework.roles().get(role);
        if (!framework.active()) {
            return not(Answer.FRAMEWORK_NOT_CONNECTED);
        }
        if (demand == null || demand.state() == RoleDemand.State.LEFT) {
            return not(Answer.ROLE_NOT_SUBSCRIBED);
        }
        if (demand.state() != RoleDemand.State.WANTED) {
            return not(Answer.ROLE_SUPPRESSED);
        }
        if (left.isEmpty()) {
            return not(agent.free().isEmpty() ? Answer.NOTHING_FREE : Answer.OUTRANKED);
        }
        var unfit = unfit(agent, framework, role, rules);
        if (unfit != null) {
            return not(unfit);
        }
        var usable = left.filter(entry -> entry.kind().isAllocatableTo(role) && canUse(entry.kind(), framework));
        if (usable.isEmpty()) {
            return not(Answer.NOTHING_USABLE);
        }
        var given = share.of(role, usable);
        if (given.answer() != Answer.OFFERED) {
            return given;
        }
        return unrefused(agent, demand, given.resources(), rules);
    }

    private static Offerable unrefused(AgentSupply agent, RoleDemand demand, Resources given, AllocatorRules rules) {
        var min = demand.minAllocatable();
        if (!reaches(given, min == null ? rules.minAllocatable() : min)) {
            return new Offerable(Answer.BELOW_MINIMUM, given);
        }
        return new Offerable(isRefused(agent, demand, given) ? Answer.REFUSED_BEFORE : Answer.OFFERED, given);
    }

    /** Whether the framework did not want so much, or more, of the agent before. */
    static boolean isRefused(AgentSupply agent, RoleDemand demand, Resources given) {
        if (demand.refused().isEmpty()) {
            return false;
        }
        var refusals = demand.refused().get(agent.id());
        return refusals != null && refusals.stream().anyMatch(before -> before.contains(given));
    }

    /** What quota lets through of what a role could use. */
    interface Cut {
        Offerable of(String role, Resources usable);
    }

    /** Why the framework cannot have anything of this agent, or null. */
    private static @Nullable Answer unfit(
            AgentSupply agent, FrameworkDemand framework, String role, AllocatorRules rules) {
        if (!framework.constraints().isEmpty()
                && framework.constraints().excludes(role, ConstraintFilter.Facts.of(agent.info()))) {
            return Answer.CONSTRAINTS;
        }
        var can = agent.info().capabilities();
        if (framework.has(FrameworkCapability.MULTI_ROLE) && !can.contains(AgentCapability.MULTI_ROLE)) {
            return Answer.AGENT_WITHOUT_MULTI_ROLE;
        }
        if (role.indexOf('/') >= 0 && !can.contains(AgentCapability.HIERARCHICAL_ROLE)) {
            return Answer.AGENT_WITHOUT_HIERARCHICAL_ROLE;
        }
        if (!framework.has(FrameworkCapability.GPU_RESOURCES) && hidesForGpus(agent, rules)) {
            return Answer.GPUS_NOT_WANTED;
        }
        return !framework.has(FrameworkCapability.REGION_AWARE) && isRemote(agent, rules) ? Answer.OTHER_REGION : null;
    }

    /** Whether it is only for frameworks that can use gpus. */
    static boolean hidesForGpus(AgentSupply agent, AllocatorRules rules) {
        return rules.filterGpus() && agent.total().milli(GPUS) > 0;
    }

    /** Whether it is only for frameworks that know regions. */
    static boolean isRemote(AgentSupply agent, AllocatorRules rules) {
        var domain = agent.info().domain();
        return domain != null && rules.region() != null && !domain.region().equals(rules.region());
    }

    private static boolean canUse(ResourceKind kind, FrameworkDemand framework) {
        return (!kind.shared() || framework.has(FrameworkCapability.SHARED_RESOURCES))
                && (!kind.revocable() || framework.has(FrameworkCapability.REVOCABLE_RESOURCES))
                && (kind.reservations().size() <= 1 || framework.has(FrameworkCapability.RESERVATION_REFINEMENT));
    }

    /** Whether one of these minimums is in it, or there is none. */
    static boolean reaches(Resources usable, List<Quantities> minimums) {
        if (minimums.isEmpty()) {
            return true;
        }
        var amounts = usable.quantities();
        for (var minimum : minimums) {
            if (amounts.contains(minimum)) {
                return true;
            }
        }
        return false;
    }
}
