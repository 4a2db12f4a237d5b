package org.mesolith.check.history;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names with values as one text, {@code a=1 b=2}: how a fact holds a table. */
public final class Pairs {

    private Pairs() {}

    /** The text of a table. Names and values hold neither blanks nor {@code =}. */
    public static String text(Map<String, String> table) {
        return new TreeMap<>(table)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
    }

    /**
     * The table of a text.
     *
     * @throws IllegalArgumentException naming what is no pair
     */
    public static SortedMap<String, String> of(String text) {
        var table = new TreeMap<String, String>();
        for (String pair : text.split(" ")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                table.put(pair.substring(0, equals), pair.substring(equals + 1));
            } else if (!pair.isEmpty()) {
                throw new IllegalArgumentException("`" + pair + "` is not name=value");
            }
        }
        return table;
    }
}
