package org.mesolith.model;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/**
 * Amounts by name in thousandths, without any further property. Immutable; never negative; a missing name is zero.
 *
 * <p>For sums over agents, shares, quota. Sums stop at the largest long instead of wrapping around.
 */
public final class Quantities {
    /** Nothing. */
    public static final Quantities NONE = new Quantities(new String[0], new long[0]);

    /** Sorted, each once. */
    private final String[] names;

    /** Above zero. */
    private final long[] millis;

    private Quantities(String[] names, long[] millis) {
        this.names = names;
        this.millis = millis;
    }

    /** One name. @throws IllegalArgumentException if the amount is negative */
    public static Quantities of(String name, long milli) {
        return new QuantitiesWriter(1).add(name, checked(name, milli)).done();
    }

    /** Amounts in thousandths by name. @throws IllegalArgumentException if one is negative */
    public static Quantities of(SortedMap<String, Long> milliByName) {
        QuantitiesWriter writer = new QuantitiesWriter(milliByName.size());
        new TreeMap<>(milliByName).forEach((name, milli) -> writer.add(name, checked(name, milli)));
        return writer.done();
    }

    private static long checked(String name, long milli) {
        if (milli < 0) {
            throw new IllegalArgumentException(
                    "quantity of " + name + " is " + Milli.text(milli) + "; it must be 0 or more");
        }
        return milli;
    }

    /** Of one entry; nothing if it is negative. */
    static Quantities of(Resource entry) {
        return new QuantitiesWriter(1)
                .add(entry.name(), Math.max(0, amount(entry.value())))
                .done();
    }

    static Quantities of(Resources resources, boolean withoutScalarsToo) {
        QuantitiesWriter writer = new QuantitiesWriter(resources.size());
        for (int i = 0; i < resources.size(); i++) {
            Resource entry = resources.get(i);
            if (withoutScalarsToo || entry.isScalar()) {
                writer.add(entry.name(), amount(entry.value()));
            }
        }
        return writer.done();
    }

    private static long amount(Value value) {
        return switch (value) {
            case Value.Scalar(long milli) -> milli;
            case Ranges ranges -> thousandfold(ranges.numbers());
            case Value.Items(var items) -> thousandfold(items.size());
            case Value.Text _ -> 0;
        };
    }

    private static long thousandfold(long count) {
        return count > Long.MAX_VALUE / Milli.ONE ? Long.MAX_VALUE : count * Milli.ONE;
    }

    static Quantities ofSorted(String[] names, long[] millis) {
        return names.length == 0 ? NONE : new Quantities(names, millis);
    }

    /** Reads {@code cpus:2;mem:512}; repeated names add up. @throws MalformedTextException with the place and reason */
    public static Quantities parse(String text) {
        Quantities sum = NONE;
        for (TextPair pair : TextPair.split(text, "quantity")) {
            sum = sum.plus(of(pair.name(), pair.number()));
        }
        return sum;
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return names.length == 0;
    }

    /** The amount of a name in thousandths, 0 if it is missing. */
    public long milli(String name) {
        int index = Arrays.binarySearch(names, name);
        return index < 0 ? 0 : millis[index];
    }

    /** The names with an amount above zero, sorted. */
    public List<String> names() {
        return List.of(names);
    }

    /** Calls back for each name in order, with its amount in thousandths. */
    public void forEach(ObjLongConsumer<String> action) {
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], millis[i]);
        }
    }

    /** Both together. */
    public Quantities plus(Quantities other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        QuantitiesWriter sum = new QuantitiesWriter(names.length + other.names.length);
        int i = 0;
        int j = 0;
        while (i < names.length || j < other.names.length) {
            if (j == other.names.length || (i < names.length && names[i].compareTo(other.names[j]) <= 0)) {
                sum.add(names[i], millis[i]);
                i++;
            } else {
                sum.add(other.names[j], other.millis[j]);
                j++;
            }
        }
        return sum.done();
    }

    /** What is left when the other is taken away as far as it is there. */
    public Quantities without(Quantities other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        QuantitiesWriter rest = new QuantitiesWriter(names.length);
        for (int i = 0; i < names.length; i++) {
            rest.add(names[i], Math.max(0, millis[i] - other.milli(names[i])));
        }
        return rest.done();
    }

    /** The smaller amount of each name. */
    public Quantities intersect(Quantities other) {
        QuantitiesWriter common = new QuantitiesWriter(names.length);
        for (int i = 0; i < names.length; i++) {
            common.add(names[i], Math.min(millis[i], other.milli(names[i])));
        }
        return common.done();
    }

    /** Whether this has at least as much of every name. */
    public boolean contains(Quantities other) {
        for (int i = 0; i < other.names.length; i++) {
            if (milli(other.names[i]) < other.millis[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantities that
                && Arrays.equals(names, that.names)
                && Arrays.equals(millis, that.millis);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.hashCode(millis);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            text.append(i == 0 ? "" : ";").append(names[i]).append(':').append(Milli.text(millis[i]));
        }
        return text.toString();
    }
}
