package org.mesolith.state.table;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A walk over rows in the order of their keys: {@code while (cursor.advance()) use(cursor.key(), cursor.value())}.
 *
 * <p>It walks one version of a table, whatever happens meanwhile. One thread.
 */
public final class Cursor<K extends Comparable<? super K>, V> {
    private final List<Step<K, V>> path = new ArrayList<>();
    private Leaf<K, V> leaf = Leaf.empty();
    private int at = -1;

    /** An inner node on the way to the current leaf, and which child comes next. */
    private static final class Step<K extends Comparable<? super K>, V> {
        private final Inner<K, V> inner;
        private int next;

        Step(Inner<K, V> inner, int next) {
            this.inner = inner;
            this.next = next;
        }
    }

    private Cursor() {}

    static <K extends Comparable<? super K>, V> Cursor<K, V> atStart(Node<K, V> root) {
        Cursor<K, V> cursor = new Cursor<>();
        cursor.descend(root, null);
        cursor.at = -1;
        return cursor;
    }

    static <K extends Comparable<? super K>, V> Cursor<K, V> at(Node<K, V> root, K key, boolean after) {
        Cursor<K, V> cursor = new Cursor<>();
        cursor.descend(root, key);
        cursor.at = cursor.leaf.placeOf(key, after) - 1;
        return cursor;
    }

    private void descend(Node<K, V> top, @Nullable K key) {
        Node<K, V> node = top;
        while (node instanceof Inner<K, V> inner) {
            int place = key == null ? 0 : inner.placeOf(key);
            path.add(new Step<>(inner, place + 1));
            node = inner.child(place);
        }
        leaf = (Leaf<K, V>) node;
    }

    /** Goes to the next row; false if there is none, and stays so. */
    public boolean advance() {
        while (at + 1 >= leaf.count()) {
            while (!path.isEmpty()
                    && path.getLast().next >= path.getLast().inner.count()) {
                path.removeLast();
            }
            if (path.isEmpty()) {
                at = leaf.count();
                return false;
            }
            Step<K, V> step = path.getLast();
            descend(step.inner.child(step.next++), null);
            at = -1;
        }
        at++;
        return true;
    }

    /** Key of the current row. @throws IllegalStateException if {@link #advance} has not just said true */
    public K key() {
        checkOnRow();
        return leaf.key(at);
    }

    /** Value of the current row. @throws IllegalStateException if {@link #advance} has not just said true */
    public V value() {
        checkOnRow();
        return leaf.value(at);
    }

    /** For tests of the shape of the tree. */
    boolean isAtStartOfLeaf() {
        return at == 0;
    }

    private void checkOnRow() {
        if (at < 0 || at >= leaf.count()) {
            throw new IllegalStateException("the cursor is on no row");
        }
    }

    /** The rows that are left, made into something. */
    <T> Iterator<T> iterator(Function<Cursor<K, V>, T> part) {
        boolean first = advance();
        return new Iterator<>() {
            private boolean onRow = first;

            @Override
            public boolean hasNext() {
                return onRow;
            }

            @Override
            public T next() {
                if (!onRow) {
                    throw new NoSuchElementException("no row is left");
                }
                T result = part.apply(Cursor.this);
                onRow = advance();
                return result;
            }
        };
    }
}
