package org.mesolith.allocator;

import org.mesolith.allocator.Verdict.Answer;
import org.mesolith.model.Resources;

/**
 * What quota lets through, in the two stages of a round: first what guarantees lack, then the rest for everybody.
 * Reservations, ports and other things that are no scalars, and revocable resources are not held back.
 */
final class Stages {
    private final Headroom headroom;

    Stages(Headroom headroom) {
        this.headroom = headroom;
    }

    /** For roles whose guarantee is not met: what it lacks, and more as far as limits and headroom go. */
    Offerable guaranteed(Crowd role, Resources usable) {
        var portions = new Portions(usable, headroom);
        var account = headroom.account(role);
        if (account == null || !portions.give(account::missing)) {
            return new Offerable(Answer.QUOTA_HEADROOM, QuotaBook.chargeable(usable));
        }
        portions.limit(headroom.limiting(role));
        portions.give(headroom::surplus);
        return offered(portions.given());
    }

    /** For everybody: as far as limits and headroom go. */
    Offerable fair(Crowd role, Resources usable) {
        if (headroom.isUnlimited()) {
            return offered(usable);
        }
        var portions = new Portions(usable, headroom);
        if (!portions.limit(headroom.limiting(role)) && portions.isAllCharged()) {
            return new Offerable(Answer.QUOTA_LIMIT, usable);
        }
        if (!portions.give(headroom::surplus) && portions.isAllCharged()) {
            return new Offerable(Answer.QUOTA_HEADROOM, portions.open());
        }
        return offered(portions.given());
    }

    private static Offerable offered(Resources resources) {
        return new Offerable(Answer.OFFERED, resources);
    }
}
