package org.mesolith.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Upper limits by name in thousandths: a missing name has no limit, zero allows nothing. Immutable.
 *
 * @param milliByName the limited names, sorted; not negative
 */
public record QuantityLimits(SortedMap<String, Long> milliByName) {
    /** No limit at all. */
    public static final QuantityLimits NONE = new QuantityLimits(new TreeMap<>());

    /** Copies the map. @throws IllegalArgumentException if a limit is negative */
    public QuantityLimits {
        milliByName = Collections.unmodifiableSortedMap(new TreeMap<>(milliByName));
        milliByName.forEach((name, milli) -> {
            if (milli < 0) {
                throw new IllegalArgumentException(
                        "limit of " + name + " is " + Milli.text(milli) + "; it must be 0 or more");
            }
        });
    }

    /** Reads {@code cpus:2;mem:0}. @throws MalformedTextException with the place and reason; a repeated name is one */
    public static QuantityLimits parse(String text) {
        SortedMap<String, Long> limits = new TreeMap<>();
        for (TextPair pair : TextPair.split(text, "limit")) {
            if (limits.put(pair.name(), pair.number()) != null) {
                throw new MalformedTextException("limit of " + pair.name() + " is given twice; leave one out");
            }
        }
        return new QuantityLimits(limits);
    }

    /** The limit of a name in thousandths; null if there is none. */
    public @Nullable Long milli(String name) {
        return milliByName.get(name);
    }

    /** What may still be used when this much is: limits that are used up stay as zero. */
    public QuantityLimits without(Quantities used) {
        SortedMap<String, Long> rest = new TreeMap<>();
        milliByName.forEach((name, milli) -> rest.put(name, Math.max(0, milli - used.milli(name))));
        return new QuantityLimits(rest);
    }

    /** Whether this much is within all limits. */
    public boolean contains(Quantities used) {
        return milliByName.entrySet().stream().allMatch(limit -> used.milli(limit.getKey()) <= limit.getValue());
    }

    /** Whether the other limits allow nothing that these do not. */
    public boolean contains(QuantityLimits other) {
        return milliByName.entrySet().stream().allMatch(limit -> {
            Long inner = other.milli(limit.getKey());
            return inner != null && inner <= limit.getValue();
        });
    }
}
