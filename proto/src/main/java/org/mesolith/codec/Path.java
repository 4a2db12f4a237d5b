package org.mesolith.codec;

import org.jspecify.annotations.Nullable;

/** Where in a message something is, as in {@code tasks[3].limits["cpus"].value}; written out only when somebody asks. */
record Path(@Nullable Path parent, String step) {
    /** The message itself. */
    static final Path ROOT = new Path(null, "");

    private static final int KEY_CHARS_MAX = 40;

    Path field(String name) {
        return new Path(this, parent == null ? name : "." + name);
    }

    Path index(int index) {
        return new Path(this, "[" + index + "]");
    }

    /** The value of a map under this key; a key may be long and hostile, so it is shortened and made printable. */
    Path key(String key) {
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
