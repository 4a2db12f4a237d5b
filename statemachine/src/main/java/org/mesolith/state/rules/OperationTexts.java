package org.mesolith.state.rules;

import java.util.ArrayList;
import org.mesolith.model.Conversion;
import org.mesolith.model.Milli;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;

/** Operations in people's words. Part of what is hashed: what they say of an operation never changes. */
final class OperationTexts {
    private OperationTexts() {}

    /** {@code reserve {cpus(+ads):4}: cpus 4 needed, 2.5 free}. */
    static String lacking(OfferOperation operation, Resources free) {
        var conversion = Conversion.of(operation);
        var parts = new ArrayList<String>();
        if (conversion != null) {
            for (var needed : conversion.consumed()) {
                if (!free.contains(Resources.of(needed))) {
                    parts.add(lacking(needed, free));
                }
            }
        }
        var what = verb(operation) + " {" + ResourceEvents.resources(operation) + "}";
        return parts.isEmpty() ? what : what + ": " + String.join(", ", parts);
    }

    private static String lacking(Resource needed, Resources free) {
        var like = free.filter(entry -> entry.kind().equals(needed.kind()));
        if (needed.isScalar() && needed.kind().isDivisible()) {
            return needed.kind().name() + of(needed) + " " + Milli.text(needed.milli()) + " needed, "
                    + Milli.text(like.milli(needed.kind().name())) + " free";
        }
        return "{" + needed + "} needed, " + (like.isEmpty() ? "nothing of it" : "{" + like + "}") + " free";
    }

    private static String of(Resource needed) {
        return needed.reservations().isEmpty() ? " without a reservation" : " of that reservation";
    }

    private static String verb(OfferOperation operation) {
        return switch (operation) {
            case OfferOperation.Reserve _ -> "reserve";
            case OfferOperation.Unreserve _ -> "give back";
            case OfferOperation.Create _ -> "make the volume";
            case OfferOperation.Destroy _ -> "destroy the volume";
            case OfferOperation.GrowVolume _ -> "grow the volume";
            case OfferOperation.ShrinkVolume _ -> "shrink the volume";
            case OfferOperation.Launch _,
                    OfferOperation.LaunchGroup _,
                    OfferOperation.NotSupported _,
                    OfferOperation.Refused _ -> "do that with";
        };
    }
}
