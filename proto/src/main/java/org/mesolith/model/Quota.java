package org.mesolith.model;

/**
 * How much a top-level role is promised, and how much it may have at most, with all roles below it.
 *
 * @param guarantees what is kept free for it; nothing for a name that is missing
 * @param limits a name that is missing has no limit
 */
public record Quota(String role, Quantities guarantees, QuantityLimits limits) {
    /** What a role has that nobody gave any. */
    public static Quota none(String role) {
        return new Quota(role, Quantities.NONE, QuantityLimits.NONE);
    }

    /** Whether it promises nothing and forbids nothing: the same as none. */
    public boolean isNone() {
        return guarantees.isEmpty() && limits.milliByName().isEmpty();
    }
}
