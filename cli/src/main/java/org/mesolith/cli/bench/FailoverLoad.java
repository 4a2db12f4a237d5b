package org.mesolith.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.scheduler.SchedulerClient;
import org.mesolith.cli.scheduler.SchedulerEvents;
import org.mesolith.cli.scheduler.Tasks;

/**
 * Those who use a cluster while its leaders go: writers, one durable write after the other, and a framework that
 * launches short tasks at a steady rate. They go on over each change of the leader.
 */
final class FailoverLoad implements SchedulerEvents, AutoCloseable {
    private static final Duration WRITE_EVERY = Duration.ofMillis(20);
    private static final Duration LAUNCH_EVERY = Duration.ofMillis(100);
    private static final Duration END_MAX = Duration.ofSeconds(10);
    private static final JsonObject COMMAND = JsonObject.of("shell", false, "value", "/bin/true");
    private static final List<JsonObject> RESOURCES = List.of(Tasks.scalar("cpus", 0.01), Tasks.scalar("mem", 1));

    private final List<HostPort> masters;
    private final SchedulerClient framework;
    private final List<Thread> writers = new ArrayList<>();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final Map<String, Boolean> ended = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Only the thread of the framework's events uses these. */
    private long launchedAt;

    private long number;

    /** Begins with so many writers. */
    FailoverLoad(MasterList masters, int writers) {
        this.masters = masters.masters();
        this.framework = new SchedulerClient(
                masters, Tasks.framework("load", System.getProperty("user.name", "root"), "load", 600), this);
        framework.start();
        for (int writer = 0; writer < writers; writer++) {
            int which = writer;
            this.writers.add(Thread.ofPlatform()
                    .name("load-writer-" + writer)
                    .daemon(true)
                    .start(() -> write(which)));
        }
    }

    /** Writes that were accepted so far. */
    long writes() {
        return writes.get();
    }

    /** Tasks whose TASK_FINISHED came. */
    long finished() {
        return finished.get();
    }

    /** Gives up a stream that only looks alive. */
    void reconnect() {
        framework.reconnect();
    }

    private void write(int which) {
        HostPort leader = masters.get(which % masters.size());
        for (long turn = 0; !closed; turn++) {
            if (MasterCalls.isAccepted(leader, MasterCalls.weight("bench-load-" + which, turn % 2 == 0 ? 1 : 2))) {
                writes.incrementAndGet();
            } else {
                leader = masters.get((masters.indexOf(leader) + 1) % masters.size());
            }
            LockSupport.parkNanos(WRITE_EVERY.toNanos());
        }
    }

    @Override
    public void subscribed(String frameworkId, HostPort leader) {
        // Offers follow.
    }

    @Override
    public void offers(List<JsonObject> fresh) {
        for (JsonObject offer : fresh) {
            long now = System.nanoTime();
            if (now - launchedAt < LAUNCH_EVERY.toNanos()) {
                var _ = framework.call(Tasks.decline(List.of(offer), Failover.REFUSE_SECONDS));
                continue;
            }
            launchedAt = now;
            String id = "load-" + ++number;
            var task = Tasks.task(id, id, offer.object("agent_id"), RESOURCES, COMMAND);
            var _ = framework.call(Tasks.accept(List.of(offer), List.of(task), 0));
        }
    }

    @Override
    public void rescinded(String offerId) {
        // It was used or declined as soon as it came.
    }

    @Override
    public void update(JsonObject status) {
        var _ = framework.acknowledge(status);
        String id = status.text("task_id.value");
        if (status.text("state").equals("TASK_FINISHED") && ended.putIfAbsent(id, true) == null) {
            finished.incrementAndGet();
        }
    }

    @Override
    public void disconnected(String why) {
        // The client subscribes again by itself.
    }

    @Override
    public void ended(String message) {
        closed = true;
    }

    @Override
    public void close() {
        closed = true;
        for (Thread writer : writers) {
            try {
                writer.join(END_MAX);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        framework.tearDown();
    }
}
