package org.mesolith.model;

import java.util.Arrays;

/** Collects amounts whose names come in order, adds up equal names, drops zeros. One thread. */
final class QuantitiesWriter {
    private final String[] names;
    private final long[] millis;
    private int count;

    QuantitiesWriter(int namesMax) {
        this.names = new String[namesMax];
        this.millis = new long[namesMax];
    }

    QuantitiesWriter add(String name, long milli) {
        if (milli == 0) {
            return this;
        }
        if (count > 0 && names[count - 1].equals(name)) {
            millis[count - 1] = Milli.plusSaturated(millis[count - 1], milli);
        } else {
            names[count] = name;
            millis[count] = milli;
            count++;
        }
        return this;
    }

    Quantities done() {
        return Quantities.ofSorted(Arrays.copyOf(names, count), Arrays.copyOf(millis, count));
    }
}
