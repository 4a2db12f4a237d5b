package org.mesolith.scenario.grammar;

import org.mesolith.model.ResourceKind;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;

/**
 * What an operation makes of resources.
 *
 * @param consumed what must be there before
 * @param converted what stands there after
 */
public record Conversions(Resources consumed, Resources converted) {
    /** Of an operation; launches convert nothing. */
    public static Conversions of(Operation operation) {
        return switch (operation) {
            case Operation.Reserve(var made) -> new Conversions(popped(made), made);
            case Operation.Unreserve(var gone) -> new Conversions(gone, popped(gone));
            case Operation.Create(var made) -> new Conversions(made.mapKinds(ResourceKind::withoutVolume), made);
            case Operation.Destroy(var gone) -> new Conversions(gone, gone.mapKinds(ResourceKind::withoutVolume));
            case Operation.Grow(var volume, var addition) ->
                new Conversions(volume.plus(addition), resized(volume, addition.milli("disk")));
            case Operation.Shrink(var volume, long milli) -> {
                var freed = volume.get(0).withKind(volume.get(0).kind().withoutVolume());
                yield new Conversions(volume, resized(volume, -milli).plus(freed.withValue(new Value.Scalar(milli))));
            }
            case Operation.Remove(var gone) -> new Conversions(gone, Resources.EMPTY);
            case Operation.Launch _ -> new Conversions(Resources.EMPTY, Resources.EMPTY);
        };
    }

    private static Resources popped(Resources reserved) {
        return reserved.mapKinds(kind -> kind.isReserved() ? kind.popReservation() : kind);
    }

    private static Resources resized(Resources volume, long moreMilli) {
        return Resources.of(
                volume.get(0).withValue(new Value.Scalar(volume.get(0).milli() + moreMilli)));
    }

    /** Whether these resources have what the operation takes. */
    public boolean isPossibleOn(Resources resources) {
        return resources.contains(consumed);
    }

    /** What becomes of them. */
    public Resources on(Resources resources) {
        return resources.minus(consumed).plus(converted);
    }
}
