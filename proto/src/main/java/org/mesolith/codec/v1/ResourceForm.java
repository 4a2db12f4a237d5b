package org.mesolith.codec.v1;

import java.util.List;
import org.mesolith.model.FrameworkCapability;

/**
 * How resources are written for one reader.
 *
 * @param reservations how reservations are written
 * @param allocation whether the role that a resource is allocated to is written on it
 */
public record ResourceForm(Reservations reservations, boolean allocation) {
    /** Among ourselves: everything, once. */
    public static final ResourceForm OURS = new ResourceForm(Reservations.STACK, true);

    /** For operators, who may have tools of either age. */
    public static final ResourceForm SHOWN = new ResourceForm(Reservations.BOTH, true);

    /** How reservations are written. */
    public enum Reservations {
        /** {@code reservations}, without {@code role}: for those with RESERVATION_REFINEMENT. */
        STACK,
        /** {@code role} and, if it can be undone, {@code reservation}: what all others read. */
        ROLE,
        /** Both, where the old form can say it. */
        BOTH
    }

    /** The form that a framework with these capabilities reads. */
    public static ResourceForm of(List<FrameworkCapability> capabilities) {
        return new ResourceForm(
                capabilities.contains(FrameworkCapability.RESERVATION_REFINEMENT)
                        ? Reservations.STACK
                        : Reservations.ROLE,
                capabilities.contains(FrameworkCapability.MULTI_ROLE));
    }
}
