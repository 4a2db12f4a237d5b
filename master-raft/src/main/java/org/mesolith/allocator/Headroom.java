package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;

/**
 * What quota still allows while a round goes on. Limits bind the role that has the quota; headroom is what must stay
 * free so that every guarantee can be met. Mesos: {@code hierarchical.cpp}.
 *
 * <p>Amounts are arrays, with a slot for each name that quota or what is free mentions: this is asked with every grant.
 */
final class Headroom {
    private static final long UNLIMITED = Long.MAX_VALUE;

    /** What a top-level role with a quota may have and has used of it, in thousandths by slot. */
    static final class Account {
        private final long[] guarantees;
        private final long[] limits;
        private final long[] consumed;
        private int lacking;

        private Account(long[] guarantees, long[] limits, long[] consumed) {
            this.guarantees = guarantees;
            this.limits = limits;
            this.consumed = consumed;
            for (int slot = 0; slot < guarantees.length; slot++) {
                lacking += missing(slot) > 0 ? 1 : 0;
            }
        }

        private Account copy() {
            return new Account(guarantees, limits, consumed.clone());
        }

        private void consume(int slot, long more) {
            int before = missing(slot) > 0 ? 1 : 0;
            consumed[slot] = sum(consumed[slot], more);
            lacking -= before - (missing(slot) > 0 ? 1 : 0);
        }

        /** What may still be got; the largest long when nothing limits it. */
        long allowed(int slot) {
            return slot < 0 || limits[slot] == UNLIMITED ? UNLIMITED : Math.max(0, limits[slot] - consumed[slot]);
        }

        /** What its guarantee lacks. */
        long missing(int slot) {
            return slot < 0 ? 0 : Math.max(0, guarantees[slot] - consumed[slot]);
        }

        /** Whether its guarantee is not met. */
        boolean lacks() {
            return lacking > 0;
        }
    }

    private final boolean strict;
    private final List<String> names;

    /** Where the account of a top-level role is. */
    private final SortedMap<String, Integer> places = new TreeMap<>();

    private final List<Account> accounts = new ArrayList<>();
    private final long[] free;
    private final long[] required;

    /** @param strict whether the limits of a top-level role bind the roles below it, too */
    Headroom(QuotaBook book, boolean strict) {
        this.strict = strict;
        this.names = names(book);
        this.free = amounts(book.free());
        this.required = new long[names.size()];
        book.quotas().forEach((role, quota) -> {
            places.put(role, accounts.size());
            accounts.add(account(quota, book.consumed().getOrDefault(role, Quantities.NONE)));
        });
        require();
    }

    /** As another one was before these were granted. */
    private Headroom(Headroom other, List<Allocation> granted) {
        this.strict = other.strict;
        this.names = other.names;
        this.free = other.free.clone();
        this.required = new long[names.size()];
        this.places.putAll(other.places);
        this.accounts.addAll(other.accounts);
        for (var grant : granted) {
            var place = places.get(QuotaBook.topOf(grant.role()));
            var account = place == null ? null : accounts.get(place).copy();
            if (place != null && account != null) {
                accounts.set(place, account);
            }
            book(account, grant.resources(), -1);
        }
        require();
    }

    private static List<String> names(QuotaBook book) {
        var names = new TreeSet<>(book.free().names());
        for (var quota : book.quotas().values()) {
            names.addAll(quota.guarantees().names());
            names.addAll(quota.limits().milliByName().keySet());
        }
        return List.copyOf(names);
    }

    private long[] amounts(Quantities quantities) {
        var amounts = new long[names.size()];
        for (int slot = 0; slot < amounts.length; slot++) {
            amounts[slot] = quantities.milli(names.get(slot));
        }
        return amounts;
    }

    private Account account(Quota quota, Quantities consumed) {
        var limits = new long[names.size()];
        Arrays.fill(limits, UNLIMITED);
        quota.limits().milliByName().forEach((name, milli) -> limits[names.indexOf(name)] = milli);
        return new Account(amounts(quota.guarantees()), limits, amounts(consumed));
    }

    private void require() {
        for (var account : accounts) {
            for (int slot = 0; slot < required.length; slot++) {
                required[slot] = sum(required[slot], account.missing(slot));
            }
        }
    }

    /** Never negative; stops at the largest long. */
    private static long sum(long amount, long more) {
        long sum = amount + more;
        return more > 0 && sum < 0 ? Long.MAX_VALUE : Math.max(0, sum);
    }

    /** As it was before these were granted. */
    Headroom before(List<Allocation> granted) {
        return isUnlimited() ? this : new Headroom(this, granted);
    }

    /** Whether nobody has a quota. */
    boolean isUnlimited() {
        return accounts.isEmpty();
    }

    /** The slot of a name; negative if neither quota nor what is free mentions it. */
    int slot(String name) {
        return names.indexOf(name);
    }

    /** Where the account is that the role is charged to, that of the top of its path; negative if it has none. */
    int place(String role) {
        return places.getOrDefault(QuotaBook.topOf(role), -1);
    }

    /** The account of a role that has a quota of its own, or null. */
    @Nullable
    Account account(Crowd crowd) {
        return crowd.isTop() ? charged(crowd) : null;
    }

    /** Whose limits bind the role; null when nothing does. */
    @Nullable
    Account limiting(Crowd crowd) {
        return strict ? charged(crowd) : account(crowd);
    }

    private @Nullable Account charged(Crowd crowd) {
        return crowd.quotaPlace() < 0 ? null : accounts.get(crowd.quotaPlace());
    }

    /** What is free beyond all guarantees. */
    long surplus(int slot) {
        return slot < 0 ? 0 : Math.max(0, free[slot] - required[slot]);
    }

    /** The role, with or without quota, was given these. */
    void granted(Crowd crowd, Resources resources) {
        if (!isUnlimited()) {
            book(charged(crowd), resources, 1);
        }
    }

    /** @param factor 1 for given, -1 for given back */
    private void book(@Nullable Account account, Resources resources, int factor) {
        for (int i = 0; i < resources.size(); i++) {
            var entry = resources.get(i);
            int slot = QuotaBook.isChargeable(entry) ? slot(entry.name()) : -1;
            if (slot >= 0) {
                free[slot] = sum(free[slot], -factor * entry.milli());
                if (account != null) {
                    long before = account.missing(slot);
                    account.consume(slot, factor * entry.milli());
                    required[slot] -= before - account.missing(slot);
                }
            }
        }
    }
}
