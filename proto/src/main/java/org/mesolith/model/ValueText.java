package org.mesolith.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads values as Mesos writes them on command lines: {@code 1.5}, {@code [1-9,20-30]}, {@code {a,b}}, anything else is
 * a text (also negative numbers and the words for infinity and not-a-number). Spaces do not count.
 */
public final class ValueText {
    private ValueText() {}

    /** @throws MalformedTextException with the place and reason */
    public static Value parse(String text) {
        String dense = text.replaceAll("\\s", "");
        if (dense.isEmpty()) {
            throw new MalformedTextException("a value is empty; write a number, [a-b,c-d] or {x,y}");
        }
        if (dense.startsWith("[")) {
            return ranges(dense);
        }
        if (dense.startsWith("{")) {
            return items(dense);
        }
        if (dense.indexOf('[') >= 0 || dense.indexOf('{') >= 0) {
            throw new MalformedTextException("value \"" + text
                    + "\" has a bracket in the middle; it may only stand first, as in [1-9] or {a,b}");
        }
        OptionalLong number = Milli.read(dense);
        return number.isPresent() ? new Value.Scalar(number.getAsLong()) : new Value.Text(dense);
    }

    private static Ranges ranges(String dense) {
        List<String> pieces = pieces(dense, ']');
        long[] bounds = new long[2 * pieces.size()];
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            int dash = piece.indexOf('-');
            if (dash < 0) {
                throw new MalformedTextException("range \"" + piece + "\" in " + dense + " has no \"-\"; write a-b");
            }
            bounds[2 * i] = bound(piece.substring(0, dash), dense);
            bounds[2 * i + 1] = bound(piece.substring(dash + 1), dense);
            if (bounds[2 * i] > bounds[2 * i + 1]) {
                throw new MalformedTextException("range \"" + piece + "\" in " + dense
                        + " ends before it begins; write the smaller number first");
            }
        }
        return Ranges.of(bounds);
    }

    private static long bound(String text, String all) {
        boolean readable = text.length() <= 19 && text.chars().allMatch(c -> c >= '0' && c <= '9') && !text.isEmpty();
        if (readable) {
            try {
                long bound = Long.parseLong(text);
                if (bound <= Ranges.BOUND_MAX) {
                    return bound;
                }
            } catch (NumberFormatException tooLarge) {
                // Nineteen digits can be a little too much; the message below says so.
            }
        }
        throw new MalformedTextException("\"" + text + "\" in " + all + " is not a whole number from 0 to "
                + Ranges.BOUND_MAX + "; write ranges as [a-b,c-d]");
    }

    private static Value.Items items(String dense) {
        return new Value.Items(pieces(dense, '}'));
    }

    private static List<String> pieces(String dense, char close) {
        if (dense.indexOf(close) != dense.length() - 1) {
            throw new MalformedTextException(
                    "value \"" + dense + "\" must end with its only \"" + close + "\"; write [a-b,c-d] or {x,y}");
        }
        List<String> pieces = new ArrayList<>();
        for (String piece : dense.substring(1, dense.length() - 1).split(",", -1)) {
            if (!piece.isEmpty()) {
                pieces.add(piece);
            }
        }
        return pieces;
    }
}
