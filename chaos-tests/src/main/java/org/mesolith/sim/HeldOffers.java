package org.mesolith.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferId;
import org.mesolith.sim.plan.Dice;

/** Offers that a scheduler believes to have. */
final class HeldOffers {
    private final TreeMap<OfferId, Offer> offers = new TreeMap<>();
    private @Nullable Offer old;

    void add(Offer offer) {
        offers.put(offer.id(), offer);
    }

    void remove(OfferId offer) {
        offers.remove(offer);
    }

    /** They are void: their stream has ended. The last one is remembered. */
    void clear() {
        if (!offers.isEmpty()) {
            old = offers.lastEntry().getValue();
        }
        offers.clear();
    }

    /** One of an earlier stream; null when there was none, or it was asked for before. */
    @Nullable
    Offer old() {
        var last = old;
        old = null;
        return last;
    }

    boolean isEmpty() {
        return offers.isEmpty();
    }

    boolean has(OfferId offer) {
        return offers.containsKey(offer);
    }

    List<OfferId> ids() {
        return List.copyOf(offers.keySet());
    }

    /** This one, and some that can be used with it; they are not held any more. */
    List<Offer> take(Offer offer, Dice dice) {
        var taken = new ArrayList<>(List.of(offer));
        for (var other : offers.values()) {
            boolean fits = other.agent().equals(offer.agent())
                    && other.role().equals(offer.role())
                    && !other.id().equals(offer.id());
            if (fits && dice.oneIn(2)) {
                taken.add(other);
            }
        }
        taken.forEach(one -> offers.remove(one.id()));
        return taken;
    }
}
