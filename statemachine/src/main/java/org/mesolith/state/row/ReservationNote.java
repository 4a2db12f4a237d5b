package org.mesolith.state.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;

/**
 * What is written down of a reservation, beside it: nothing of this is part of what makes it another one. It lives as
 * long as the reservation.
 *
 * @param owner whom to ask about it, empty for nobody
 * @param purpose what it is for, empty for nothing
 * @param expires when it is to be given back, null for never
 * @param madeAt when it was reserved, null when that was before anybody wrote it down
 * @param notedAt when this was written last
 * @param expiredAt when it was first seen that its time is over; what was in use then is given back later. Null before
 */
public record ReservationNote(
        ReservationKey key,
        String owner,
        String purpose,
        @Nullable Instant expires,
        @Nullable Instant madeAt,
        Instant notedAt,
        @Nullable Instant expiredAt) {
    /** Nothing but when it was reserved. */
    public static ReservationNote made(ReservationKey key, Instant at) {
        return new ReservationNote(key, "", "", null, at, at, null);
    }

    /** The first note of something that was reserved before. */
    public static ReservationNote found(ReservationKey key, Instant at) {
        return new ReservationNote(key, "", "", null, null, at, null);
    }

    /** Whether it says more than when it was made. */
    public boolean isSaying() {
        return !owner.isEmpty() || !purpose.isEmpty() || expires != null;
    }

    /** Changed as is wished. Whoever sets an expiry anew makes it count again. */
    public ReservationNote with(ReservationWish wish, Instant at) {
        var newOwner = wish.owner();
        var newPurpose = wish.purpose();
        return new ReservationNote(
                key,
                newOwner == null ? owner : newOwner,
                newPurpose == null ? purpose : newPurpose,
                wish.sets() ? wish.expires() : expires,
                madeAt,
                at,
                wish.sets() ? null : expiredAt);
    }

    /** Its time is over. */
    public ReservationNote expiredAt(Instant at) {
        return new ReservationNote(key, owner, purpose, expires, madeAt, notedAt, at);
    }
}
