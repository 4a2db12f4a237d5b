package org.mesolith.scenario.grammar;

import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.Conversion;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;

/** What the operations of scenarios make of resources: the product's own conversions. */
public final class Conversions {
    private Conversions() {}

    /** What becomes of these resources; null when the operation cannot be done with them. */
    public static @Nullable Resources on(Operation operation, Resources resources) {
        return switch (operation) {
            case Operation.Reserve(var made) ->
                popping(made, new OfferOperation.Reserve(null, Resources.EMPTY, made), resources);
            case Operation.Unreserve(var gone) -> popping(gone, new OfferOperation.Unreserve(null, gone), resources);
            case Operation.Create(var made) -> converted(new OfferOperation.Create(null, made), resources);
            case Operation.Destroy(var gone) -> converted(new OfferOperation.Destroy(null, gone), resources);
            case Operation.Grow(var volume, var addition) ->
                volume.isEmpty() ? null : converted(new OfferOperation.GrowVolume(null, volume, addition), resources);
            case Operation.Shrink(var volume, long milli) ->
                volume.isEmpty() || volume.get(0).milli() <= milli
                        ? null
                        : converted(new OfferOperation.ShrinkVolume(null, volume, milli), resources);
            case Operation.Remove(var gone) -> resources.contains(gone) ? resources.minus(gone) : null;
            case Operation.Launch _, Operation.LaunchGroup _ -> resources;
        };
    }

    /** What is not reserved cannot lose a reservation. */
    private static @Nullable Resources popping(Resources named, OfferOperation operation, Resources resources) {
        return named.unreserved().isEmpty() ? converted(operation, resources) : null;
    }

    private static @Nullable Resources converted(OfferOperation operation, Resources resources) {
        return Check.present(Conversion.of(operation), "conversion").on(resources);
    }
}
