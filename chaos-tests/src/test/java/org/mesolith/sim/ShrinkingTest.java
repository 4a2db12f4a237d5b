package org.mesolith.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.sim.campaign.Shrinker;
import org.mesolith.sim.plan.WorldSettings;

/** What is left of a failure once it was made small. */
final class ShrinkingTest {
    private static final WorldSettings FOUND = WorldSettings.smoke(7);
    private static final int RUNS_MAX = 300;

    @Test
    void asMuchIsLeftOutAsTheFailureDoesNotNeed() {
        var small = shrink(settings -> settings.agents() < 2 ? null : overdue(settings, "not over: task t1"));

        assertThat(small.settings().agents()).isEqualTo(2);
        assertThat(small.settings().frameworks()).isEqualTo(1);
        assertThat(small.settings().tasks()).isEqualTo(1);
        assertThat(small.settings().unrest()).isLessThan(FOUND.unrest());
        assertThat(small.settings().only()).isEqualTo(List.of());
    }

    @Test
    void anotherViolationIsNotTakenForTheSameEvenWhenTheSameWaitFindsIt() {
        var small = shrink(settings -> settings.frameworks() < 3
                ? overdue(settings, "not registered: agent1")
                : overdue(settings, "not over: task t" + settings.tasks()));

        assertThat(small.settings().frameworks()).isEqualTo(3);
        assertThat(small.settings().tasks()).isEqualTo(1);
        assertThat(small.rule()).endsWith("not over");
    }

    @Test
    void anotherCheckIsNotTakenForTheSameEvenWhenItsWordsAre() {
        var small = shrink(settings -> settings.agents() < 2 ? checkedHere(settings) : checkedThere(settings));

        assertThat(small.settings().agents()).isEqualTo(2);
    }

    @Test
    void threeMastersStayForWithFewerNobodyLeadsAfterOneHasDied() {
        var small = shrink(settings -> overdue(settings, "none"));

        assertThat(small.settings().masters()).isEqualTo(3);
    }

    private static WorldFailure checkedHere(WorldSettings settings) {
        return new WorldFailure(settings, Duration.ZERO, List.of(), new IllegalStateException("broken"));
    }

    private static WorldFailure checkedThere(WorldSettings settings) {
        return new WorldFailure(settings, Duration.ofSeconds(1), List.of(), new IllegalStateException("broken"));
    }

    private static WorldFailure shrink(Shrinker.Play play) {
        var found = play.play(FOUND);
        assertThat(found).isNotNull();
        return Shrinker.shrink(found, play, RUNS_MAX, () -> true);
    }

    private static WorldFailure overdue(WorldSettings settings, String left) {
        var cause = new Overdue("everything to end", Duration.ofMinutes(40), left);
        return new WorldFailure(settings, Duration.ofSeconds(1), List.of(), cause);
    }
}
