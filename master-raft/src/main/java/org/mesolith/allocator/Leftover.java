package org.mesolith.allocator;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.Verdict.Answer;
import org.mesolith.base.Check;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;

/**
 * What is left of the agent whose turn it is, and what one framework after the other would get of it, or why nothing:
 * the one place where that is judged, for rounds and for explanations (Mesos: {@code hierarchical.cpp}). What is the
 * same for all frameworks of a role that can deal with the same, as most of them do, is worked out once.
 */
final class Leftover {
    private static final String GPUS = "gpus";

    /** Abilities that decide which entries a framework can use are these bits, from here on. */
    private static final int FIRST_KIND = 3;

    private static final int KINDS = Member.SHARED | Member.REVOCABLE | Member.REFINED;

    private final AllocatorRules rules;
    private final Stages stages;
    private final @Nullable Offerable[] shareByKinds = new Offerable[KINDS >> FIRST_KIND << 1];
    private final boolean[] enoughByKinds = new boolean[shareByKinds.length];

    /** What those that want offers can deal with, all together: what is for none of them is not looked at. */
    private final int somebody;

    private @Nullable AgentSupply agent;
    private Resources left = Resources.EMPTY;
    private boolean guarantees;
    private ConstraintFilter.@Nullable Facts facts;
    private @Nullable Crowd crowd;
    private int needed;
    private int barred;
    private boolean hierarchical;

    /** The kinds there are in it, of those that not every framework can use. */
    private int kinds;

    private boolean hasUnreserved;

    Leftover(AllocatorRules rules, Stages stages, int somebody) {
        this.rules = rules;
        this.stages = stages;
        this.somebody = somebody;
    }

    /** Another turn. */
    void begin(AgentSupply next, Resources free, boolean firstStage) {
        agent = next;
        guarantees = firstStage;
        facts = null;
        hierarchical = false;
        barred = Member.MULTI_ROLE;
        for (var capability : next.info().capabilities()) {
            hierarchical |= capability == AgentCapability.HIERARCHICAL_ROLE;
            barred = capability == AgentCapability.MULTI_ROLE ? 0 : barred;
        }
        needed = (rules.filterGpus() && next.total().milli(GPUS) > 0 ? Member.GPUS : 0)
                | (isRemote(next) ? Member.REGIONS : 0);
        leaves(free);
    }

    private boolean isRemote(AgentSupply next) {
        var domain = next.info().domain();
        return domain != null && rules.region() != null && !domain.region().equals(rules.region());
    }

    private AgentSupply agent() {
        return Check.present(agent, "agent whose turn it is");
    }

    /** What is left has changed. */
    void leaves(Resources rest) {
        left = rest;
        kinds = 0;
        hasUnreserved = false;
        for (int i = 0; i < rest.size(); i++) {
            var entry = rest.get(i);
            int kind = kind(entry);
            if ((kind & ~somebody) == 0) {
                kinds |= kind;
                hasUnreserved |= !entry.kind().isReserved();
            }
        }
        forget();
    }

    private void forget() {
        Arrays.fill(shareByKinds, null);
    }

    private static int kind(Resource entry) {
        var kind = entry.kind();
        return (kind.shared() ? Member.SHARED : 0)
                | (kind.revocable() ? Member.REVOCABLE : 0)
                | (kind.reservations().size() > 1 ? Member.REFINED : 0);
    }

    /** Whether all that is left is reserved, so that it is only for some roles and those below them. */
    boolean isAllReserved() {
        return !hasUnreserved;
    }

    /** The roles it is reserved for. */
    SortedSet<String> reservedRoles() {
        var roles = new TreeSet<String>();
        String last = "";
        for (int i = 0; i < left.size(); i++) {
            var reserved = left.get(i).kind().reservedRole();
            if (reserved != null && !reserved.equals(last)) {
                roles.add(reserved);
                last = reserved;
            }
        }
        return roles;
    }

    /** From here on it is about this role. */
    void turnTo(Crowd next) {
        crowd = next;
        forget();
    }

    private Crowd role() {
        return Check.present(crowd, "role that it is about");
    }

    /** False when {@link #judge} has nothing for any framework of the role that it is about: none need be asked. */
    boolean isForSomebody() {
        int can = role().abilities();
        return unfit(can & ~barred) == null && hasFor(can);
    }

    private boolean hasFor(int abilities) {
        for (int i = 0; i < left.size(); i++) {
            if (isUsable(left.get(i), abilities)) {
                return true;
            }
        }
        return false;
    }

    private boolean isUsable(Resource entry, int abilities) {
        return (kind(entry) & ~abilities) == 0 && entry.kind().isAllocatableTo(role().role());
    }

    /**
     * What a framework of the role gets of it, or the first reason against that; the reasons have the order of
     * {@link Answer}.
     */
    Offerable judge(Member member) {
        if (member.unwilling() != null) {
            return Offerable.not(member.unwilling());
        }
        int can = member.abilities();
        var unfit = unfit(can);
        if (unfit != null) {
            return Offerable.not(unfit);
        }
        if (isExcluded(member.framework())) {
            return Offerable.not(Answer.CONSTRAINTS);
        }
        if (left.isEmpty()) {
            return Offerable.not(Answer.NOTHING_FREE);
        }
        int place = (can & kinds) >> FIRST_KIND;
        var share = shareByKinds[place];
        if (share == null) {
            share = share(can);
            shareByKinds[place] = share;
            enoughByKinds[place] = reaches(share.resources(), rules.minAllocatable());
        }
        if (!share.isOffered()) {
            return share;
        }
        var own = member.demand().minAllocatable();
        if (own == null ? !enoughByKinds[place] : !reaches(share.resources(), own)) {
            return new Offerable(Answer.BELOW_MINIMUM, share.resources());
        }
        return isRefused(member.demand(), share.resources())
                ? new Offerable(Answer.REFUSED_BEFORE, share.resources())
                : share;
    }

    /** Why nobody with these abilities can have anything of the agent for the role, or null. */
    private @Nullable Answer unfit(int can) {
        if ((can & barred) != 0) {
            return Answer.AGENT_WITHOUT_MULTI_ROLE;
        }
        if (!hierarchical && !role().isTop()) {
            return Answer.AGENT_WITHOUT_HIERARCHICAL_ROLE;
        }
        int lacks = needed & ~can;
        return lacks == 0 ? null : (lacks & Member.GPUS) != 0 ? Answer.GPUS_NOT_WANTED : Answer.OTHER_REGION;
    }

    private boolean isExcluded(FrameworkDemand framework) {
        if (framework.constraints().isEmpty()) {
            return false;
        }
        var known = facts;
        if (known == null) {
            known = ConstraintFilter.Facts.of(agent().info());
            facts = known;
        }
        return framework.constraints().excludes(role().role(), known);
    }

    private Offerable share(int abilities) {
        var usable = left.filter(entry -> isUsable(entry, abilities));
        if (usable.isEmpty()) {
            return Offerable.not(Answer.NOTHING_USABLE);
        }
        return guarantees ? stages.guaranteed(role(), usable) : stages.fair(role(), usable);
    }

    /** Whether one of these minimums is in it, or there is none. */
    private static boolean reaches(Resources usable, List<Quantities> minimums) {
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

    /** Whether the framework did not want so much, or more, of the agent before. */
    private boolean isRefused(RoleDemand demand, Resources given) {
        if (demand.refused().isEmpty()) {
            return false;
        }
        var refusals = demand.refused().get(agent().id());
        if (refusals != null) {
            for (var before : refusals) {
                if (before.contains(given)) {
                    return true;
                }
            }
        }
        return false;
    }
}
