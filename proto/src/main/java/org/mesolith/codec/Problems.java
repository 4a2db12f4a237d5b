package org.mesolith.codec;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one message, each with its place; names so many and counts the rest. One thread. */
final class Problems {
    private final int namedMax;
    private final List<String> named = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private int unnamed;

    Problems(int namedMax) {
        this.namedMax = namedMax;
    }

    void add(Path at, String text) {
        if (named.size() >= namedMax) {
            unnamed++;
            return;
        }
        var place = at.toString();
        places.add(place);
        named.add(place.isEmpty() ? text : place + ": " + text);
    }

    /** A required field that is not set, unless its place was complained about already. */
    void addMissing(Path at) {
        if (!places.contains(at.toString())) {
            add(at, "is required and missing");
        }
    }

    boolean isEmpty() {
        return named.isEmpty();
    }

    <T> Decoded<T> refuse() {
        var all = new ArrayList<>(named);
        if (unnamed > 0) {
            all.add("and " + unnamed + " more problems");
        }
        return new Decoded.Refused<>(all);
    }
}
