package org.mesolith.scenario.grammar;

import java.util.Locale;

/** What a scenario drives. */
public enum Level {
    /** Pure functions. */
    TABLE,
    /** The order of roles and frameworks alone. */
    SORTER,
    /** The allocator alone. */
    ALLOCATOR,
    /** A whole leader with agents and frameworks. */
    MASTER;

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
