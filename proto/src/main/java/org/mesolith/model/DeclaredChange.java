package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/**
 * One object of a declaration, with what was there when the declaration was looked at.
 *
 * @param seen null when it was not there; the change is refused when something else is there now
 * @param wanted null when it shall not be there, and is no longer declared; may be equal to what was seen
 */
public record DeclaredChange(
        @Nullable Declarable seen, @Nullable Declarable wanted) {
    /**
     * @throws IllegalArgumentException when both are missing, or are not the same object
     */
    public DeclaredChange {
        if (seen == null && wanted == null) {
            throw new IllegalArgumentException("a declared change names neither what was seen nor what is wanted");
        }
        boolean alike = seen == null
                || wanted == null
                || (seen.kind() == wanted.kind() && seen.key().equals(wanted.key()));
        if (!alike) {
            throw new IllegalArgumentException("a declared change names two objects: " + seen + " and " + wanted);
        }
    }

    /** The object, as it is wanted if it is. */
    public Declarable object() {
        if (wanted != null) {
            return wanted;
        }
        if (seen != null) {
            return seen;
        }
        throw new IllegalStateException("neither seen nor wanted");
    }
}
