package org.mesolith.check.linear;

import org.jspecify.annotations.Nullable;

/**
 * One value under one key, that some writes replace only if it is the one that they name: those have it under
 * {@link Operation#reads} as well.
 *
 * @param key of the operations that count here
 * @param initial before the first write
 */
public record Swap(String key, String initial) implements Model<String> {

    @Override
    public @Nullable String next(String before, Operation operation) {
        String expected = operation.reads().get(key);
        if (expected != null && !expected.equals(before)) {
            return null;
        }
        return operation.writes().getOrDefault(key, before);
    }
}
