package org.mesolith.sim;

import java.util.List;

/** A simulation showed something that must not be; says how to repeat it. */
public final class WorldFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    WorldFailure(long seed, List<String> trace, RuntimeException cause) {
        super(
                "seed " + seed + ": " + cause.getMessage() + "; repeat it with -Dseed=" + seed + "\n"
                        + String.join("\n", trace),
                cause);
    }
}
