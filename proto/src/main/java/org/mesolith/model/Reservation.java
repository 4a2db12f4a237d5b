package org.mesolith.model;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One level of a stack of reservations: resources set aside for a role and its subroles.
 *
 * <p>All four parts are identity: resources that differ in one of them never merge. Mesos:
 * {@code Resource.ReservationInfo}.
 */
public record Reservation(Type type, String role, @Nullable String principal, Labels labels)
        implements Comparable<Reservation> {
    private static final Comparator<Reservation> ORDER = Comparator.comparing(Reservation::role)
            .thenComparingInt(reservation -> reservation.type.rank)
            .thenComparing(Reservation::principal, Comparator.nullsFirst(Comparator.<String>naturalOrder()))
            .thenComparing(Reservation::labels);

    /** Where a reservation comes from. */
    public enum Type {
        /** From the agent's configuration. */
        STATIC(1),
        /** From a framework's or an operator's RESERVE. */
        DYNAMIC(2);

        private final int rank;

        Type(int rank) {
            this.rank = rank;
        }
    }

    /** A reservation by the agent's configuration: no principal, no labels. */
    public static Reservation fixed(String role) {
        return new Reservation(Type.STATIC, role, null, Labels.NONE);
    }

    /** A reservation by an operation, without labels. */
    public static Reservation dynamic(String role, @Nullable String principal) {
        return new Reservation(Type.DYNAMIC, role, principal, Labels.NONE);
    }

    /** Whether it was made by an operation. */
    public boolean isDynamic() {
        return type == Type.DYNAMIC;
    }

    @Override
    public int compareTo(Reservation other) {
        return ORDER.compare(this, other);
    }

    /** The same in every process, unlike the hash of an enum. */
    @Override
    public int hashCode() {
        return Objects.hash(type.rank, role, principal, labels);
    }

    /** As in the text syntax: {@code [+]role[@principal][#labels]}. */
    @Override
    public String toString() {
        return (isDynamic() ? "+" : "")
                + role
                + (principal == null ? "" : "@" + principal)
                + (labels.isEmpty() ? "" : "#" + labels);
    }
}
