package org.mesolith.allocator;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.OfferConstraints.Predicate;

/** Which offer constraints can be used (Mesos: {@code offer_constraints_filter.cpp}). */
public final class Constraints {
    /** Size of a compiled expression (Mesos: offer_constraints_re2_max_program_size). */
    static final int PROGRAM_SIZE_MAX = 100;

    /** Characters of an expression: longer ones are not even compiled. */
    static final int REGEX_CHARS_MAX = 4_096;

    private Constraints() {}

    /** What is wrong with the expressions in it, as a sentence, or null. */
    public static @Nullable String problem(OfferConstraints constraints) {
        for (var group : constraints.groups()) {
            for (var constraint : group.constraints()) {
                var regex = regex(constraint.predicate());
                var problem = regex == null ? null : problem(regex);
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }

    private static @Nullable String problem(String regex) {
        if (regex.length() > REGEX_CHARS_MAX) {
            return "a regular expression has " + regex.length() + " characters; at most " + REGEX_CHARS_MAX
                    + " are allowed";
        }
        try {
            int size = Pattern.compile(regex).programSize();
            return size <= PROGRAM_SIZE_MAX
                    ? null
                    : "the regular expression '" + regex + "' is too complex: its program has " + size
                            + " steps, at most " + PROGRAM_SIZE_MAX + " are allowed";
        } catch (PatternSyntaxException wrong) {
            return "the regular expression '" + regex + "' is not RE2: " + wrong.getDescription();
        }
    }

    private static @Nullable String regex(Predicate predicate) {
        return switch (predicate) {
            case Predicate.TextMatches(var regex) -> regex;
            case Predicate.TextNotMatches(var regex) -> regex;
            case Predicate.Exists _, Predicate.NotExists _, Predicate.TextEquals _, Predicate.TextNotEquals _ -> null;
        };
    }
}
