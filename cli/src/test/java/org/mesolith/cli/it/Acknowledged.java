package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/**
 * Writes to a cluster all the time, one write after the other, and keeps what was acknowledged: weights that only grow,
 * so that whatever is read must be at least as new. A thread of its own until it is closed.
 */
final class Acknowledged implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int ROLES = 50;

    /** Between two writes of one who leaves the machine to others. */
    private static final long PAUSE_NANOS = 10_000_000;

    private final ClusterProcess cluster;
    private final Map<String, Long> newest = new ConcurrentSkipListMap<>();
    private final AtomicLong count = new AtomicLong();
    private final Thread writer;
    private final long pauseNanos;
    private volatile boolean ends;

    Acknowledged(ClusterProcess cluster) {
        this(cluster, 0);
    }

    /** One that writes a hundred times a second at most: load enough to see what is lost. */
    static Acknowledged gently(ClusterProcess cluster) {
        return new Acknowledged(cluster, PAUSE_NANOS);
    }

    private Acknowledged(ClusterProcess cluster, long pauseNanos) {
        this.cluster = cluster;
        this.pauseNanos = pauseNanos;
        this.writer = Thread.ofPlatform().name("writer").start(this::writeOn);
    }

    private void writeOn() {
        for (long number = 1; !ends; number++) {
            var role = "role-" + number % ROLES;
            for (Member master : cluster.masters()) {
                if (master.isAlive() && write(master, role, number)) {
                    newest.put(role, number);
                    count.incrementAndGet();
                    break;
                }
            }
            LockSupport.parkNanos(pauseNanos);
        }
    }

    private static boolean write(Member master, String role, long weight) {
        var call = JsonObject.of(
                "type",
                "UPDATE_WEIGHTS",
                "update_weights",
                JsonObject.of("weight_infos", List.of(JsonObject.of("role", role, "weight", weight))));
        return Probe.ask(master.address(), "/api/v1", new String(Json.bytes(call), StandardCharsets.UTF_8), SOON)
                .isOk();
    }

    /** Waits until so many more writes were acknowledged. */
    void awaitMore(int more) {
        long wanted = count.get() + more;
        Waiting.until(more + " more writes", LONG, () -> {
            long left = wanted - count.get();
            return left <= 0 ? "" : left + " are missing";
        });
    }

    /** Reads what this master has, linearizably, and compares it with what was acknowledged before. */
    void assertNothingIsLost(Member master) {
        var before = new TreeMap<>(newest);
        var found = new TreeMap<String, Long>();
        Waiting.until("an answer of " + master.name(), LONG, () -> {
            var answer =
                    Probe.ask(master.address(), "/api/v1?consistency=linearizable", "{\"type\":\"GET_WEIGHTS\"}", SOON);
            if (!answer.isOk()) {
                return answer.status() + " " + answer.body();
            }
            found.putAll(weights(answer.body()));
            return "";
        });
        assertThat(found.keySet()).containsAll(before.keySet());
        assertThat(before)
                .allSatisfy((role, weight) -> assertThat(found.get(role))
                        .as(role + " of " + master.name())
                        .isGreaterThanOrEqualTo(weight));
    }

    private static Map<String, Long> weights(String body) {
        try {
            var found = new TreeMap<String, Long>();
            Json.readObject(body.getBytes(StandardCharsets.UTF_8))
                    .objects("get_weights.weight_infos")
                    .forEach(info -> found.put(info.text("role"), (long) info.number("weight", 0)));
            return found;
        } catch (IOException unreadable) {
            throw new IllegalStateException(body, unreadable);
        }
    }

    @Override
    public void close() {
        ends = true;
        try {
            writer.join(LONG.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
