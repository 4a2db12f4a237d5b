package org.mesolith.model;

/**
 * Names an offer; holds epoch and term of the leadership that made it, so that an offer of an old term is never
 * accepted.
 */
public record OfferId(String value) implements Comparable<OfferId> {
    @Override
    public int compareTo(OfferId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
