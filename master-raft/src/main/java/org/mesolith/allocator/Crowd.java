package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;

/** The frameworks of one role. Their order is made when somebody first asks for it: a round over one agent asks few. */
final class Crowd {
    private final String role;
    private final boolean isTop;
    private final AllocationInput input;
    private final Amounts amounts;
    private final List<Member> members = new ArrayList<>();
    private long[] held = new long[0];
    private int abilities;
    private int quotaPlace = -1;
    private Headroom.@Nullable Account quota;
    private @Nullable ShareTree<Member> tree;

    Crowd(String role, AllocationInput input, Amounts amounts) {
        this.role = role;
        this.isTop = role.indexOf('/') < 0;
        this.input = input;
        this.amounts = amounts;
    }

    String role() {
        return role;
    }

    /** Whether no role is above it. */
    boolean isTop() {
        return isTop;
    }

    /** Tells what quotas there are. */
    void setQuotas(Headroom headroom) {
        quotaPlace = headroom.place(role);
        quota = headroom.account(this);
    }

    /** Where the account is that it is charged to; negative if there is none. */
    int quotaPlace() {
        return quotaPlace;
    }

    /** Whether a guarantee of the role is not met. */
    boolean lacks() {
        return quota != null && quota.lacks();
    }

    void add(Member member) {
        members.add(member);
        held = amounts.add(held, member.demand().held(), 1);
        if (member.wants()) {
            abilities |= member.abilities();
        }
    }

    /** What those that want offers can deal with, all together. */
    int abilities() {
        return abilities;
    }

    /** Whether one of them wants offers. */
    boolean isWanted() {
        return members.stream().anyMatch(Member::wants);
    }

    /** What all of them held at the beginning, by the slots of the round. */
    long[] heldAtFirst() {
        return held;
    }

    /** How two of them stand to each other. */
    Verdict.Standing standing(FrameworkId own, FrameworkId other) {
        return tree().standing(own.value(), other.value());
    }

    /** Those that want offers, poorest first, until told to stop by false; grants wait for the end. */
    void visit(Predicate<Member> visitor) {
        tree().visit(visitor);
    }

    /** The order of its frameworks, by their ids. */
    ShareTree<Member> tree() {
        var made = tree;
        if (made == null) {
            made = new ShareTree<>(amounts);
            made.setTotal(input.clusterTotal());
            for (var member : members) {
                enter(member, made);
            }
            tree = made;
        }
        return made;
    }

    private void enter(Member member, ShareTree<Member> into) {
        var id = member.framework().id();
        into.add(id.value(), member.wants(), member);
        into.hold(id.value(), member.demand().held());
        into.setGrants(id.value(), input.grants().ofFramework(role, id));
        member.demand()
                .heldShared()
                .forEach((agent, volumes) -> into.changed(id.value(), agent.value(), Resources.EMPTY, volumes));
    }

    /** @param more how many grants it counts for */
    void granted(Allocation grant, @Nullable Quantities withoutShared, long more) {
        var id = grant.framework().value();
        if (withoutShared == null) {
            tree().changed(id, grant.agent().value(), Resources.EMPTY, grant.resources());
        } else {
            tree().hold(id, withoutShared);
        }
        tree().granted(id, more);
    }
}
