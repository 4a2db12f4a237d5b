package org.mesolith.cli.chaos;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;

/**
 * Keeps an offer now and then, and gives it back when one of a later leadership comes: a framework that uses it then
 * must get nothing for it. One thread.
 */
final class OldOffers {
    private static final int KEEPS_PERCENT = 3;

    private final Random dice;
    private @Nullable JsonObject kept;

    OldOffers(long seed) {
        this.dice = new Random(seed + 83);
    }

    /** True if this offer is kept: nothing else may be done with it. */
    boolean keeps(JsonObject offer) {
        if (kept == null && dice.nextInt(100) < KEEPS_PERCENT) {
            kept = offer;
            return true;
        }
        return false;
    }

    /** The offer that was kept, if this one is of another leadership; then it is kept no more. */
    @Nullable
    JsonObject instead(JsonObject offer) {
        JsonObject old = kept;
        if (old == null || reign(old).equals(reign(offer))) {
            return null;
        }
        kept = null;
        return old;
    }

    /** The id begins with epoch and term. */
    private static String reign(JsonObject offer) {
        String id = offer.text("id.value");
        return id.substring(0, Math.max(0, id.indexOf('-')));
    }
}
