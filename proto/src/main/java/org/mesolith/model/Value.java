package org.mesolith.model;

import java.util.List;
import java.util.TreeSet;

/**
 * A value of a resource or of an attribute: an amount, ranges of whole numbers, a set of items, or a text.
 *
 * <p>Resources have the first three, attributes all but sets. Mesos: {@code Value}.
 */
public sealed interface Value permits Value.Scalar, Ranges, Value.Items, Value.Text {

    /** Whether nothing is in it: zero, no range, no item, no text. */
    boolean isEmpty();

    /** The value as {@link ValueText} reads it. */
    String text();

    /** The word used in messages: scalar, ranges, set, text. */
    default String typeName() {
        return switch (this) {
            case Scalar _ -> "scalar";
            case Ranges _ -> "ranges";
            case Items _ -> "set";
            case Text _ -> "text";
        };
    }

    /** An amount in thousandths; see {@link Milli}. */
    record Scalar(long milli) implements Value {
        @Override
        public boolean isEmpty() {
            return milli == 0;
        }

        @Override
        public String text() {
            return Milli.text(milli);
        }
    }

    /** Items without repetition, in the order of their characters. Mesos: {@code Value.Set}. */
    record Items(List<String> items) implements Value {
        /** No item at all. */
        public static final Items NONE = new Items(List.of());

        /** Sorts and drops repetitions. */
        public Items {
            items = List.copyOf(new TreeSet<>(items));
        }

        @Override
        public boolean isEmpty() {
            return items.isEmpty();
        }

        @Override
        public String text() {
            return "{" + String.join(",", items) + "}";
        }

        Items plus(Items other) {
            TreeSet<String> all = new TreeSet<>(items);
            all.addAll(other.items);
            return new Items(List.copyOf(all));
        }

        Items without(Items other) {
            TreeSet<String> rest = new TreeSet<>(items);
            other.items.forEach(rest::remove);
            return new Items(List.copyOf(rest));
        }

        boolean contains(Items other) {
            return new TreeSet<>(items).containsAll(other.items);
        }
    }

    /** A text, of attributes only. */
    record Text(String text) implements Value {
        @Override
        public boolean isEmpty() {
            return text.isEmpty();
        }
    }
}
