package org.mesolith.scenario.yaml;

import org.jspecify.annotations.Nullable;

/** A file that cannot be used: where, what is wrong, and what to write instead. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String wrong;

    /** What is wrong at this place. */
    public UnreadableException(Place place, String wrong) {
        this(place, wrong, null);
    }

    /** What is wrong at this place, found by another. */
    public UnreadableException(Place place, String wrong, @Nullable Throwable cause) {
        super(place + ": " + wrong, cause);
        this.wrong = wrong;
    }

    /** What is wrong, without the place. */
    public String reason() {
        return wrong;
    }
}
