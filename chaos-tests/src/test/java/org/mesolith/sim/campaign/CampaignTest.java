package org.mesolith.sim.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mesolith.sim.plan.FaultKind;
import org.mesolith.sim.plan.WorldSettings;

/** More seeds: {@code -Dworld.seeds=N}; others: {@code -Dseed=N} for the first. */
final class CampaignTest {
    private static final int SEEDS = Integer.getInteger("world.seeds", 300);
    private static final WorldSettings FIRST = WorldSettings.smoke(Long.getLong("seed", 1L));

    @Test
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void clustersInTroubleKeepTheirPromisesAndEveryKindOfTroubleComes() {
        var tally = new Campaign(FIRST, SEEDS).run(now -> {});

        assertThat(tally.eventsMin()).isGreaterThan(2_000);
        assertThat(tally.missing(FIRST.kinds())).isEmpty();
    }

    @Test
    void theHashOfManySeedsDoesNotDependOnWhoEndsFirst() {
        var campaign = new Campaign(FIRST.withUnrest(Duration.ofSeconds(10)).withTasks(5), 8);

        assertThat(campaign.run(now -> {}).hash())
                .isEqualTo(campaign.run(now -> {}).hash());
    }

    @Test
    void theCommandThatRepeatsASimulationNamesWhatIsNotUsual() {
        var small = WorldSettings.smoke(7)
                .withAgents(1)
                .withUnrest(Duration.ofSeconds(12))
                .withKinds(List.of(FaultKind.MASTER_PAUSE, FaultKind.AGENT_CRASH))
                .withOnly(List.of(3, 9));

        assertThat(Repeat.command(WorldSettings.smoke(7))).isEqualTo("meso simulate --random --seed 7");
        assertThat(Repeat.command(small))
                .isEqualTo("meso simulate --random --seed 7 --agents 1 --unrest 12"
                        + " --faults master-pause,agent-crash --only 3,9");
    }
}
