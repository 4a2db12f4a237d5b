package org.mesolith.check.linear;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names, each at a level; {@code 0}, that is: not there, before the first step. A write is steps, {@code from>to}, and
 * is refused when a name is at another level; a read shows every name that is there.
 */
public record Levels() implements Model<SortedMap<String, String>> {
    /** Level of what is not there. */
    public static final String NONE = "0";

    private static final String ARROW = ">";

    /** As an operation writes it. */
    public static String step(String from, String to) {
        return from + ARROW + to;
    }

    /** Where a step begins. */
    public static String from(String step) {
        return step.substring(0, step.indexOf(ARROW));
    }

    /** Where a step ends. */
    public static String to(String step) {
        return step.substring(step.indexOf(ARROW) + 1);
    }

    @Override
    public SortedMap<String, String> initial() {
        return Collections.emptySortedMap();
    }

    @Override
    public @Nullable SortedMap<String, String> next(SortedMap<String, String> before, Operation operation) {
        if (!operation.isWrite()) {
            return before.equals(operation.reads()) ? before : null;
        }
        var after = new TreeMap<>(before);
        for (var write : operation.writes().entrySet()) {
            if (!after.getOrDefault(write.getKey(), NONE).equals(from(write.getValue()))) {
                return null;
            }
            String to = to(write.getValue());
            if (to.equals(NONE)) {
                after.remove(write.getKey());
            } else {
                after.put(write.getKey(), to);
            }
        }
        return after;
    }
}
