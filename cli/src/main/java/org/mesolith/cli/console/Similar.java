package org.mesolith.cli.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Finds what somebody probably meant who made a typing mistake: letters that are wrong, missing, too many, or swapped
 * with their neighbour; one of them in a word of up to five letters, then one more for every three.
 */
public final class Similar {
    private static final int SHOWN_MAX = 3;
    private static final int CHARS_MAX = 128;

    private Similar() {}

    private record Near(String name, int distance) {}

    /** The nearest of these names first, at most three, none that differs only by nothing; empty if none is near. */
    public static List<String> to(String typed, Collection<String> known) {
        var small = typed.toLowerCase(Locale.ROOT);
        int most = Math.max(1, (typed.length() + 1) / 3);
        var near = new ArrayList<Near>();
        for (String name : known) {
            if (typed.length() > CHARS_MAX || name.length() > CHARS_MAX || name.equals(typed)) {
                continue;
            }
            int distance = distance(small, name.toLowerCase(Locale.ROOT));
            if (distance <= most) {
                near.add(new Near(name, distance));
            }
        }
        near.sort(Comparator.comparingInt(Near::distance).thenComparing(Near::name));
        int best = near.isEmpty() ? 0 : near.getFirst().distance();
        return near.stream()
                .filter(one -> one.distance() <= best + 1)
                .map(Near::name)
                .distinct()
                .limit(SHOWN_MAX)
                .toList();
    }

    /** {@code  (did you mean `ads`?)} with a space before it, or nothing. */
    public static String hint(String typed, Collection<String> known) {
        return hint(to(typed, known));
    }

    /** The same of names that are known to be near. */
    public static String hint(List<String> near) {
        return near.isEmpty()
                ? ""
                : near.stream()
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(" or ", " (did you mean ", "?)"));
    }

    /** How many letters must be changed, added, taken away, or swapped with their neighbour. */
    static int distance(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int at = 0; at <= other.length(); at++) {
            last[at] = at;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                boolean same = one.charAt(i - 1) == other.charAt(j - 1);
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[other.length()];
    }
}
