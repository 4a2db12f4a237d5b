package org.mesolith.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AtOnceTest {
    @Test
    void allAreWorkedOnAtTheSameTimeAndDoneAtTheEnd() {
        var meeting = new CyclicBarrier(3);
        var done = new ConcurrentLinkedQueue<String>();

        AtOnce.each(List.of("a", "b", "c"), one -> {
            try {
                meeting.await(20, TimeUnit.SECONDS); // Nobody comes back alone.
                done.add(one);
            } catch (Exception alone) {
                throw new AssertionError(alone);
            }
        });

        assertThat(done).containsExactlyInAnyOrder("a", "b", "c");
    }
}
