package org.mesolith.model;

import java.util.ArrayList;
import java.util.List;

/** One {@code name:text} of a list separated by semicolons. */
record TextPair(String name, String text) {
    private static final int TEXT_LENGTH_MAX = 1 << 20;

    /** Splits at semicolons and line ends, and each piece at its first colon; spaces around are dropped. */
    static List<TextPair> split(String text, String what) {
        if (text.length() > TEXT_LENGTH_MAX) {
            throw new MalformedTextException("text of " + text.length() + " characters is too long for a list of "
                    + what + " entries; at most " + TEXT_LENGTH_MAX + " are read");
        }
        List<TextPair> pairs = new ArrayList<>();
        for (String piece : text.split("[;\n]", -1)) {
            if (!piece.isBlank()) {
                pairs.add(of(piece, what));
            }
        }
        return pairs;
    }

    private static TextPair of(String piece, String what) {
        int colon = piece.indexOf(':');
        String name = colon < 0 ? "" : piece.substring(0, colon).strip();
        String value = colon < 0 ? "" : piece.substring(colon + 1).strip();
        if (name.isEmpty() || value.isEmpty()) {
            throw new MalformedTextException(
                    what + " \"" + piece.strip() + "\" has no name or no value; write name:value, separated by \";\"");
        }
        return new TextPair(name, value);
    }

    /** The text as an amount in thousandths. */
    long number() {
        return Milli.read(text)
                .orElseThrow(() -> new MalformedTextException(
                        "amount of " + name + " is \"" + text + "\"; write a number of 0 or more, such as 1.5"));
    }
}
