package org.mesolith.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast allocator against one that is too slow to be wrong; one seed for all: {@code -Dseed=N}. */
final class NaiveAllocatorTest {
    private static final int INPUTS = Integer.getInteger("inputs", 600);

    private final long seed = Long.getLong("seed", System.nanoTime());

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bothGiveTheSame(boolean quota) {
        System.out.println("NaiveAllocatorTest seed " + seed);
        var inputs = new RandomInput(new SplittableRandom(seed), quota);
        int grants = 0;
        for (int i = 0; i < INPUTS; i++) {
            var input = inputs.next();
            var expected = NaiveAllocator.allocate(input);

            assertThat(Allocator.allocate(input))
                    .as("input " + i + " of seed " + seed)
                    .isEqualTo(expected);

            grants += expected.size();
        }
        assertThat(grants).as("grants in all inputs").isGreaterThan(INPUTS);
    }
}
