package org.mesolith.state.index;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;
import org.mesolith.state.row.ExecutorRow;
import org.mesolith.state.row.TaskRow;

/** What one task or executor holds. */
record Held(FrameworkId framework, String role, Resources resources) {
    /** Null for none, and for one that holds nothing now. */
    static @Nullable Held of(@Nullable TaskRow row) {
        return row == null || !row.holdsResources() ? null : new Held(row.framework(), row.role(), row.resources());
    }

    /** Null for none, and for one that holds nothing now. */
    static @Nullable Held of(@Nullable ExecutorRow row) {
        return row == null || !row.holdsResources() ? null : new Held(row.framework(), row.role(), row.resources());
    }
}
