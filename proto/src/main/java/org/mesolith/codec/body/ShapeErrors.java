package org.mesolith.codec.body;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is wrong with a message by itself, each with its place; names so many and counts the rest. One
 * thread.
 */
public final class ShapeErrors {
    private final int namedMax;
    private final List<String> named = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private int unnamed;

    public ShapeErrors(int namedMax) {
        this.namedMax = namedMax;
    }

    public void add(Path at, String text) {
        if (named.size() >= namedMax) {
            unnamed++;
            return;
        }
        var place = at.toString();
        places.add(place);
        named.add(place.isEmpty() ? text : place + ": " + text);
    }

    /** A required field that is not set, unless its place was complained about already. */
    public void addMissing(Path at) {
        if (!places.contains(at.toString())) {
            add(at, "is required and missing");
        }
    }

    public boolean isEmpty() {
        return named.isEmpty();
    }

    /** How many were added, named or not. */
    public int count() {
        return named.size() + unnamed;
    }

    /** Those that are named, and how many more there are. */
    public List<String> texts() {
        var all = new ArrayList<>(named);
        if (unnamed > 0) {
            all.add("and " + unnamed + " more problems");
        }
        return all;
    }

    public <T> Decoded<T> refuse() {
        return new Decoded.Refused<>(texts());
    }

    /** The value if nothing is wrong. */
    public <T> Decoded<T> unlessAny(T value) {
        return isEmpty() ? new Decoded.Ok<>(value) : refuse();
    }
}
