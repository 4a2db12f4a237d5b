package org.mesolith.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.sim.plan.WorldSettings;
import org.mesolith.state.FeatureLevel;

/**
 * Worlds that begin at the level before the newest, with masters that know no more, and are upgraded in the middle of
 * the trouble, one master after the other. The usual checks hold throughout, equal registries among them.
 */
final class MixedLevelsTest {
    private static final int SEEDS = 20;

    private static Stream<Long> seeds() {
        long first = Long.getLong("seed", 1);
        return LongStream.range(first, first + SEEDS).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aClusterThatIsUpgradedUnderLoadKeepsItsPromises(long seed) {
        var before = FeatureLevel.NEWEST.number() - 1;

        assertThat(World.run(WorldSettings.smoke(seed).withLevel(before)).launches())
                .isPositive();
    }
}
