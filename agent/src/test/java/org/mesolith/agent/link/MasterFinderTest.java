package org.mesolith.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MasterFinderTest {
    private static final InetSocketAddress A = InetSocketAddress.createUnresolved("a", 1);
    private static final InetSocketAddress B = InetSocketAddress.createUnresolved("b", 2);
    private static final InetSocketAddress LEADER = InetSocketAddress.createUnresolved("leader", 3);

    private final MasterFinder finder = new MasterFinder(new KnownMasters(List.of(A, B), null, null), () -> 0);

    @Test
    void mastersAreTriedInTurn() {
        assertThat(List.of(finder.next(), finder.next(), finder.next())).containsExactly(A, B, A);
    }

    @Test
    void aRedirectIsFollowedOnce() {
        assertThat(finder.redirected(LEADER)).isTrue();
        assertThat(List.of(finder.next(), finder.next())).containsExactly(LEADER, A);
    }

    @Test
    void oneThatFellSilentIsPassedOverOnce() {
        finder.passOver(A);
        assertThat(List.of(finder.next(), finder.next(), finder.next())).containsExactly(B, A, B);
    }

    @Test
    void theOnlyMasterIsTriedAlsoWhenItFellSilent() {
        var only = new MasterFinder(new KnownMasters(List.of(A), null, null), () -> 0);
        only.passOver(A);
        assertThat(only.next()).isEqualTo(A);
    }

    @Test
    void mastersThatPointInACircleAreLeft() {
        for (int i = 0; i < 5; i++) {
            assertThat(finder.redirected(LEADER)).isTrue();
        }
        assertThat(finder.redirected(LEADER)).isFalse();
    }

    @Test
    void withinARoundNobodyWaitsAndTheFirstRoundsAreQuick() {
        finder.failed();
        assertThat(finder.pause()).isEqualTo(Duration.ZERO);
        finder.failed();
        assertThat(finder.pause()).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    }

    @Test
    void waitsGrowToASecondAndAfterMinutesToFive() {
        assertThat(pauseAfter(20)).isEqualTo(Duration.ofMillis(500));
        assertThat(pauseAfter(1_000)).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void aWelcomeLetsWaitsStartAnew() {
        pauseAfter(1_000);
        finder.welcomed();
        finder.failed();
        assertThat(finder.pause()).isEqualTo(Duration.ZERO);
    }

    @Test
    void theLeaderIsReadFromALocationWithOrWithoutScheme() {
        assertThat(MasterLink.leader("//host:5050/link")).isEqualTo(InetSocketAddress.createUnresolved("host", 5050));
        assertThat(MasterLink.leader("http://10.0.0.1:1/x"))
                .isEqualTo(InetSocketAddress.createUnresolved("10.0.0.1", 1));
        assertThat(MasterLink.leader("/link")).isNull();
        assertThat(MasterLink.leader("//host/link")).isNull();
        assertThat(MasterLink.leader("::")).isNull();
    }

    private Duration pauseAfter(int failures) {
        for (int i = 0; i < failures; i++) {
            finder.failed();
        }
        return finder.pause();
    }
}
