package org.mesolith.scenario.grammar;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.scenario.yaml.Place;

/** The values of a step or a case by their keys. They are read once, with the kind that the grammar gives the key. */
public final class Fields {
    private record Value(Kind<?> kind, Object value) {}

    private final Place place;
    private final SortedMap<String, Value> values = new TreeMap<>();

    Fields(Place place) {
        this.place = place;
    }

    void put(String key, Kind<?> kind, Object value) {
        values.put(key, new Value(kind, value));
    }

    /** Where the values stand. */
    public Place place() {
        return place;
    }

    /** Whether the key was given. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The value if the key was given. */
    @SuppressWarnings("unchecked") // The kind that read the value is the one that is asked for; looked at before.
    public <T> @Nullable T find(String key, Kind<T> kind) {
        var found = values.get(key);
        if (found == null) {
            return null;
        }
        Check.that(found.kind().equals(kind), "the key " + key + " is read as " + found.kind() + ", not as " + kind);
        return (T) found.value();
    }

    /** The value of a key that the grammar demands. */
    public <T> T get(String key, Kind<T> kind) {
        return Check.present(find(key, kind), "value of " + key + " at " + place);
    }

    /** The value, or this one if the key was not given. */
    public <T> T get(String key, Kind<T> kind, T otherwise) {
        var found = find(key, kind);
        return found == null ? otherwise : found;
    }
}
