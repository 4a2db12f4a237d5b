package org.mesolith.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;

/** Many clients, each with a connection of its own, each with one durable write under way at a time. */
final class Load {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private final HostPort leader;
    private final int clients;

    /**
     * What was measured.
     *
     * @param perSecond accepted writes
     * @param spans of each accepted write
     * @param refused answers other than 200
     */
    record Result(double perSecond, Latencies spans, long refused) {}

    Load(HostPort leader, int clients) {
        this.leader = leader;
        this.clients = clients;
    }

    /** Writes for {@code warmUp}, then measures for {@code span}. */
    Result run(Duration warmUp, Duration span) throws InterruptedException, IOException {
        long begin = System.nanoTime() + warmUp.toNanos();
        long end = begin + span.toNanos();
        var done = new CountDownLatch(clients);
        var refused = new AtomicLong();
        var failed = new AtomicLong();
        List<Latencies> all = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            var mine = new Latencies();
            all.add(mine);
            // In turn, so that each write changes something.
            List<HttpRequest> requests = List.of(request(client, 2), request(client, 3));
            Thread.ofVirtual().start(() -> {
                try {
                    write(requests, mine, refused, begin, end);
                } catch (IOException broken) {
                    failed.incrementAndGet();
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        if (failed.get() > 0) {
            throw new IOException(
                    failed.get() + " of " + clients + " connections broke; is the leader overloaded or gone?");
        }
        var together = new Latencies();
        all.forEach(together::addAll);
        return new Result(together.count() / (span.toNanos() / 1e9), together, refused.get());
    }

    private void write(List<HttpRequest> requests, Latencies spans, AtomicLong refused, long begin, long end)
            throws IOException {
        try (var connection = HttpConnection.open(leader, Deadline.after(ANSWER_MAX))) {
            int turn = 0;
            for (long sent = System.nanoTime(); sent - end < 0; sent = System.nanoTime()) {
                turn = 1 - turn;
                HttpReply reply = connection.exchange(requests.get(turn), Deadline.after(ANSWER_MAX));
                reply.drain();
                long now = System.nanoTime();
                if (reply.status() != 200) {
                    refused.incrementAndGet();
                } else if (sent - begin >= 0 && now - end < 0) {
                    spans.add(now - sent);
                }
            }
        }
    }

    private static HttpRequest request(int client, double weight) {
        return MasterCalls.weight("bench-nobody-" + client, weight);
    }
}
