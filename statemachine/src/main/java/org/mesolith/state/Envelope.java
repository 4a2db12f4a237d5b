package org.mesolith.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who asked, through which door, when, and under which leadership.
 *
 * @param requestKey null when a repeated call is harmless
 * @param proposedAt the leader's time, at most nanoseconds; rules use the larger of it and the registry's
 * @param proposingTerm term of the leadership that proposes; refused in apply when it is not the entry's
 */
public record Envelope(
        Actor actor, Origin origin, @Nullable RequestKey requestKey, Instant proposedAt, long proposingTerm) {}
