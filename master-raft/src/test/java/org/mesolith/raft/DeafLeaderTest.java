package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a leader that hears no majority gives up. */
final class DeafLeaderTest {
    private static final class Hands implements DeafLeader.Hands {
        boolean deaf;
        int gaveUp;
        long leads = 3;
        long term = 3;
        long leftIn;

        @Override
        public long leadsIn() {
            return leads;
        }

        @Override
        public long term() {
            return term;
        }

        @Override
        public void leaveTo(long wasTerm) {
            leftIn = wasTerm;
        }

        @Override
        public boolean isDeaf() {
            return deaf;
        }

        @Override
        public void giveUp() {
            gaveUp++;
        }
    }

    private final Hands hands = new Hands();
    private final DeafLeader leader = new DeafLeader(hands, Duration.ofSeconds(2), 0);
    private long now;

    private void look(Duration after) {
        now += after.toNanos();
        leader.look(now);
    }

    /** Until it has led for long enough. */
    private void lead() {
        for (int looks = 0; looks < 30; looks++) {
            look(Duration.ofMillis(100));
        }
    }

    @Test
    void itGivesUpOnceSeveralLooksInTimeSawIt() {
        lead();
        hands.deaf = true;
        look(Duration.ofMillis(100));
        look(Duration.ofMillis(100));
        assertThat(hands.gaveUp).isZero();
        look(Duration.ofMillis(100));
        assertThat(hands.gaveUp).isEqualTo(1);
    }

    @Test
    void oneThatStoodStillHearsTheOthersFirst() {
        lead();
        hands.deaf = true;
        look(Duration.ofMillis(100));
        look(Duration.ofMillis(100));
        look(Duration.ofSeconds(5));
        look(Duration.ofMillis(100));
        hands.deaf = false;
        look(Duration.ofMillis(100));
        hands.deaf = true;
        look(Duration.ofMillis(100));
        look(Duration.ofMillis(100));
        assertThat(hands.gaveUp).isZero();
    }

    @Test
    void oneThatLeadsNoMoreLeavesItToTheOthers() {
        look(Duration.ofMillis(100));
        assertThat(hands.leftIn).isZero();
        hands.leads = 0;
        look(Duration.ofMillis(100));
        assertThat(hands.leftIn).isEqualTo(3);
    }

    @Test
    void oneThatWasReplacedLeavesNothing() {
        look(Duration.ofMillis(100));
        hands.leads = 0;
        hands.term = 4;
        look(Duration.ofMillis(100));
        assertThat(hands.leftIn).isZero();
    }

    @Test
    void aNewLeaderGetsTimeToBeAnswered() {
        hands.deaf = true;
        for (int looks = 0; looks < 20; looks++) {
            look(Duration.ofMillis(100));
        }
        assertThat(hands.gaveUp).isZero();
        lead();
        assertThat(hands.gaveUp).isPositive();
    }
}
