package org.mesolith.codec.body;

import org.jspecify.annotations.Nullable;

/**
 * Where in a message something is, as in {@code tasks[3].limits["cpus"].value}; written out only when somebody asks.
 */
public record Path(@Nullable Path parent, String step) {
    /** The message itself. */
    public static final Path ROOT = new Path(null, "");

    private static final int KEY_CHARS_MAX = 40;

    public Path field(String name) {
        return new Path(this, parent == null ? name : "." + name);
    }

    public Path index(int index) {
        return new Path(this, "[" + index + "]");
    }

    /** The value of a map under this key; a key may be long and hostile, so it is shortened and made printable. */
    public Path key(String key) {
        var shown = new StringBuilder("[\"");
        key.codePoints()
                .limit(KEY_CHARS_MAX)
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) || c == '"' ? '?' : c));
        if (key.codePointCount(0, key.length()) > KEY_CHARS_MAX) {
            shown.append("...");
        }
        return new Path(this, shown.append("\"]").toString());
    }

    @Override
    public String toString() {
        return parent == null ? step : parent + step;
    }
}
