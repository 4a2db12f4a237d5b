package org.mesolith.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.console.Failure;

/** What a run is to do and to come to. */
final class ProfileTest {

    @Test
    void aProfileWithChosenFaultsStrikesWithTheseOnlyAndWantsFewerOperations() {
        var profile = Profile.named("quick").striking(List.of("agent-crash", "master-crash", "agent-crash"));

        assertThat(profile.faults(7))
                .extracting(Fault::word)
                .containsExactly("agent-crash", "master-crash", "agent-crash");
        assertThat(profile.strikes()).isEqualTo(3);
        assertThat(profile.operationsMin())
                .isPositive()
                .isLessThan(Profile.named("quick").operationsMin());
        assertThat(profile.settings(7)).containsEntry("leaders-min", "2");
    }

    @Test
    void whereNoFaultHitsALeaderNoneHasToChange() {
        assertThat(Profile.named("quick").striking(List.of("agent-pause")).settings(7))
                .containsEntry("leaders-min", "1");
        assertThat(Profile.named("quick").settings(7)).containsEntry("leaders-min", "2");
        assertThat(Profile.named("standard")
                        .striking(List.of("master-loss", "master-rate"))
                        .settings(7))
                .containsEntry("leaders-min", "1");
        assertThat(Profile.named("standard").striking(List.of("master-one-way")).settings(7))
                .containsEntry("leaders-min", "2");
    }

    @Test
    void aFaultThatNobodyKnowsIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> Profile.named("quick").striking(List.of("earthquake")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no fault is called `earthquake`")
                .hasMessageContaining("master-crash");
    }
}
