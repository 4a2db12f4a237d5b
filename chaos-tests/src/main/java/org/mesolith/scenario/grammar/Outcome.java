package org.mesolith.scenario.grammar;

import java.util.Locale;

/** How a step ends, in the words of the scenarios. */
public enum Outcome {
    OK,
    ACCEPTED,
    BAD_REQUEST,
    UNAUTHORIZED,
    FORBIDDEN,
    NOT_FOUND,
    CONFLICT,
    /** A framework that is refused, or a failure at its own side. */
    ERROR,
    /** An agent that is turned away. */
    REFUSED;

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
