package org.mesolith.state;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.Position;
import org.mesolith.state.table.Table;

/**
 * Requests that were carried out under a key.
 *
 * @param byAge place in the log → key (index)
 */
record RequestTable(Table<RequestKey, RequestRow> byKey, Table<Position, RequestKey> byAge) {
    static final RequestTable EMPTY = new RequestTable(Table.empty(), Table.empty());

    @Nullable
    RequestRow get(RequestKey key) {
        return byKey.get(key);
    }

    RequestTable put(RequestRow row) {
        return new RequestTable(byKey.put(row.key(), row), byAge.put(row.at(), row.key()));
    }

    RequestTable remove(RequestRow row) {
        return new RequestTable(byKey.remove(row.key()), byAge.remove(row.at()));
    }

    @Nullable
    RequestKey oldest() {
        var first = byAge.firstKey();
        return first == null ? null : byAge.get(first);
    }
}
