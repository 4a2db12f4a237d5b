package org.mesolith.sim;

import java.util.function.Supplier;
import org.mesolith.base.Check;

/** What must hold at every moment of a simulation; words are made only when it does not. */
final class Must {
    private Must() {}

    static void hold(boolean holds, Supplier<String> words) {
        if (!holds) {
            Check.that(false, words.get());
        }
    }
}
