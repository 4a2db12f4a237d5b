package org.mesolith.state.table;

import org.jspecify.annotations.Nullable;

/** One change on its way down the tree, what it found, and what has to be told upwards. One thread. */
final class Change<K extends Comparable<? super K>, V> {
    /** A node that had to be cut in two: its right part and the lower bound of that. */
    record Split<K extends Comparable<? super K>, V>(K bound, Node<K, V> right) {}

    private @Nullable Object owner;
    private @Nullable K key;
    private @Nullable V value;
    private @Nullable V old;
    private @Nullable Split<K, V> split;

    Change(@Nullable Object owner) {
        this.owner = owner;
    }

    /** A null value takes the row away. */
    void begin(K wanted, @Nullable V put) {
        key = wanted;
        value = put;
        old = null;
    }

    K key() {
        return present(key);
    }

    V value() {
        return present(value);
    }

    private static <T> T present(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("no change is under way");
        }
        return part;
    }

    /** The value before the change, or null. */
    @Nullable
    V old() {
        return old;
    }

    void found(V before) {
        old = before;
    }

    /** Whoever may change the nodes made by this change in place; null = nobody. */
    @Nullable
    Object owner() {
        return owner;
    }

    @SuppressWarnings("ReferenceEquality") // The owner is a token: only the very same object counts.
    boolean owns(@Nullable Object nodeOwner) {
        return owner != null && owner == nodeOwner;
    }

    /** From here on, nodes made before are nobody's. */
    void disown() {
        owner = new Object();
    }

    void split(K bound, Node<K, V> right) {
        split = new Split<>(bound, right);
    }

    @Nullable
    Split<K, V> takeSplit() {
        Split<K, V> taken = split;
        split = null;
        return taken;
    }
}
