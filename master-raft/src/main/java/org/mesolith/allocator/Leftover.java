package org.mesolith.allocator;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.Verdict.Answer;
import org.mesolith.base.Check;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;

/**
 * What is left of the agent whose turn it is, and who gets what of it. The rules are those of {@link Offerable}; here
 * they are worked out once for all frameworks of a role that can deal with the same, as most of them do.
 */
final class Leftover {
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
    private String role = "";
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
        var info = next.info();
        hierarchical = false;
        barred = Member.MULTI_ROLE;
        for (var capability : info.capabilities()) {
            hierarchical |= capability == AgentCapability.HIERARCHICAL_ROLE;
            barred = capability == AgentCapability.MULTI_ROLE ? 0 : barred;
        }
        needed = (Offerable.hidesForGpus(next, rules) ? Member.GPUS : 0)
                | (Offerable.isRemote(next, rules) ? Member.REGIONS : 0);
        leaves(free);
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

    /** From here on it is about this role; false when there is nothing in it for any of its frameworks. */
    boolean isFor(Crowd crowd) {
        role = crowd.role();
        forget();
        return (hierarchical || role.indexOf('/') < 0)
                && (crowd.abilities() & needed) == needed
                && hasFor(crowd.abilities());
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
        return (kind(entry) & ~abilities) == 0 && entry.kind().isAllocatableTo(role);
    }

    /** What a framework of the role gets of it, or null. */
    @Nullable
    Resources judge(Member member) {
        int can = member.abilities();
        if ((can & needed) != needed || (can & barred) != 0 || isExcluded(member.framework())) {
            return null;
        }
        int place = (can & kinds) >> FIRST_KIND;
        var share = shareByKinds[place];
        if (share == null) {
            share = share(can);
            shareByKinds[place] = share;
            enoughByKinds[place] = Offerable.reaches(share.resources(), rules.minAllocatable());
        }
        if (share.answer() != Answer.OFFERED) {
            return null;
        }
        var own = member.demand().minAllocatable();
        boolean enough = own == null ? enoughByKinds[place] : Offerable.reaches(share.resources(), own);
        boolean refused = enough && Offerable.isRefused(agent(), member.demand(), share.resources());
        return enough && !refused ? share.resources() : null;
    }

    private Offerable share(int abilities) {
        var usable = left.filter(entry -> isUsable(entry, abilities));
        if (usable.isEmpty()) {
            return new Offerable(Answer.NOTHING_USABLE, usable);
        }
        return guarantees ? stages.guaranteed(role, usable) : stages.fair(role, usable);
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
        return framework.constraints().excludes(role, known);
    }
}
