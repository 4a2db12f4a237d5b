package org.mesolith.state.row;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An agent is emptied, by an operator's wish.
 *
 * @param maxGrace caps the time between TERM and KILL of its tasks, null for each task's own
 * @param markGone it is gone when nothing is left on it
 * @param drained nothing is left on it
 */
public record Drain(@Nullable Duration maxGrace, boolean markGone, boolean drained) {
    /** The same, with nothing left. */
    public Drain done() {
        return new Drain(maxGrace, markGone, true);
    }
}
