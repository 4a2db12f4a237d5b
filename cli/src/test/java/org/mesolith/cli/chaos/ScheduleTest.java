package org.mesolith.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mesolith.cli.chaos.Schedule.Blow;
import org.mesolith.cli.chaos.Schedule.Round;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Faults;
import org.mesolith.cli.chaos.fault.wire.WireFaults;
import org.mesolith.cli.console.Failure;
import org.mesolith.sim.plan.FaultKind;

final class ScheduleTest {
    /** Masters of the simulation end in order only at their end: there SIGTERM is no fault. */
    private static final Profile QUICK = Profile.named("quick");

    private static final Profile STANDARD = Profile.named("standard");

    private static List<Round> rounds(Profile profile, long seed, int count) {
        var schedule = new Schedule(seed, profile.faults(seed), profile.overlaps());
        return IntStream.range(0, count).mapToObj(_ -> schedule.next()).toList();
    }

    private static Stream<Blow> blows(List<Round> rounds) {
        return rounds.stream()
                .flatMap(round -> Stream.of(round.first(), round.second()))
                .filter(Objects::nonNull);
    }

    @Test
    void oneSeedIsOneScheduleAndAnotherSeedAnotherOne() {
        assertThat(rounds(STANDARD, 7, 50)).isEqualTo(rounds(STANDARD, 7, 50)).isNotEqualTo(rounds(STANDARD, 8, 50));
    }

    @Test
    void everyKindComesOnceBeforeOneComesTwice() {
        for (long seed = 0; seed < 50; seed++) {
            List<Fault> faults = STANDARD.faults(seed);
            assertThat(rounds(STANDARD, seed, faults.size()))
                    .extracting(round -> round.first().fault())
                    .containsExactlyInAnyOrderElementsOf(faults);
        }
    }

    @Test
    void aQuickRunAlwaysStrikesTheLeaderAndAFollowerAndOneAfterTheOther() {
        for (long seed = 0; seed < 50; seed++) {
            List<Round> rounds = rounds(QUICK, seed, QUICK.strikes());
            assertThat(rounds)
                    .extracting(round -> round.first().aim())
                    .contains(Aim.LEADER)
                    .containsAnyOf(Aim.FOLLOWER, Aim.BEST_FOLLOWER);
            assertThat(rounds).extracting(Round::second).containsOnlyNulls();
        }
    }

    @Test
    void everyFaultMeetsEachOfItsAims() {
        var schedule = new Schedule(3, Profile.FAULTS, false);
        var rounds = IntStream.range(0, 2_000).mapToObj(_ -> schedule.next()).toList();
        for (Fault fault : Profile.FAULTS) {
            assertThat(rounds)
                    .extracting(Round::first)
                    .filteredOn(blow -> blow.fault().equals(fault))
                    .extracting(Blow::aim)
                    .hasSameElementsAs(fault.aims());
        }
    }

    @Test
    void aSecondFaultIsAnotherOneAndBeginsWhileTheFirstLasts() {
        assertThat(rounds(STANDARD, 3, 200))
                .filteredOn(round -> round.second() != null)
                .hasSizeGreaterThan(20)
                .allSatisfy(round -> {
                    Blow second = Objects.requireNonNull(round.second());
                    assertThat(second.fault()).isNotEqualTo(round.first().fault());
                    assertThat(second.fault().overlaps()).isTrue();
                    assertThat(round.first().fault().overlaps()).isTrue();
                    assertThat(round.after()).isLessThan(round.first().hold());
                });
    }

    @Test
    void noFaultLastsLongerThanTheClusterMayTakeToComeBack() {
        assertThat(blows(rounds(STANDARD, 3, 500)))
                .extracting(Blow::hold)
                .allMatch(hold -> hold.compareTo(Duration.ofSeconds(7)) < 0);
    }

    @Test
    void theFaultsOfARunStandInItsSettingsAndAreChosenByItsSeed() {
        assertThat(Objects.requireNonNull(QUICK.settings(7).get("faults")).split(" "))
                .containsExactlyElementsOf(
                        QUICK.faults(7).stream().map(Fault::word).toList());
        assertThat(QUICK.faults(7)).isEqualTo(QUICK.faults(7)).containsAll(QUICK.always());
        assertThat(IntStream.range(0, 60).mapToObj(QUICK::faults).flatMap(List::stream))
                .containsAll(WireFaults.PARTITIONS)
                .containsAll(WireFaults.CONNECTIONS);
        assertThat(QUICK.strikes()).isGreaterThan(QUICK.faults(7).size());
    }

    @Test
    void noTwoFaultsHaveOneNameAndThoseThatTheSimulationKnowsHaveItsNames() {
        var known = Arrays.stream(FaultKind.values()).map(FaultKind::word).toList();

        assertThat(Profile.FAULTS).extracting(Fault::word).doesNotHaveDuplicates();
        assertThat(Faults.PROCESSES).extracting(Fault::word).isSubsetOf(known);
    }

    @Test
    void onlyTheSoakHasNoFaultsAndSaysWhatMustNotGrow() {
        assertThat(Profile.ALL)
                .filteredOn(profile -> profile.faults(1).isEmpty())
                .extracting(Profile::name)
                .containsExactly("soak");
        assertThat(Profile.named("soak").settings(1))
                .containsEntry("growth-percent-max", "2")
                .containsEntry("leaders-min", "1");
        assertThat(Profile.named("standard").settings(1)).doesNotContainKey("growth-percent-max");
        assertThatThrownBy(() -> Profile.named("no-such"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("quick, standard, long");
    }
}
