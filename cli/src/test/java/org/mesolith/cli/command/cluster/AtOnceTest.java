package org.mesolith.cli.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mesolith.cli.client.HostPort;

/** Several masters are worked with at the same time, and nobody is left behind. */
final class AtOnceTest {
    private static final List<HostPort> MASTERS = HostPort.parseList("a:1,b:2,c:3");

    @Test
    void allAreWorkedWithAtTheSameTimeAndAnswersKeepTheirOrder() throws Exception {
        var together = new CyclicBarrier(MASTERS.size());
        assertThat(AtOnce.forEach(MASTERS, master -> met(together, master))).isEqualTo(MASTERS);
    }

    private static HostPort met(CyclicBarrier together, HostPort master) throws IOException {
        try {
            together.await(30, TimeUnit.SECONDS);
            return master;
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IOException("the others did not come", alone);
        }
    }

    @Test
    void theFirstFailureIsToldAfterAllHaveEnded() {
        var ended = new AtomicInteger();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> AtOnce.forEach(MASTERS, master -> {
                    ended.incrementAndGet();
                    throw new IOException(master + " failed");
                }))
                .withMessage("a:1 failed");
        assertThat(ended).hasValue(MASTERS.size());
    }
}
