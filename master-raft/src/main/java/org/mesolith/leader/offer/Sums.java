package org.mesolith.leader.offer;

import java.math.BigInteger;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Quantities;

/** A sum of amounts that come and go. Exact however large, so that what went in can be taken out again. One thread. */
final class Sums {
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private final SortedMap<String, BigInteger> milliByName = new TreeMap<>();
    private @Nullable Quantities known;

    void add(Quantities more) {
        if (!more.isEmpty()) {
            known = null;
            more.forEach((name, milli) -> milliByName.merge(name, BigInteger.valueOf(milli), BigInteger::add));
        }
    }

    /** Takes out what was put in. */
    void remove(Quantities less) {
        if (!less.isEmpty()) {
            known = null;
            less.forEach((name, milli) -> milliByName.computeIfPresent(name, (same, sum) -> {
                var rest = sum.subtract(BigInteger.valueOf(milli));
                return rest.signum() <= 0 ? null : rest;
            }));
        }
    }

    /** What it comes to; amounts beyond the largest long are shown as that. */
    Quantities value() {
        var value = known;
        if (value == null) {
            var amounts = new TreeMap<String, Long>();
            milliByName.forEach(
                    (name, sum) -> amounts.put(name, sum.min(LONG_MAX).longValueExact()));
            value = Quantities.of(amounts);
            known = value;
        }
        return value;
    }
}
