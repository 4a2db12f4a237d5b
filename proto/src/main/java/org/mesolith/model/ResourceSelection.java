package org.mesolith.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Parts of a bag chosen by how much is wanted. Mesos: {@code find}, {@code shrinkResources}. */
public final class ResourceSelection {
    private ResourceSelection() {}

    /**
     * The part that can serve the targets: for each what is reserved for its role, then unreserved, then any other.
     * Empty if there is not enough.
     */
    public static Optional<Resources> find(Resources from, Resources targets) {
        Resources left = from;
        Resources found = Resources.EMPTY;
        for (Resource target : targets) {
            Resources part = find(left, target);
            if (part == null) {
                return Optional.empty();
            }
            left = left.minus(part);
            found = found.plus(part);
        }
        return Optional.of(found);
    }

    private static @Nullable Resources find(Resources from, Resource target) {
        Resources missing = Resources.of(target).toUnreserved();
        Resources found = Resources.EMPTY;
        for (Predicate<Resource> preferred : preferences(target)) {
            for (Resource candidate : from.without(found).filter(preferred)) {
                Resources flat = Resources.of(candidate).toUnreserved().intersect(missing);
                missing = missing.without(flat);
                found = found.plus(flat.mapKinds(kind -> kind.withReservations(candidate.reservations())));
            }
        }
        return missing.isEmpty() ? found : null;
    }

    private static List<Predicate<Resource>> preferences(Resource target) {
        List<Predicate<Resource>> preferences = new ArrayList<>();
        String role = target.kind().reservedRole();
        if (role != null) {
            preferences.add(entry -> entry.kind().isReservedTo(role));
        }
        preferences.add(entry -> !entry.kind().isReserved());
        preferences.add(_ -> true);
        return preferences;
    }

    /**
     * As much as fits into the target; names without a target are left out, what cannot be divided is taken whole or
     * not at all.
     *
     * @param entries in the order in which they are taken: a {@link Resources}, or its entries shuffled
     */
    public static Resources cut(Iterable<Resource> entries, Quantities target) {
        List<Resource> taken = new ArrayList<>();
        Quantities left = target;
        for (Resource entry : entries) {
            Resource part = cut(entry, left.milli(entry.name()));
            if (part != null) {
                taken.add(part);
                left = left.without(Quantities.of(part));
            }
        }
        return Resources.of(taken);
    }

    /**
     * As much as the limits allow; names without a limit are taken whole. Otherwise like {@link #cut(Iterable,
     * Quantities)}.
     */
    public static Resources cut(Iterable<Resource> entries, QuantityLimits limits) {
        List<Resource> taken = new ArrayList<>();
        QuantityLimits left = limits;
        for (Resource entry : entries) {
            Long limit = left.milli(entry.name());
            Resource part = limit == null ? entry : cut(entry, limit);
            if (part != null) {
                taken.add(part);
                left = left.without(Quantities.of(part));
            }
        }
        return Resources.of(taken);
    }

    private static @Nullable Resource cut(Resource entry, long milliMax) {
        if (milliMax == 0) {
            return null;
        }
        if (Quantities.of(entry).milli(entry.name()) <= milliMax) {
            return entry;
        }
        boolean divisible =
                entry.isScalar() && entry.kind().isDivisible() && !entry.kind().shared();
        return divisible ? entry.withValue(new Value.Scalar(milliMax)) : null;
    }
}
