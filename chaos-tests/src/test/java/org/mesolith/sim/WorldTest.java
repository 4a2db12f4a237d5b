package org.mesolith.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.sim.plan.FaultKind;
import org.mesolith.sim.plan.WorldSettings;

/** Another seed than the usual ones: {@code -Dseed=N}. */
final class WorldTest {
    private static final WorldSettings SETTINGS = WorldSettings.smoke(Long.getLong("seed", 4_711L));

    @Test
    void theSameSeedGivesTheSameWorld() {
        assertThat(World.run(SETTINGS)).isEqualTo(World.run(SETTINGS));
    }

    @Test
    void anotherSeedGivesAnotherWorld() {
        var other = World.run(SETTINGS.withSeed(SETTINGS.seed() + 1));

        assertThat(other.hash()).isNotEqualTo(World.run(SETTINGS).hash());
    }

    @ParameterizedTest
    @EnumSource
    void aClusterWithNothingButOneKindOfTroubleKeepsItsPromises(FaultKind kind) {
        var report = World.run(SETTINGS.withKinds(List.of(kind)).withUnrest(Duration.ofSeconds(30)));

        assertThat(report.coverage().struck(kind)).isPositive();
        assertThat(report.coverage().strikes()).isEqualTo(report.coverage().struck(kind));
    }

    @Test
    void aClusterOfOneOfEachKeepsItsPromises() {
        var least = SETTINGS.withMasters(1).withAgents(1).withFrameworks(1).withUnrest(Duration.ofSeconds(30));

        assertThat(World.run(least).launches()).isPositive();
    }

    /** With one dead, no majority is left until it is started again. */
    @Test
    void aClusterOfTwoMastersGoesOnOnceTheDeadOneIsBack() {
        assertThat(World.run(SETTINGS.withMasters(2).withUnrest(Duration.ofSeconds(10)))
                        .recovery())
                .isPositive();
    }

    /**
     * An agent smaller than its tasks, a drain that ends with a return, frameworks that do not notice a death,
     * questions for refused tasks while their agent is unreachable, an id that the disk refused, tasks that nobody
     * knows, an agent that reports less after a crash.
     */
    @ParameterizedTest
    @ValueSource(
            longs = {
                689, 973, 1_013, 1_524, 1_928, 2_403, 2_408, 2_930, 3_554, 3_879, 4_202, 5_583, 6_431, 7_516, 8_572,
                14_719, 27_416, 31_466, 35_118, 36_169
            })
    void seedsThatOnceFoundSomethingHold(long seed) {
        assertThat(World.run(WorldSettings.smoke(seed)).launches()).isPositive();
    }

    @Test
    void aClusterOfManyKeepsItsPromises() {
        var many = SETTINGS.withMasters(5).withAgents(6).withFrameworks(6).withTasks(20);

        assertThat(World.run(many.withUnrest(Duration.ofSeconds(30))).terms()).isPositive();
    }
}
