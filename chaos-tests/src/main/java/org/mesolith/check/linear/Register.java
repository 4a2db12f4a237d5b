package org.mesolith.check.linear;

import org.jspecify.annotations.Nullable;

/**
 * One value under one key, for example the weight of a role; {@code initial} before the first write.
 *
 * @param key of the operations that count here
 */
public record Register(String key, String initial) implements Model<String> {

    @Override
    public @Nullable String next(String before, Operation operation) {
        if (operation.isWrite()) {
            return operation.writes().getOrDefault(key, before);
        }
        return before.equals(operation.reads().getOrDefault(key, initial)) ? before : null;
    }
}
