package org.mesolith.check.linear;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values under several keys that are written together and read together; empty before the first write. */
public record Table() implements Model<SortedMap<String, String>> {

    @Override
    public SortedMap<String, String> initial() {
        return Collections.emptySortedMap();
    }

    @Override
    public @Nullable SortedMap<String, String> next(SortedMap<String, String> before, Operation operation) {
        if (operation.isWrite()) {
            var after = new TreeMap<>(before);
            after.putAll(operation.writes());
            return after;
        }
        return before.equals(operation.reads()) ? before : null;
    }
}
