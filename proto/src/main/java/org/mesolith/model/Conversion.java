package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/**
 * What an operation makes of resources: it takes some and puts others in their place. No allocation is set in either.
 *
 * @param consumed what must be there before
 * @param converted what stands there after
 */
public record Conversion(Resources consumed, Resources converted) {
    /**
     * Of an operation that has passed its checks; null for one that converts nothing (launches, refused ones).
     *
     * @throws IllegalStateException when something that is not reserved is to be unreserved
     */
    public static @Nullable Conversion of(OfferOperation operation) {
        return switch (operation) {
            case OfferOperation.Reserve(var _, var source, var resources) -> {
                var target = resources.unallocated();
                yield new Conversion(source.isEmpty() ? target.popReservation() : source.unallocated(), target);
            }
            case OfferOperation.Unreserve(var _, var resources) -> {
                var reserved = resources.unallocated();
                yield new Conversion(reserved, reserved.popReservation());
            }
            case OfferOperation.Create(var _, var volumes) -> {
                var made = volumes.unallocated();
                yield new Conversion(made.mapKinds(ResourceKind::withoutVolume), made);
            }
            case OfferOperation.Destroy(var _, var volumes) -> {
                var gone = volumes.unallocated();
                yield new Conversion(gone, gone.mapKinds(ResourceKind::withoutVolume));
            }
            case OfferOperation.GrowVolume(var _, var volume, var addition) -> grown(volume, addition);
            case OfferOperation.ShrinkVolume(var _, var volume, long milli) -> shrunk(volume, milli);
            case OfferOperation.Launch _,
                    OfferOperation.LaunchGroup _,
                    OfferOperation.NotSupported _,
                    OfferOperation.Refused _ -> null;
        };
    }

    /** False for those whose result cannot be used by what comes after them in the same call: a resized volume. */
    public static boolean isUsableAtOnce(OfferOperation operation) {
        return !(operation instanceof OfferOperation.GrowVolume) && !(operation instanceof OfferOperation.ShrinkVolume);
    }

    private static Conversion grown(Resources volume, Resources addition) {
        var before = volume.unallocated();
        var more = addition.unallocated();
        return new Conversion(before.plus(more), resized(before, more.milli("disk")));
    }

    private static Conversion shrunk(Resources volume, long milli) {
        var before = volume.unallocated();
        var freed = before.mapKinds(ResourceKind::withoutVolume).get(0).withValue(new Value.Scalar(milli));
        return new Conversion(before, resized(before, -milli).plus(freed));
    }

    private static Resources resized(Resources volume, long more) {
        var one = volume.get(0);
        return Resources.of(one.withValue(new Value.Scalar(Math.addExact(one.milli(), more))));
    }

    /** What becomes of these resources; null when they do not have what the operation takes. */
    public @Nullable Resources on(Resources resources) {
        return resources.contains(consumed) ? resources.minus(consumed).plus(converted) : null;
    }
}
