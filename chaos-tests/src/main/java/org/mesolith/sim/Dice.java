package org.mesolith.sim;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** All chance of a simulation: one seed, one stream. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed);
    }

    /** From 0 up to but without the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    long number() {
        return random.nextLong();
    }

    Duration between(Duration min, Duration max) {
        return min.plusNanos((long) (random.nextDouble() * max.minus(min).toNanos()));
    }

    /** Time that a message takes: mostly short, now and then long. */
    Duration travel() {
        return oneIn(50)
                ? between(Duration.ofMillis(5), Duration.ofMillis(120))
                : between(Duration.ofNanos(50_000), Duration.ofMillis(2));
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
