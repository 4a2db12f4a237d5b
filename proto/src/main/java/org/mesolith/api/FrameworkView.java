package org.mesolith.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Offer;
import org.mesolith.model.Resources;

/** A framework as it is shown; {@code recovered}: known from before the leader changed and not yet back. */
public record FrameworkView(
        FrameworkId id,
        FrameworkInfo info,
        boolean active,
        boolean connected,
        boolean recovered,
        Instant registered,
        @Nullable Instant reregistered,
        @Nullable Instant unregistered,
        List<Offer> offers,
        Resources allocated,
        Resources offered) {
    public FrameworkView {
        offers = List.copyOf(offers);
    }
}
