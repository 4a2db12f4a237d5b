package org.mesolith.cli.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.process.Waiting;

/** Clients that ask for the state of the cluster again and again, each at its own time. */
final class StateReaders implements AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final byte[] CALL = "{\"type\":\"GET_STATE\"}".getBytes(StandardCharsets.UTF_8);

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger served = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Latencies spans;
    private volatile boolean closed;
    private volatile String trouble = "";

    /**
     * Starts them, spread over the time between two reads of one.
     *
     * @param spans where the time of each read goes
     */
    StateReaders(HostPort leader, int count, Duration every, Latencies spans) {
        this.spans = spans;
        for (int reader = 0; reader < count; reader++) {
            long first = System.nanoTime() + every.toNanos() * reader / count;
            threads.add(Thread.ofVirtual().start(() -> read(leader, first, every)));
        }
    }

    /** Waits until as many reads were answered as there are readers. */
    void awaitAll(Duration max) {
        Waiting.until("a first answer for each reader", max, () -> {
            var ended = trouble;
            int now = served.get();
            return now >= threads.size() ? "" : now + " were answered" + (ended.isEmpty() ? "" : "; " + ended);
        });
    }

    private void read(HostPort leader, long first, Duration every) {
        for (long next = first; !closed; next += every.toNanos()) {
            while (!closed && next - System.nanoTime() > 0) {
                LockSupport.parkNanos(this, next - System.nanoTime());
            }
            if (closed) {
                return;
            }
            long began = System.nanoTime();
            try {
                read(leader, "application/json");
            } catch (IOException failed) {
                trouble = "a read failed: " + failed.getMessage();
                continue;
            }
            long took = System.nanoTime() - began;
            served.incrementAndGet();
            lock.lock();
            try {
                spans.add(took);
            } finally {
                lock.unlock();
            }
        }
    }

    /** One read over a connection of its own; the bytes of the reply. */
    static long read(HostPort leader, String type) throws IOException {
        try (var connection = HttpConnection.open(leader, Deadline.after(ANSWER_MAX))) {
            HttpReply reply = connection.exchange(
                    new HttpRequest(
                            "POST", "/api/v1", List.of("Content-Type: application/json", "Accept: " + type), CALL),
                    Deadline.after(ANSWER_MAX));
            if (reply.status() != 200) {
                throw new IOException("GET_STATE was answered with " + reply.status());
            }
            return reply.body().transferTo(OutputStream.nullOutputStream());
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(LockSupport::unpark);
        for (var thread : threads) {
            try {
                thread.join(ANSWER_MAX);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
