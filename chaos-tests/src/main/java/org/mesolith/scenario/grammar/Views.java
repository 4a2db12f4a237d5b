package org.mesolith.scenario.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;

/** Comparisons that several levels make. */
public final class Views {
    /** How exactly shares are compared. */
    private static final double SHARE_EXACT = 0.001;

    private Views() {}

    /** Enters one more name. */
    public static void add(SortedMap<String, List<String>> log, String key, String name) {
        log.computeIfAbsent(key, k -> new ArrayList<>()).add(name);
    }

    /** Both must be equal. */
    public static void expect(Object expected, Object got) {
        if (!expected.equals(got)) {
            throw new MismatchException(expected, got);
        }
    }

    /** What is said must be so. */
    public static void expectIfSaid(@Nullable Object expected, Object got) {
        if (expected != null) {
            expect(expected, got);
        }
    }

    /** Compares what is in a log, in any order, and empties it. */
    public static void expectTaken(SortedMap<String, List<String>> expected, SortedMap<String, List<String>> log) {
        var got = sorted(log);
        log.clear();
        expect(sorted(expected), got);
    }

    private static SortedMap<String, List<String>> sorted(SortedMap<String, List<String>> log) {
        var sorted = new TreeMap<String, List<String>>();
        log.forEach((key, names) -> {
            if (!names.isEmpty()) {
                sorted.put(key, names.stream().sorted().toList());
            }
        });
        return sorted;
    }

    /** A count between min and max, each if said. */
    public static void expectBetween(Fields given, int count) {
        int min = given.get("min", Kinds.COUNT, 0);
        int max = given.get("max", Kinds.COUNT, Integer.MAX_VALUE);
        if (count < min || count > max) {
            throw new MismatchException("from " + min + " to " + max, count);
        }
    }

    /** What is said of a quota. */
    public static void expectQuota(Fields wanted, Quota quota, Quantities consumed) {
        expectIfSaid(wanted.find("guarantees", Kinds.QUANTITIES), quota.guarantees());
        expectIfSaid(wanted.find("limits", Kinds.LIMITS), quota.limits());
        expectIfSaid(wanted.find("consumed", Kinds.QUANTITIES), consumed);
    }

    /** Shares by role, an empty list for a role that must not be there. */
    public static void expectShares(SortedMap<String, List<Double>> wanted, SortedMap<String, Double> got) {
        wanted.forEach((role, share) -> {
            var real = got.get(role);
            boolean fits =
                    share.isEmpty() ? real == null : real != null && Math.abs(share.getFirst() - real) <= SHARE_EXACT;
            if (!fits) {
                throw new MismatchException(
                        role + ": " + (share.isEmpty() ? "absent" : share.getFirst()),
                        role + ": " + (real == null ? "absent" : real));
            }
        });
    }
}
