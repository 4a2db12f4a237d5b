package org.mesolith.state.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows of the table: keys in order, and their values at the same places. The array of keys is never changed. */
final class Leaf<K extends Comparable<? super K>, V> implements Node<K, V> {
    private final @Nullable Object owner;
    private K[] keys;
    private V[] values;

    private Leaf(@Nullable Object owner, K[] keys, V[] values) {
        this.owner = owner;
        this.keys = keys;
        this.values = values;
    }

    @SuppressWarnings("unchecked") // Arrays of a type parameter cannot be made otherwise; they never leave the nodes.
    static <K extends Comparable<? super K>, V> Leaf<K, V> empty() {
        return new Leaf<>(null, (K[]) new Comparable<?>[0], (V[]) new Object[0]);
    }

    @Override
    public int count() {
        return keys.length;
    }

    K key(int at) {
        return keys[at];
    }

    V value(int at) {
        return values[at];
    }

    @Nullable
    K lastKey() {
        return keys.length == 0 ? null : keys[keys.length - 1];
    }

    @Nullable
    V get(K key) {
        int at = Slots.find(keys, 0, key);
        return at < 0 ? null : values[at];
    }

    /** Place of the first key that is not smaller (or, with {@code after}, larger) than the given one. */
    int placeOf(K key, boolean after) {
        int at = Slots.find(keys, 0, key);
        return at < 0 ? -at - 1 : after ? at + 1 : at;
    }

    @Override
    public Node<K, V> put(Change<K, V> change, boolean rightEdge) {
        int at = Slots.find(keys, 0, change.key());
        if (at >= 0) {
            change.found(values[at]);
            return replaced(change, at);
        }
        int place = -at - 1;
        Leaf<K, V> grown =
                with(change, Slots.inserted(keys, place, change.key()), Slots.inserted(values, place, change.value()));
        if (grown.count() > FAN_OUT) {
            grown.cut(change, rightEdge && place == FAN_OUT ? FAN_OUT : (FAN_OUT + 1) / 2);
        }
        return grown;
    }

    private Leaf<K, V> replaced(Change<K, V> change, int at) {
        if (change.owns(owner)) {
            values[at] = change.value();
            return this;
        }
        return new Leaf<>(change.owner(), keys, Slots.replaced(values, at, change.value()));
    }

    @Override
    public Node<K, V> remove(Change<K, V> change) {
        int at = Slots.find(keys, 0, change.key());
        if (at < 0) {
            return this;
        }
        change.found(values[at]);
        return with(change, Slots.removed(keys, at), Slots.removed(values, at));
    }

    private Leaf<K, V> with(Change<K, V> change, K[] otherKeys, V[] otherValues) {
        if (change.owns(owner)) {
            keys = otherKeys;
            values = otherValues;
            return this;
        }
        return new Leaf<>(change.owner(), otherKeys, otherValues);
    }

    @Override
    public Node<K, V> joined(Change<K, V> change, K bound, Node<K, V> right) {
        Leaf<K, V> other = (Leaf<K, V>) right;
        return new Leaf<>(change.owner(), Slots.joined(keys, other.keys), Slots.joined(values, other.values));
    }

    @Override
    public void cut(Change<K, V> change, int at) {
        K[] rightKeys = Arrays.copyOfRange(keys, at, keys.length);
        change.split(
                rightKeys[0], new Leaf<>(change.owner(), rightKeys, Arrays.copyOfRange(values, at, values.length)));
        keys = Arrays.copyOf(keys, at);
        values = Arrays.copyOf(values, at);
    }
}
