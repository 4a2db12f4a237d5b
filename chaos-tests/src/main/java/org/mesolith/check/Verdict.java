package org.mesolith.check;

import java.util.List;

/**
 * What a checker found.
 *
 * @param claim what was looked for
 * @param outcome how it ended
 * @param looked how many things were compared: a claim about nothing says nothing
 * @param problems what contradicts the claim, a few of them; empty when it passed
 */
public record Verdict(String claim, Outcome outcome, long looked, List<String> problems) {

    /** How a check ended. Only {@link #PASSED} is green. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** The check was given up before it was known: as bad as failed. */
        UNKNOWN
    }

    /** Problems are kept in order. */
    public Verdict {
        problems = List.copyOf(problems);
    }

    /** True if the claim holds. */
    public boolean isGreen() {
        return outcome == Outcome.PASSED;
    }

    /** For people: one line, and one for each problem. */
    @Override
    public String toString() {
        var text = new StringBuilder(
                (outcome == Outcome.PASSED ? "passed" : outcome.name()) + ": " + claim + " (" + looked + ")");
        problems.forEach(problem -> text.append("\n    ").append(problem.replace("\n", "\n    ")));
        return text.toString();
    }
}
