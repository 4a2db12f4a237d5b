package org.mesolith.state;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.Position;

/**
 * Requests that were carried out under a key.
 *
 * @param byKey scope and key → row
 * @param byAge place in the log → key (index)
 */
record RequestTable(Rows<RequestRow> byKey, Rows<RequestKey> byAge) {
    static final RequestTable EMPTY = new RequestTable(Rows.empty(), Rows.empty());

    @Nullable
    RequestRow get(RequestKey key) {
        return byKey.get(text(key));
    }

    RequestTable put(RequestRow row) {
        return new RequestTable(byKey.put(text(row.key()), row), byAge.put(text(row.at()), row.key()));
    }

    RequestTable remove(RequestRow row) {
        return new RequestTable(byKey.remove(text(row.key())), byAge.remove(text(row.at())));
    }

    @Nullable
    RequestKey oldest() {
        var first = byAge.after(null, 1);
        return first.isEmpty() ? null : first.getFirst();
    }

    // The length first, so that no two pairs give one text.
    private static String text(RequestKey key) {
        return key.scope().length() + ":" + key.scope() + key.key();
    }

    private static String text(Position at) {
        return SortedText.of(at.index()) + SortedText.of(at.ordinal());
    }
}
