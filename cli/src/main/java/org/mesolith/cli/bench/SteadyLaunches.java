package org.mesolith.cli.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.scheduler.SchedulerClient;
import org.mesolith.cli.scheduler.SchedulerEvents;
import org.mesolith.cli.scheduler.Tasks;

/** One framework that launches a task at a time, in a role of its own, and measures each. */
final class SteadyLaunches implements SchedulerEvents, AutoCloseable {
    private static final JsonObject COMMAND = JsonObject.of("shell", false, "value", "/bin/true");
    private static final List<JsonObject> RESOURCES = List.of(Tasks.scalar("cpus", 0.01), Tasks.scalar("mem", 1));

    /** Offers that are held; what comes beyond them is declined for a while. */
    private static final int OFFERS_MAX = 50;

    private static final double REFUSE_SECONDS = 5;
    private static final Duration ONE_MAX = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<JsonObject> offers = new ArrayDeque<>();
    private final Map<String, Long> runningAt = new HashMap<>();
    private final SchedulerClient client;
    private final Latencies answered = new Latencies();
    private final Latencies running = new Latencies();
    private String trouble = "";

    SteadyLaunches(MasterList masters) {
        client = new SchedulerClient(
                masters, Tasks.framework("steady", System.getProperty("user.name", "root"), "steady", 600), this);
        client.start();
    }

    /** Until the master answered an ACCEPT. */
    Latencies answered() {
        return answered;
    }

    /** Until TASK_RUNNING came. */
    Latencies running() {
        return running;
    }

    /** Launches one after the other for so long. */
    void run(Duration span) {
        long until = System.nanoTime() + span.toNanos();
        for (int number = 1; System.nanoTime() - until < 0; number++) {
            one("steady-" + number);
        }
    }

    private void one(String id) {
        var offer = take();
        long began = System.nanoTime();
        var task = Tasks.task(id, id, offer.object("agent_id"), RESOURCES, COMMAND);
        var result = client.call(Tasks.accept(List.of(offer), List.of(task), 0));
        if (result != SchedulerClient.CallResult.ACCEPTED) {
            throw new Failure(ExitCode.FAILED, "an ACCEPT was " + result + ": " + client.lastRefusal());
        }
        answered.add(System.nanoTime() - began);
        running.add(await(id) - began);
    }

    private JsonObject take() {
        return await("an offer", offers::pollFirst);
    }

    private long await(String id) {
        return await("TASK_RUNNING of " + id, () -> runningAt.remove(id));
    }

    private <T> T await(String what, Supplier<@Nullable T> source) {
        var deadline = Deadline.after(ONE_MAX);
        lock.lock();
        try {
            T found = source.get();
            while (found == null) {
                if (!trouble.isEmpty() || deadline.hasPassed()) {
                    throw new Failure(
                            ExitCode.DEADLINE, what + " did not come within " + ONE_MAX.toSeconds() + " s" + trouble);
                }
                var _ = changed.await(100, TimeUnit.MILLISECONDS);
                found = source.get();
            }
            return found;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted", interrupted);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void subscribed(String frameworkId, HostPort leader) {
        // Offers follow.
    }

    @Override
    public void offers(List<JsonObject> fresh) {
        var surplus = new ArrayList<JsonObject>();
        lock.lock();
        try {
            for (var offer : fresh) {
                (offers.size() < OFFERS_MAX ? offers : surplus).add(offer);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!surplus.isEmpty()) {
            client.call(Tasks.decline(surplus, REFUSE_SECONDS));
        }
    }

    @Override
    public void rescinded(String offerId) {
        lock.lock();
        try {
            offers.removeIf(offer -> offer.text("id.value").equals(offerId));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void update(JsonObject status) {
        long now = System.nanoTime();
        client.acknowledge(status);
        lock.lock();
        try {
            if (status.text("state").equals("TASK_RUNNING")) {
                runningAt.put(status.text("task_id.value"), now);
            } else if (!status.text("state").equals("TASK_STARTING")) {
                trouble = ": a task is " + status.text("state") + ": " + status.text("message");
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void disconnected(String why) {
        stop(": the stream of events broke: " + why);
    }

    @Override
    public void ended(String message) {
        stop(": the master ended it: " + message);
    }

    private void stop(String why) {
        lock.lock();
        try {
            trouble = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        client.tearDown();
    }
}
