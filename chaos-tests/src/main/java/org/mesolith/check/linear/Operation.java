package org.mesolith.check.linear;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A call on an object, as whoever made it knows it.
 *
 * @param process who made it
 * @param writes what it was to set, by key; empty for a read
 * @param reads what it showed, by key; empty for a write
 * @param called when it was called, in a unit in which all operations are ordered
 * @param returned when its answer was there; {@link #OPEN} if none came, or one that does not say whether it happened
 */
public record Operation(
        String process, SortedMap<String, String> writes, SortedMap<String, String> reads, long called, long returned) {

    /** It may take effect at any time after its call, or never. */
    public static final long OPEN = Long.MAX_VALUE;

    /** Refuses what no history can hold. */
    public Operation {
        writes = Collections.unmodifiableSortedMap(new TreeMap<>(writes));
        reads = Collections.unmodifiableSortedMap(new TreeMap<>(reads));
        if (called >= returned) {
            throw new IllegalArgumentException("called at " + called + ", returned at " + returned);
        }
    }

    /** A write. */
    public static Operation write(String process, SortedMap<String, String> writes, long called, long returned) {
        return new Operation(process, writes, new TreeMap<>(), called, returned);
    }

    /** A read. */
    public static Operation read(String process, SortedMap<String, String> reads, long called, long returned) {
        return new Operation(process, new TreeMap<>(), reads, called, returned);
    }

    /** True if it changes something. */
    public boolean isWrite() {
        return !writes.isEmpty();
    }

    /** True if nobody knows whether it happened. */
    public boolean isOpen() {
        return returned == OPEN;
    }

    /** This one with another end. */
    public Operation until(long other) {
        return new Operation(process, writes, reads, called, other);
    }

    /** For people. */
    @Override
    public String toString() {
        return process + (isWrite() ? " writes " + writes : " reads " + reads) + " [" + called + ", "
                + (isOpen() ? "?" : returned) + "]";
    }
}
