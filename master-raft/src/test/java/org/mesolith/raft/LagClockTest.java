package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LagClockTest {
    private final LagClock clock = new LagClock();

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void whoHasEverythingIsNotBehind() {
        clock.note(10, seconds(1));

        assertThat(clock.behind(10, seconds(9))).isZero();
    }

    @Test
    void whoLacksEntriesIsBehindSinceTheFirstOfThem() {
        clock.note(10, seconds(1));
        clock.note(20, seconds(3));
        clock.note(30, seconds(7));

        assertThat(clock.behind(10, seconds(9))).isEqualTo(Duration.ofSeconds(6));
        assertThat(clock.behind(25, seconds(9))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aLogThatStandsStillIsNotedOnce() {
        clock.note(10, seconds(1));
        clock.note(10, seconds(5));

        assertThat(clock.behind(9, seconds(6))).isEqualTo(Duration.ofSeconds(5));
    }
}
