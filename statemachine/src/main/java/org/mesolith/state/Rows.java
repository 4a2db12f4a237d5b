package org.mesolith.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An immutable sorted table with text keys. */
final class Rows<V> {
    private static final Rows<Object> EMPTY = new Rows<>(new TreeMap<>());

    private final NavigableMap<String, V> byKey;

    private Rows(NavigableMap<String, V> byKey) {
        this.byKey = byKey;
    }

    @SuppressWarnings("unchecked") // nothing is in it
    static <V> Rows<V> empty() {
        return (Rows<V>) EMPTY;
    }

    @Nullable
    V get(String key) {
        return byKey.get(key);
    }

    Rows<V> put(String key, V value) {
        var changed = new TreeMap<>(byKey);
        changed.put(key, value);
        return new Rows<>(changed);
    }

    Rows<V> remove(String key) {
        var changed = new TreeMap<>(byKey);
        changed.remove(key);
        return new Rows<>(changed);
    }

    int size() {
        return byKey.size();
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** All values in the order of their keys. */
    Iterable<V> values() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** All keys in order. */
    Iterable<String> keys() {
        return Collections.unmodifiableCollection(byKey.keySet());
    }

    /** At most {@code max} values whose keys come after {@code after} (null: from the first). */
    List<V> after(@Nullable String after, int max) {
        var rest = after == null ? byKey : byKey.tailMap(after, false);
        var page = new ArrayList<V>();
        for (var value : rest.values()) {
            if (page.size() == max) {
                break;
            }
            page.add(value);
        }
        return page;
    }
}
