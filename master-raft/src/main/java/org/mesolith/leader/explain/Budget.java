package org.mesolith.leader.explain;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.Verdict;
import org.mesolith.allocator.Verdict.Answer;
import org.mesolith.base.Check;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;

/** Quota in the way: limits of the role, or guarantees of others. */
final class Budget {
    private final Scene scene;
    private final Verdict verdict;
    private final QuotaBook book;
    private final Quantities usable;

    Budget(Scene scene, Verdict verdict, AgentSupply agent) {
        this.scene = scene;
        this.verdict = verdict;
        this.book = scene.input().quota();
        // What the framework could use of the agent, were there no quota at all.
        this.usable = QuotaBook.chargeable(agent.free())
                .filter(entry -> entry.kind().isAllocatableTo(verdict.role()))
                .scalarQuantities();
    }

    /** The answer behind an offer that is too small: what of quota cut it, or nothing of it. */
    Answer cause() {
        boolean cut = !book.quotas().isEmpty()
                && !QuotaBook.chargeable(verdict.resources()).scalarQuantities().contains(usable);
        if (!cut) {
            return verdict.answer();
        }
        return isExhausted() ? Answer.QUOTA_LIMIT : Answer.QUOTA_HEADROOM;
    }

    /** Whether nothing is left of a limit on what the framework could use; asked for every agent, so without words. */
    private boolean isExhausted() {
        var quota = book.quotas().get(owner());
        if (quota == null) {
            return false;
        }
        var consumed = book.consumed().getOrDefault(owner(), Quantities.NONE);
        for (var limit : quota.limits().milliByName().entrySet()) {
            if (usable.milli(limit.getKey()) > 0 && consumed.milli(limit.getKey()) >= limit.getValue()) {
                return true;
            }
        }
        return false;
    }

    /** The role whose limits bind. */
    private String owner() {
        return scene.input().rules().strictLimits() ? QuotaBook.topOf(verdict.role()) : verdict.role();
    }

    /** Null if quota is not what is in the way, in a round over the agent alone. */
    @Nullable
    Blocker blocker() {
        var unlimited = scene.with(Edits.quota(scene.input(), QuotaBook.NONE));
        var then = unlimited.verdict(verdict.framework(), verdict.role(), verdict.agent());
        boolean quota = verdict.answer() == Answer.QUOTA_LIMIT
                || verdict.answer() == Answer.QUOTA_HEADROOM
                || (then != null && (then.answer() == Answer.OFFERED || then.answer() == Answer.REFUSED_BEFORE));
        if (book.quotas().isEmpty() || !quota) {
            return null;
        }
        var exhausted = limit(true);
        if (exhausted != null) {
            return exhausted;
        }
        var headroom = headroom();
        // Less than the smallest offer may be left of a limit.
        var nearly = headroom.change() == null ? limit(false) : null;
        return nearly == null ? headroom : nearly;
    }

    private @Nullable Blocker limit(boolean onlyIfExhausted) {
        var owner = owner();
        var quota = book.quotas().get(owner);
        if (quota == null) {
            return null;
        }
        var consumed = book.consumed().getOrDefault(owner, Quantities.NONE);
        var left = quota.limits().without(consumed);
        var lacking = new TreeMap<String, Long>();
        boolean[] exhausted = {false};
        usable.forEach((name, milli) -> {
            var still = left.milli(name);
            if (still != null && still < milli) {
                // It may hold more than its limit already.
                lacking.put(
                        name,
                        consumed.milli(name)
                                + milli
                                - Check.present(quota.limits().milli(name), "limit"));
                exhausted[0] |= still == 0;
            }
        });
        if (lacking.isEmpty() || (onlyIfExhausted && !exhausted[0])) {
            return null;
        }
        return new Blocker(
                Answer.QUOTA_LIMIT.name(),
                "limit of role " + owner + " reached: " + sums(quota, consumed),
                new Change.RaiseLimit(owner, Quantities.of(lacking)));
    }

    private static String sums(Quota quota, Quantities consumed) {
        var sums = new StringBuilder();
        quota.limits()
                .milliByName()
                .forEach((name, milli) -> sums.append(sums.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(":")
                        .append(Words.number(consumed.milli(name) / 1_000.0))
                        .append(" of ")
                        .append(Words.number(milli / 1_000.0))
                        .append(" is used, reserved or offered"));
        return sums.toString();
    }

    private Blocker headroom() {
        var missing = new TreeMap<String, Quantities>();
        var required = Quantities.NONE;
        for (var quota : book.quotas().values()) {
            var lacks = quota.guarantees().without(book.consumed().getOrDefault(quota.role(), Quantities.NONE));
            if (!lacks.isEmpty()) {
                missing.put(quota.role(), lacks);
                required = required.plus(lacks);
            }
        }
        var sum = required;
        var shortfall = new TreeMap<String, Long>();
        usable.forEach((name, milli) -> {
            long surplus = book.free().milli(name) - sum.milli(name);
            if (surplus < milli) {
                shortfall.put(name, milli - surplus);
            }
        });
        var lower = lower(missing, Quantities.of(shortfall));
        // Of the agent itself guarantees may take more than what is short in the cluster: they come first.
        lower = lower.isEmpty() ? lower(missing, usable) : lower;
        return new Blocker(
                Answer.QUOTA_HEADROOM.name(),
                "what is free must stay free for guarantees: free in the cluster " + text(book.free())
                        + ", still promised " + text(required) + " (" + named(missing) + ")",
                lower.isEmpty() ? null : new Change.LowerGuarantees(lower));
    }

    /** From the roles that lack most of their guarantee, until enough is no longer promised. */
    private static SortedMap<String, Quantities> lower(SortedMap<String, Quantities> missing, Quantities needed) {
        var lower = new TreeMap<String, Quantities>();
        var left = needed;
        for (var one : missing.entrySet()) {
            var part = one.getValue().intersect(left);
            if (!part.isEmpty()) {
                lower.put(one.getKey(), part);
                left = left.without(part);
            }
        }
        return lower;
    }

    private static String named(SortedMap<String, Quantities> missing) {
        var named = new StringBuilder();
        missing.forEach((role, lacks) -> named.append(named.isEmpty() ? "" : ", ")
                .append(role)
                .append(" lacks ")
                .append(lacks));
        return named.toString();
    }

    static String limits(QuantityLimits limits) {
        var text = new StringBuilder();
        limits.milliByName()
                .forEach((name, milli) -> text.append(text.isEmpty() ? "" : ";")
                        .append(name)
                        .append(':')
                        .append(Words.number(milli / 1_000.0)));
        return text.toString();
    }

    static String text(Quantities quantities) {
        return quantities.isEmpty() ? "nothing" : quantities.toString();
    }
}
