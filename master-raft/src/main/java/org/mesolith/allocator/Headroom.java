package org.mesolith.allocator;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;

/**
 * What quota still allows while a round goes on. Limits bind the role that has the quota; headroom is what must stay
 * free so that every guarantee can be met. Mesos: {@code hierarchical.cpp}.
 */
final class Headroom {
    /** What a top-level role with a quota has used of it; what follows from that is kept until it gets more. */
    static final class Account {
        private final Quota quota;
        private Quantities consumed;
        private Quantities missing;

        private Account(Quota quota, Quantities consumed) {
            this.quota = quota;
            this.consumed = consumed;
            this.missing = quota.guarantees().without(consumed);
        }

        private void consume(Quantities more) {
            consumed = consumed.plus(more);
            missing = quota.guarantees().without(consumed);
        }

        /** What may still be got of the name, in thousandths; the largest long when nothing limits it. */
        long allowed(String name) {
            var limit = quota.limits().milli(name);
            return limit == null ? Long.MAX_VALUE : Math.max(0, limit - consumed.milli(name));
        }

        /** Whether its guarantee is not met. */
        boolean lacks() {
            return !missing.isEmpty();
        }
    }

    private final SortedMap<String, Account> accounts = new TreeMap<>();
    private final SortedMap<String, Quantities> consumed;
    private final boolean strict;
    private Quantities free;
    private Quantities required = Quantities.NONE;
    private @Nullable Quantities surplus;

    /** @param strict whether the limits of a top-level role bind the roles below it, too */
    Headroom(QuotaBook book, boolean strict) {
        this.consumed = book.consumed();
        this.free = book.free();
        this.strict = strict;
        book.quotas().forEach((role, quota) -> accounts.put(role, new Account(quota, consumedAtFirst(role))));
        accounts.values().forEach(account -> required = required.plus(account.missing));
    }

    /** As another one was, whose accounts these are. */
    private Headroom(Headroom other, List<Allocation> granted) {
        this.consumed = other.consumed;
        this.strict = other.strict;
        this.free = other.free;
        this.accounts.putAll(other.accounts);
        for (var grant : granted) {
            var given = QuotaBook.chargeable(grant.resources()).scalarQuantities();
            free = free.plus(given);
            accounts.computeIfPresent(
                    QuotaBook.topOf(grant.role()),
                    (role, account) -> new Account(account.quota, account.consumed.without(given)));
        }
        accounts.values().forEach(account -> required = required.plus(account.missing));
    }

    /** As it was before these were granted. */
    Headroom before(List<Allocation> granted) {
        return isUnlimited() ? this : new Headroom(this, granted);
    }

    /** Whether nobody has a quota. */
    boolean isUnlimited() {
        return accounts.isEmpty();
    }

    /** The account of a role that has a quota of its own, or null. */
    @Nullable
    Account account(String role) {
        return accounts.get(role);
    }

    /** What the role's guarantee still lacks; nothing for roles without quota. */
    Quantities missing(String role) {
        var account = accounts.get(role);
        return account == null ? Quantities.NONE : account.missing;
    }

    /** Whose limits bind the role; null when nothing does. */
    @Nullable
    Account limiting(String role) {
        return accounts.get(strict ? QuotaBook.topOf(role) : role);
    }

    /** What is free beyond all guarantees. */
    Quantities surplus() {
        var known = surplus;
        if (known == null) {
            known = free.without(required);
            surplus = known;
        }
        return known;
    }

    private Quantities consumedAtFirst(String role) {
        return consumed.getOrDefault(role, Quantities.NONE);
    }

    /** The role, with or without quota, was given these. */
    void granted(String role, Resources resources) {
        if (isUnlimited()) {
            return;
        }
        var unreserved = QuotaBook.chargeable(resources).scalarQuantities();
        if (unreserved.isEmpty()) {
            return;
        }
        free = free.without(unreserved);
        surplus = null;
        var account = accounts.get(QuotaBook.topOf(role));
        if (account != null) {
            var before = account.missing;
            account.consume(unreserved);
            if (!before.isEmpty()) {
                required = required.without(before).plus(account.missing);
            }
        }
    }
}
