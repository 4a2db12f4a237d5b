package org.mesolith.raft;

import org.jspecify.annotations.Nullable;
import org.mesolith.base.Halt;

/** An ending that is silent once the end is wanted: closing Ratis looks like a failure to its callbacks. Any thread. */
final class ExpectedEnd implements Ending {
    private final Ending ending;
    private volatile boolean expected;

    ExpectedEnd(Ending ending) {
        this.ending = ending;
    }

    /** From now on every end is an ordinary one. */
    void expect() {
        expected = true;
    }

    /** Whether the end is wanted. */
    boolean isExpected() {
        return expected;
    }

    @Override
    public void end(Halt.Code code, String why, @Nullable Throwable cause) {
        if (!expected) {
            ending.end(code, why, cause);
        }
    }
}
