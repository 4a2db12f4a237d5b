package org.mesolith.leader.framework;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.StreamId;

/** One framework that had a stream in this term. */
final class FrameworkSession {
    final FrameworkId id;

    /** Null while it is disconnected. */
    @Nullable
    StreamId stream;

    FrameworkSession(FrameworkId id) {
        this.id = id;
    }
}
