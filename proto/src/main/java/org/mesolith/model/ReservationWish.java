package org.mesolith.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be written down of a reservation; what is null stays as it is.
 *
 * @param owner whom to ask about it; empty for nobody
 * @param purpose what it is for; empty for nothing
 * @param expires when it is given back; null for never, and read only when {@code sets} says so
 * @param sets whether the expiry is to be as told
 */
public record ReservationWish(
        @Nullable String owner,
        @Nullable String purpose,
        @Nullable Instant expires,
        boolean sets) {
    /** Nothing is to be written down. */
    public static final ReservationWish NONE = new ReservationWish(null, null, null, false);

    /** Everything as told. */
    public static ReservationWish of(String owner, String purpose, @Nullable Instant expires) {
        return new ReservationWish(owner, purpose, expires, true);
    }

    /** Whether it says nothing. */
    public boolean isNone() {
        return owner == null && purpose == null && !sets;
    }
}
