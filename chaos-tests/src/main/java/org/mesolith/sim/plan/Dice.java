package org.mesolith.sim.plan;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Chance from a seed. Every part of a world throws its own dice, so that leaving one part out disturbs the others
 * little.
 */
public final class Dice {
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final long seed;
    private final Random random;

    public Dice(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Dice of their own for the part of this name: the same for the same seed, whatever was thrown before. */
    public Dice fork(String name) {
        long mixed = (seed ^ name.hashCode() * MIX) * MIX;
        return new Dice(mixed ^ (mixed >>> 29));
    }

    /** From 0 up to but without the bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    public long number() {
        return random.nextLong();
    }

    public Duration between(Duration min, Duration max) {
        return min.plusNanos((long) (random.nextDouble() * max.minus(min).toNanos()));
    }

    /** Time that a message takes: mostly short, now and then long. */
    public Duration travel() {
        return oneIn(50)
                ? between(Duration.ofMillis(5), Duration.ofMillis(120))
                : between(Duration.ofNanos(50_000), Duration.ofMillis(2));
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
