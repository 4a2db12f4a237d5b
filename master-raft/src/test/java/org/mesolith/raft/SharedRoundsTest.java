package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mesolith.log.Barrier;

/** Who shares a round with whom, with rounds that end when the test says so. */
final class SharedRoundsTest {
    private static final Barrier REACHED = new Barrier.Reached(7);

    private record Asked(List<CompletableFuture<Barrier>> readers, CompletableFuture<Runnable> answer) {
        void end() {
            answer.complete(() -> readers.forEach(reader -> reader.complete(REACHED)));
        }
    }

    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    private final SharedRounds rounds = new SharedRounds(readers -> {
        var round = new Asked(List.copyOf(readers), new CompletableFuture<>());
        asked.add(round);
        return round.answer;
    });

    private CompletableFuture<Barrier> read() {
        var reader = new CompletableFuture<Barrier>();
        assertThat(rounds.add(reader)).isTrue();
        return reader;
    }

    @Test
    void noMoreThanTwoRoundsAreUnderWayAndWhoComesMeanwhileSharesTheNext() {
        var first = read();
        var second = read();
        var third = read();
        var fourth = read();
        assertThat(asked).extracting(Asked::readers).containsExactly(List.of(first), List.of(second));

        asked.get(1).end();
        Wait.until("the third round", () -> asked.size() == 3);

        assertThat(asked.get(2).readers()).containsExactly(third, fourth);
        Wait.until("the second reader is answered", second::isDone);
        assertThat(first).isNotDone();
        assertThat(third).isNotDone();
        asked.get(0).end();
        asked.get(2).end();
        Wait.until("all are answered", () -> first.isDone() && third.isDone() && fourth.isDone());
    }

    @Test
    void whoComesAfterARoundBeganIsNotAnsweredByIt() {
        var before = read();
        var after = read();

        asked.getFirst().end();
        Wait.until("the one before", before::isDone);

        assertThat(after).isNotDone();
        assertThat(asked.getFirst().readers()).containsExactly(before);
    }

    @Test
    void afterAQuietMomentARoundBeginsAtOnce() {
        var one = read();
        asked.getFirst().end();
        Wait.until("the first", one::isDone);

        Wait.until("a round of its own", () -> {
            int before = asked.size();
            var _ = read();
            return asked.size() == before + 1;
        });
    }

    @Test
    void everyReaderOfManyThreadsIsAnsweredOnceByARoundThatBeganAfterIt() throws InterruptedException {
        int threads = 8;
        int each = 2_000;
        var clock = new AtomicInteger();
        var wrong = new AtomicInteger();
        var shared = new SharedRounds(readers -> {
            int began = clock.incrementAndGet();
            return CompletableFuture.supplyAsync(() -> () -> readers.forEach(reader -> {
                if (!reader.complete(new Barrier.Reached(began))) {
                    wrong.incrementAndGet();
                }
            }));
        });
        var done = new CountDownLatch(threads * each);
        for (int thread = 0; thread < threads; thread++) {
            Thread.startVirtualThread(() -> {
                for (int i = 0; i < each; i++) {
                    int came = clock.get();
                    var reader = new CompletableFuture<Barrier>();
                    shared.add(reader);
                    if (!(reader.join() instanceof Barrier.Reached(long began)) || began <= came) {
                        wrong.incrementAndGet();
                    }
                    done.countDown();
                }
            });
        }

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong).hasValue(0);
    }
}
