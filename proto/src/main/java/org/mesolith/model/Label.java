package org.mesolith.model;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A key with or without a value, free for its owner's use. */
public record Label(String key, @Nullable String value) implements Comparable<Label> {
    private static final Comparator<Label> ORDER = Comparator.comparing(Label::key)
            .thenComparing(Label::value, Comparator.nullsFirst(Comparator.<String>naturalOrder()));

    /** A key without a value. */
    public static Label of(String key) {
        return new Label(key, null);
    }

    @Override
    public int compareTo(Label other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return value == null ? key : key + "=" + value;
    }
}
