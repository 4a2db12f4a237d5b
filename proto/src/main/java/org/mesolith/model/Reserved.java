package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/**
 * The part of an agent's resources that operations made: dynamic reservations and persistent volumes. The rest follows
 * from the agent's configuration.
 */
public final class Reserved {
    private Reserved() {}

    /** What operations made of this total. */
    public static Resources of(Resources total) {
        return total.filter(entry -> isMade(entry.kind()));
    }

    private static boolean isMade(ResourceKind kind) {
        return kind.isDynamicallyReserved() || kind.isPersistentVolume();
    }

    /** As it is configured: without volumes, and without the reservations that operations made. */
    public static Resources configured(Resources made) {
        return made.mapKinds(kind -> {
            var bare = kind.isPersistentVolume() ? kind.withoutVolume() : kind;
            while (bare.isDynamicallyReserved()) {
                bare = bare.popReservation();
            }
            return bare.unallocated();
        });
    }

    /** The configured resources with what operations made of them; null when they do not have what that needs. */
    public static @Nullable Resources on(Resources configured, Resources made) {
        if (made.isEmpty()) {
            return configured;
        }
        var needed = configured(made);
        return configured.contains(needed) ? configured.minus(needed).plus(made) : null;
    }
}
