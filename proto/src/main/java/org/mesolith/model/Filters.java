package org.mesolith.model;

import java.time.Duration;

/**
 * How long a framework does not want declined resources again.
 *
 * @param refuse 0 means no filter; already brought into Mesos' bounds (invalid becomes 5 s, at most 365 days)
 */
public record Filters(Duration refuse) {
    /** What counts when a framework says nothing. */
    public static final Filters DEFAULT = new Filters(Duration.ofSeconds(5));

    /** No refusal at all. */
    public static final Filters NONE = new Filters(Duration.ZERO);
}
