package org.mesolith.raft;

import org.jspecify.annotations.Nullable;
import org.mesolith.base.Halt;

/**
 * How a member ends when it can no longer be trusted: {@link Halt#now} in a real process, where nothing after the call
 * runs; tests only take note. Any thread.
 */
@FunctionalInterface
public interface Ending {
    void end(Halt.Code code, String why, @Nullable Throwable cause);
}
