package org.mesolith.allocator;

import org.mesolith.allocator.Verdict.Answer;
import org.mesolith.model.Quantities;
import org.mesolith.model.ResourceSelection;
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
    Offerable guaranteed(String role, Resources usable) {
        var chargeable = QuotaBook.chargeable(usable);
        var missing = ResourceSelection.cut(chargeable, headroom.missing(role));
        if (missing.isEmpty()) {
            return new Offerable(Answer.QUOTA_HEADROOM, chargeable);
        }
        var rest = chargeable.minus(missing);
        var allowed = headroom.allowed(role);
        if (allowed != null) {
            rest = ResourceSelection.cut(rest, allowed.without(missing.scalarQuantities()));
        }
        var burst = ResourceSelection.cut(rest, headroom.surplus());
        return offered(usable.minus(chargeable).plus(missing).plus(burst));
    }

    /** For everybody: as far as limits and headroom go. */
    Offerable fair(String role, Resources usable) {
        if (headroom.isUnlimited()) {
            return offered(usable);
        }
        var chargeable = QuotaBook.chargeable(usable);
        var rest = usable.minus(chargeable);
        var allowed = headroom.allowed(role);
        var within = allowed == null ? chargeable : ResourceSelection.cut(chargeable, allowed);
        if (within.isEmpty() && !chargeable.isEmpty() && rest.isEmpty()) {
            return new Offerable(Answer.QUOTA_LIMIT, chargeable);
        }
        var left = ResourceSelection.cut(within, headroom.surplus());
        if (left.isEmpty() && !within.isEmpty() && rest.isEmpty()) {
            return new Offerable(Answer.QUOTA_HEADROOM, within);
        }
        return offered(rest.plus(left));
    }

    /** Whether the first stage is for the role. */
    boolean lacks(String role) {
        Quantities missing = headroom.missing(role);
        return !missing.isEmpty();
    }

    private static Offerable offered(Resources resources) {
        return new Offerable(Answer.OFFERED, resources);
    }
}
