package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a follower stands that does not hear its leader. */
final class SilentLeaderTest {
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final class Hands implements SilentLeader.Hands {
        SilentLeader.@Nullable Seen seen = new SilentLeader.Seen(3, true, Duration.ZERO);
        int place;
        int stood;
        int prepared;

        @Override
        public SilentLeader.@Nullable Seen seen() {
            return seen;
        }

        @Override
        public void prepare() {
            prepared++;
        }

        @Override
        public long place() {
            return place;
        }

        @Override
        public boolean stand() {
            stood++;
            return true;
        }
    }

    private final Hands hands = new Hands();
    private final SilentLeader silent = new SilentLeader(hands, Duration.ofSeconds(1), 0);
    private long now;

    /** Looks until the member stands; how long it took, in milliseconds, or -1. */
    private long standsAfter(Duration step, Duration max) {
        long begin = now;
        int before = hands.stood;
        while (now - begin < max.toNanos()) {
            now += step.toNanos();
            var seen = hands.seen;
            if (seen != null && seen.led()) {
                hands.seen =
                        new SilentLeader.Seen(seen.term(), true, seen.silence().plus(step));
            }
            silent.look(now);
            if (hands.stood > before) {
                return TimeUnit.NANOSECONDS.toMillis(now - begin);
            }
        }
        return -1;
    }

    private void hears(long term, boolean led) {
        hands.seen = new SilentLeader.Seen(term, led, Duration.ZERO);
        now += LOOK.toNanos();
        silent.look(now);
    }

    @Test
    void itStandsOnceTheLeaderWasSilentForOneAndAHalfShortestTimeouts() {
        hears(3, true);
        hears(3, true);
        assertThat(standsAfter(LOOK, Duration.ofSeconds(5))).isEqualTo(1_500);
    }

    @Test
    void eachWordOfTheLeaderBeginsTheCountAnew() {
        hears(3, true);
        for (int beat = 0; beat < 20; beat++) {
            assertThat(standsAfter(LOOK, Duration.ofMillis(1_400))).isEqualTo(-1);
            hears(3, true);
        }
        assertThat(standsAfter(LOOK, Duration.ofSeconds(5))).isEqualTo(1_500);
    }

    @Test
    void membersStandOneAfterTheOther() {
        hands.place = 2;
        hears(3, true);
        hears(3, true);
        assertThat(standsAfter(LOOK, Duration.ofSeconds(5))).isEqualTo(1_800);
    }

    @Test
    void theOthersAreAskedShortlyBeforeOnceForEachTurn() {
        hears(3, true);
        hears(3, true);
        assertThat(standsAfter(LOOK, Duration.ofMillis(1_100))).isEqualTo(-1);
        assertThat(hands.prepared).isZero();
        assertThat(standsAfter(LOOK, Duration.ofMillis(100))).isEqualTo(-1);
        assertThat(hands.prepared).isOne();
        assertThat(standsAfter(LOOK, Duration.ofSeconds(5))).isEqualTo(300);
        assertThat(hands.prepared).isOne();
        assertThat(standsAfter(LOOK, Duration.ofSeconds(5))).isPositive();
        assertThat(hands.prepared).isEqualTo(2);
    }

    @Test
    void timeInWhichTheProcessStoodStillIsNoSilence() {
        hears(3, true);
        hears(3, true);
        // It sleeps for ten seconds: the silence is as long, but nobody listened.
        assertThat(standsAfter(Duration.ofSeconds(10), Duration.ofSeconds(10))).isEqualTo(-1);
        hears(3, true);
        assertThat(hands.stood).isZero();
    }

    @Test
    void withoutALeaderItStandsAgainAfterTheShortestTimeoutAndNotWhileOthersDo() {
        hears(3, false);
        hears(3, false);
        assertThat(standsAfter(LOOK, Duration.ofMillis(800))).isEqualTo(-1);
        hears(4, false);
        assertThat(standsAfter(LOOK, Duration.ofSeconds(5))).isEqualTo(1_000);
    }

    @Test
    void oneThatLeadsOrStandsOrDoesNotVoteDoesNothing() {
        hands.seen = null;
        assertThat(standsAfter(LOOK, Duration.ofSeconds(10))).isEqualTo(-1);
    }
}
