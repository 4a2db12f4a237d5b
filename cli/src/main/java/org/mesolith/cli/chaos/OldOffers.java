package org.mesolith.cli.chaos;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;

/**
 * Keeps an offer now and then, and gives it back when the first one of a later leadership comes, and of some of those
 * after that: one of them may be of the same process again. A framework that uses it then must get nothing for it. One
 * thread.
 */
final class OldOffers {
    private static final int KEEPS_PERCENT = 3;
    private static final int USES_MAX = 4;

    private final Random dice;
    private @Nullable JsonObject kept;
    private String usedIn = "";
    private int uses;

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

    /** The offer that was kept, if this is the first one of another leadership. */
    @Nullable
    JsonObject instead(JsonObject offer) {
        JsonObject old = kept;
        String reign = reign(offer);
        if (old == null || reign(old).equals(reign) || usedIn.equals(reign)) {
            return null;
        }
        usedIn = reign;
        uses++;
        if (uses == USES_MAX) {
            kept = null;
            uses = 0;
        }
        return old;
    }

    /** The id begins with epoch and term. */
    private static String reign(JsonObject offer) {
        String id = offer.text("id.value");
        return id.substring(0, Math.max(0, id.indexOf('-')));
    }
}
