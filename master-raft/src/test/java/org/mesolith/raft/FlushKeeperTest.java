package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.mesolith.base.Halt;
import org.mesolith.store.StorageException;

final class FlushKeeperTest {
    private final AtomicLong applied = new AtomicLong(7);
    private final AtomicLong nanos = new AtomicLong();
    private final LinkedBlockingQueue<Long> flushed = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Halt.Code> ends = new LinkedBlockingQueue<>();

    private FlushKeeper keeper(Runnable flush) {
        return new FlushKeeper(applied::get, flush, (code, why, cause) -> ends.add(code), nanos::get);
    }

    private Long awaitFlush() throws InterruptedException {
        return flushed.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void aFewEntriesAreWrittenAfterSomeSecondsAndManyAtOnce() throws Exception {
        var keeper = keeper(() -> flushed.add(applied.get()));
        keeper.look();
        nanos.addAndGet(FlushKeeper.EVERY.toNanos());
        keeper.look();
        assertThat(flushed).as("nothing was applied").isEmpty();

        applied.set(8);
        keeper.look();
        assertThat(awaitFlush()).isEqualTo(8);

        applied.set(8 + FlushKeeper.ENTRIES_MAX - 1);
        keeper.look();
        applied.incrementAndGet();
        Wait.until("one flush ended, and the next one is begun", () -> {
            keeper.look();
            return !flushed.isEmpty();
        });
        assertThat(awaitFlush()).isEqualTo(8 + FlushKeeper.ENTRIES_MAX);
    }

    @Test
    void oneGoesOnAtATimeAndWhatFailsIsTriedAgainUnlessTheProcessEnds() throws Exception {
        var calls = new AtomicInteger();
        var keeper = keeper(() -> {
            if (calls.incrementAndGet() == 1) {
                throw new StorageException("no space", new java.io.IOException("no space"));
            }
            flushed.add(applied.get());
        });
        applied.set(8);
        nanos.addAndGet(FlushKeeper.EVERY.toNanos());

        keeper.look();
        assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(Halt.Code.STORAGE);

        Wait.until("it is tried again", () -> {
            keeper.look();
            return !flushed.isEmpty();
        });
        assertThat(calls).hasValue(2);
    }
}
