package org.mesolith.model;

/**
 * How much a role counts against its siblings.
 *
 * @param bits raw bits of the double that the interface speaks: the state must not compute with it
 */
public record Weight(String role, long bits) {
    /** What a role weighs that nobody set, 1.0. */
    public static final long DEFAULT_BITS = Double.doubleToRawLongBits(1.0);

    public static Weight of(String role, double weight) {
        return new Weight(role, Double.doubleToRawLongBits(weight));
    }

    public double value() {
        return Double.longBitsToDouble(bits);
    }
}
