package org.mesolith.codec.body;

import java.util.Random;

/** The seed of a random test: {@code -Dseed=...}, else a new one; printed, so that a failure can be run again. */
public final class Seed {
    private Seed() {}

    public static Random random(String test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test + ": run it again with -Dseed=" + seed);
        return new Random(seed);
    }
}
