package org.mesolith.allocator;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;

/**
 * What quota still allows while a round goes on. Limits bind the role that has the quota; headroom is what must stay
 * free so that every guarantee can be met. Mesos: {@code hierarchical.cpp}.
 */
final class Headroom {
    private final SortedMap<String, Quota> quotas;
    private final SortedMap<String, Quantities> consumed;
    private final boolean strict;
    private Quantities free;
    private Quantities required = Quantities.NONE;

    /** @param strict whether the limits of a top-level role bind the roles below it, too */
    Headroom(QuotaBook book, boolean strict) {
        this.quotas = book.quotas();
        this.consumed = new TreeMap<>(book.consumed());
        this.free = book.free();
        this.strict = strict;
        sumUp();
    }

    private void sumUp() {
        required = Quantities.NONE;
        quotas.keySet().forEach(role -> required = required.plus(missing(role)));
    }

    /** Whether nobody has a quota. */
    boolean isUnlimited() {
        return quotas.isEmpty();
    }

    /** What the role's guarantee still lacks; nothing for roles without quota. */
    Quantities missing(String role) {
        var quota = quotas.get(role);
        return quota == null ? Quantities.NONE : quota.guarantees().without(consumedBy(role));
    }

    /** What the role may still get of unreserved scalars; null when nothing limits it. */
    @Nullable
    QuantityLimits allowed(String role) {
        var owner = strict ? QuotaBook.topOf(role) : role;
        var quota = quotas.get(owner);
        return quota == null || quota.limits().milliByName().isEmpty()
                ? null
                : quota.limits().without(consumedBy(owner));
    }

    /** What is free beyond all guarantees. */
    Quantities surplus() {
        return free.without(required);
    }

    /** What must stay free. */
    Quantities required() {
        return required;
    }

    Quantities free() {
        return free;
    }

    Quantities consumedBy(String role) {
        return consumed.getOrDefault(role, Quantities.NONE);
    }

    /** The role, with or without quota, was given these. */
    void granted(String role, Resources resources) {
        if (isUnlimited()) {
            return;
        }
        var unreserved = QuotaBook.chargeable(resources).scalarQuantities();
        free = free.without(unreserved);
        var top = QuotaBook.topOf(role);
        if (quotas.containsKey(top)) {
            var before = missing(top);
            consumed.merge(top, unreserved, Quantities::plus);
            required = required.without(before).plus(missing(top));
        }
    }
}
