package org.mesolith.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** More seeds: {@code -Dworld.seeds=N}; one of them: {@code -Dseed=N}. */
final class WorldTest {
    private static final int SEEDS = Integer.getInteger("world.seeds", 100);

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aClusterInTroubleKeepsItsPromises(long seed) {
        var report = World.run(WorldSettings.smoke(seed));

        assertThat(report.launches()).isPositive();
        assertThat(report.terms()).isGreaterThan(1);
    }

    static LongStream seeds() {
        var one = Long.getLong("seed");
        return one == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(one);
    }

    @Test
    void theSameSeedGivesTheSameWorld() {
        var settings = WorldSettings.smoke(Long.getLong("seed", 4_711L));

        assertThat(World.run(settings)).isEqualTo(World.run(settings));
    }

    @Test
    void anotherSeedGivesAnotherWorld() {
        var one = World.run(WorldSettings.smoke(4_711));
        var other = World.run(WorldSettings.smoke(4_712));

        assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
    }
}
