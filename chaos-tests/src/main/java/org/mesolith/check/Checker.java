package org.mesolith.check;

import org.mesolith.check.history.History;

/** One property that a history must have. */
public interface Checker {

    /** What it says of a history in which the property holds, for example {@code weights are linearizable}. */
    String claim();

    /** Looks at the whole history. Never throws for what a cluster did, only for a history that is malformed. */
    Verdict check(History history);
}
