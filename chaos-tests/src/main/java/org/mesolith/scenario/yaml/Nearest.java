package org.mesolith.scenario.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody may have meant. */
public final class Nearest {
    private Nearest() {}

    /** The valid word with the fewest differing characters; empty when there are no valid ones. */
    public static Optional<String> to(String word, Collection<String> valid) {
        return valid.stream()
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How to go on after an unknown word: the nearest valid one. */
    public static String hint(String word, Collection<String> valid) {
        return to(word, valid)
                .map(near -> "; the nearest valid one is \"" + near + "\"")
                .orElse("; none is known here");
    }

    /** Levenshtein's. */
    private static int distance(String left, String right) {
        int[] above = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] here = new int[right.length() + 1];
            here[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int changed = above[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                here[column] = Math.min(changed, Math.min(above[column], here[column - 1]) + 1);
            }
            above = here;
        }
        return above[right.length()];
    }
}
