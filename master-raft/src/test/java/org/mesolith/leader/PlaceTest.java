package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mesolith.model.Fence;

/** Where calls wait during a change of the leader. */
@Timeout(60)
final class PlaceTest {
    private static final Standing LEADING = new Standing.Leading(new Fence("c", 1, 7, 3));
    private static final Duration LONG = Duration.ofSeconds(50);

    private final Place place = new Place();

    @Test
    void whoWaitsIsWokenWhenALeaderIsKnown() throws Exception {
        var nobody = place.now();
        var elsewhere = new Standing.Following("other:5050");
        var woken = new CountDownLatch(1);
        Thread.startVirtualThread(() -> {
            await(nobody, LONG);
            woken.countDown();
        });

        place.is(new Standing.Electing());
        place.is(elsewhere);

        woken.await();
        assertThat(place.now()).isEqualTo(elsewhere);
    }

    @Test
    void whoWaitsInVainGetsItsTimeAndNotMore() {
        long begun = System.nanoTime();

        await(place.now(), Duration.ofMillis(30));

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(30_000_000);
    }

    @Test
    void aLeaderThatAnswersAsIfItWereNoneIsAskedAgainAfterAMomentOnly() {
        place.is(LEADING);
        long begun = System.nanoTime();

        await(LEADING, LONG);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG);
    }

    @Test
    void whatHasChangedMeanwhileIsNotWaitedFor() {
        place.is(LEADING);

        await(new Standing.Electing(), Duration.ofDays(1));

        assertThat(place.now()).isEqualTo(LEADING);
    }

    private void await(Standing before, Duration within) {
        try {
            place.awaitSettled(before, within);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
