package org.mesolith.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mesolith.cli.chaos.Schedule.Blow;
import org.mesolith.cli.chaos.Schedule.Role;
import org.mesolith.sim.plan.FaultKind;

final class ScheduleTest {
    /** Masters of the simulation end in order only at their end: there SIGTERM is no fault. */
    private static final EnumSet<Strike> ONLY_REAL = EnumSet.of(Strike.MASTER_STOP);

    private static List<Blow> blows(long seed, int count) {
        var schedule = new Schedule(seed, Profile.STRIKES);
        return IntStream.range(0, count).mapToObj(_ -> schedule.next()).toList();
    }

    @Test
    void oneSeedIsOneScheduleAndAnotherSeedAnotherOne() {
        assertThat(blows(7, 50)).isEqualTo(blows(7, 50)).isNotEqualTo(blows(8, 50));
    }

    @Test
    void everyKindComesOnceBeforeOneComesTwice() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(blows(seed, Profile.STRIKES.size()))
                    .extracting(Blow::strike)
                    .containsExactlyInAnyOrderElementsOf(Profile.STRIKES);
        }
    }

    @Test
    void aQuickRunAlwaysStrikesTheLeaderAndAFollower() {
        int strikes = Profile.named("quick").strikes();
        for (long seed = 0; seed < 50; seed++) {
            assertThat(blows(seed, strikes)).extracting(Blow::role).contains(Role.LEADER, Role.FOLLOWER);
        }
    }

    @Test
    void noFaultLastsLongerThanTheClusterMayTakeToComeBack() {
        assertThat(blows(3, 500)).extracting(Blow::hold).allMatch(hold -> hold.compareTo(Duration.ofSeconds(7)) < 0);
    }

    @Test
    void faultsThatTheSimulationKnowsHaveItsNames() {
        var known = Arrays.stream(FaultKind.values()).map(FaultKind::word).toList();

        assertThat(Profile.STRIKES)
                .filteredOn(strike -> !ONLY_REAL.contains(strike))
                .extracting(Strike::word)
                .isSubsetOf(known);
    }
}
