package org.mesolith.state.table;

import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map that never changes: every change gives a new table that shares most nodes with the old one.
 *
 * <p>The order of the rows is the order of the keys and depends on nothing else, so that every master walks them alike.
 * Any number of threads may read it. Keys and values are not null. One change costs O(log n) time and about 600 B of
 * garbage; many at once are cheaper through {@link #edit}. Keys that somebody chose with bad intent cost no more than
 * others.
 *
 * @param <K> key, whose {@code compareTo} must agree with {@code equals}
 * @param <V> value
 */
public final class Table<K extends Comparable<? super K>, V> implements Iterable<Map.Entry<K, V>> {
    private static final int ROWS_PRINTED_MAX = 20;

    private final Node<K, V> root;
    private final int size;

    Table(Node<K, V> root, int size) {
        this.root = root;
        this.size = size;
    }

    /** A table without rows. */
    public static <K extends Comparable<? super K>, V> Table<K, V> empty() {
        return new Table<K, V>(Leaf.empty(), 0);
    }

    /** Number of rows. */
    public int size() {
        return size;
    }

    /** Whether there is no row. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** The value of this key, or null. */
    public @Nullable V get(K key) {
        return find(root, Objects.requireNonNull(key, "key"));
    }

    private static <K extends Comparable<? super K>, V> @Nullable V find(Node<K, V> root, K key) {
        Node<K, V> node = root;
        while (node instanceof Inner<K, V> inner) {
            node = inner.childOf(key);
        }
        return ((Leaf<K, V>) node).get(key);
    }

    /** Whether there is a row of this key. */
    public boolean has(K key) {
        return get(key) != null;
    }

    /** With this row, in place of an older one of the same key. */
    public Table<K, V> put(K key, V value) {
        return new Edit<>(this, null).put(key, value).done();
    }

    /** Without the row of this key; this table itself if there is none. */
    public Table<K, V> remove(K key) {
        Edit<K, V> edit = new Edit<>(this, null);
        return edit.remove(key) == null ? this : edit.done();
    }

    /** Begins a batch of changes, after which this table is what it was. */
    public Edit<K, V> edit() {
        return new Edit<>(this, new Object());
    }

    /** The smallest key, or null. */
    public @Nullable K firstKey() {
        Cursor<K, V> cursor = cursor();
        return cursor.advance() ? cursor.key() : null;
    }

    /** The largest key, or null. */
    public @Nullable K lastKey() {
        Node<K, V> node = root;
        while (node instanceof Inner<K, V> inner) {
            node = inner.lastChild();
        }
        return ((Leaf<K, V>) node).lastKey();
    }

    /** All rows in the order of their keys. */
    public Cursor<K, V> cursor() {
        return Cursor.atStart(root);
    }

    /** The rows whose key is this one or a larger one. */
    public Cursor<K, V> from(K key) {
        return Cursor.at(root, Objects.requireNonNull(key, "key"), false);
    }

    /** The rows whose key is larger than this one: the next page after a page that ended with it. */
    public Cursor<K, V> after(K key) {
        return Cursor.at(root, Objects.requireNonNull(key, "key"), true);
    }

    /** Calls back for each row in the order of the keys. */
    public void forEach(BiConsumer<? super K, ? super V> action) {
        Cursor<K, V> cursor = cursor();
        while (cursor.advance()) {
            action.accept(cursor.key(), cursor.value());
        }
    }

    /** The rows in the order of the keys. */
    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        return cursor().iterator(cursor -> Map.entry(cursor.key(), cursor.value()));
    }

    /** The keys in order. */
    public Iterable<K> keys() {
        return walked(Cursor::key);
    }

    /** The values in the order of their keys. */
    public Iterable<V> values() {
        return walked(Cursor::value);
    }

    private <T> Iterable<T> walked(Function<Cursor<K, V>, T> part) {
        return () -> cursor().iterator(part);
    }

    /** Whether the other table has equal rows. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Table<?, ?> that) || size != that.size) {
            return false;
        }
        Cursor<?, ?> left = cursor();
        Cursor<?, ?> right = that.cursor();
        while (left.advance() && right.advance()) {
            if (!left.key().equals(right.key()) || !left.value().equals(right.value())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        Cursor<K, V> cursor = cursor();
        while (cursor.advance()) {
            hash += cursor.key().hashCode() ^ cursor.value().hashCode();
        }
        return hash;
    }

    /** The first rows. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        Cursor<K, V> cursor = cursor();
        for (int i = 0; i < ROWS_PRINTED_MAX && cursor.advance(); i++) {
            text.append(i == 0 ? "" : ", ").append(cursor.key()).append('=').append(cursor.value());
        }
        return text.append(size > ROWS_PRINTED_MAX ? ", … " + size + " rows}" : "}")
                .toString();
    }

    /**
     * A batch of changes, which copies each node it touches once and changes its own copies in place.
     *
     * <p>{@link #done} gives the table; the edit may go on after that without disturbing it. One thread.
     */
    public static final class Edit<K extends Comparable<? super K>, V> {
        private final boolean batch;
        private final Change<K, V> change;
        private Node<K, V> root;
        private int size;

        /** With an owner nodes are reused within the batch; without one, none is. */
        private Edit(Table<K, V> table, @Nullable Object owner) {
            this.batch = owner != null;
            this.change = new Change<>(owner);
            this.root = table.root;
            this.size = table.size;
        }

        /** Number of rows now. */
        public int size() {
            return size;
        }

        /** The value of this key now, or null. */
        public @Nullable V get(K key) {
            return find(root, Objects.requireNonNull(key, "key"));
        }

        /** Puts this row, in place of an older one of the same key. */
        public Edit<K, V> put(K key, V value) {
            change.begin(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            Node<K, V> grown = root.put(change, true);
            Change.Split<K, V> split = change.takeSplit();
            root = split == null ? grown : Inner.above(change.owner(), grown, split);
            size += change.old() == null ? 1 : 0;
            return this;
        }

        /** Removes the row of this key and gives its value back; null if there was none. */
        public @Nullable V remove(K key) {
            change.begin(Objects.requireNonNull(key, "key"), null);
            Node<K, V> shrunk = root.remove(change);
            if (change.old() != null) {
                size--;
                root = size == 0 ? Leaf.empty() : withoutSingleChildren(shrunk);
            }
            return change.old();
        }

        private static <K extends Comparable<? super K>, V> Node<K, V> withoutSingleChildren(Node<K, V> top) {
            Node<K, V> node = top;
            while (node instanceof Inner<K, V> inner && inner.count() == 1) {
                node = inner.lastChild();
            }
            return node;
        }

        /** The table as it is now. Nodes made so far are from here on as unchangeable as all others. */
        public Table<K, V> done() {
            if (batch) {
                change.disown();
            }
            return new Table<>(root, size);
        }
    }
}
