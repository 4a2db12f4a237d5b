package org.mesolith.cli.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.scheduler.SchedulerClient;
import org.mesolith.cli.scheduler.SchedulerEvents;
import org.mesolith.cli.scheduler.Tasks;

/** A framework that launches tasks as fast as it gets offers, with a bound on those that do not run yet. */
final class LaunchFramework implements SchedulerEvents, AutoCloseable {
    /** Tasks of one ACCEPT. */
    private static final int BATCH = 50;

    /** Connections over which updates are acknowledged. */
    private static final int ACKNOWLEDGERS = 8;

    private static final JsonObject COMMAND = JsonObject.of("shell", false, "value", "/bin/true");
    private static final List<JsonObject> RESOURCES = List.of(Tasks.scalar("cpus", 0.01), Tasks.scalar("mem", 1));

    private final String name;
    private final int outstandingMax;
    private final String counted;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition done = lock.newCondition();
    private final Deque<JsonObject> offers = new ArrayDeque<>();
    private final Set<String> agents = new HashSet<>();
    private final Map<String, Long> acceptedAt = new HashMap<>();
    private final Set<String> reconciled = new HashSet<>();
    private final BlockingQueue<JsonObject> updates = new LinkedBlockingQueue<>();
    private volatile boolean closed;
    private final SchedulerClient client;
    private Latencies spans = new Latencies();
    private int left;
    private long number;
    private String trouble = "";

    /** @param processes whether a task counts until it has finished, not until it runs */
    LaunchFramework(MasterList masters, String name, int outstandingMax, boolean processes) {
        this.name = name;
        this.outstandingMax = outstandingMax;
        this.counted = processes ? "TASK_FINISHED" : "TASK_RUNNING";
        this.client = new SchedulerClient(
                masters, Tasks.framework(name, System.getProperty("user.name", "root"), "*", 600), this);
    }

    void start() {
        client.start();
        for (int thread = 0; thread < ACKNOWLEDGERS; thread++) {
            Thread.ofPlatform().name(name + "-acknowledges").daemon(true).start(this::acknowledge);
        }
        Thread.ofPlatform().name(name + "-accepts").daemon(true).start(this::accept);
    }

    /** Agents of which there was an offer. */
    int agents() {
        lock.lock();
        try {
            return agents.size();
        } finally {
            lock.unlock();
        }
    }

    /** So many more tasks; spans are counted anew. */
    void launch(int tasks) {
        lock.lock();
        try {
            spans = new Latencies();
            left = tasks;
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all run; false at the deadline. */
    boolean await(Deadline deadline) {
        lock.lock();
        try {
            while (left > 0 || !acceptedAt.isEmpty()) {
                if (!trouble.isEmpty()) {
                    throw new Failure(ExitCode.FAILED, name + ": " + trouble);
                }
                if (deadline.hasPassed()) {
                    return false;
                }
                done.await(100, TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted", interrupted);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks for the states of its tasks, after they all run.
     *
     * @param named whether each is named; else the master tells all it knows
     * @return nanoseconds until the last answer; negative at the deadline
     */
    long reconcile(boolean named, Deadline deadline) {
        lock.lock();
        try {
            reconciled.clear();
        } finally {
            lock.unlock();
        }
        long began = System.nanoTime();
        var asked = new ArrayList<String>();
        for (long task = 1; named && task <= number; task++) {
            asked.add(id(task));
        }
        if (client.call(Tasks.reconcile(asked)) != SchedulerClient.CallResult.ACCEPTED) {
            throw new Failure(ExitCode.FAILED, "a RECONCILE was refused: " + client.lastRefusal());
        }
        while (!deadline.hasPassed()) {
            lock.lock();
            try {
                if (reconciled.size() == number) {
                    return System.nanoTime() - began;
                }
                if (!trouble.isEmpty()) {
                    throw new Failure(ExitCode.FAILED, name + ": " + trouble);
                }
                var _ = done.await(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new Failure(ExitCode.FAILED, "interrupted", interrupted);
            } finally {
                lock.unlock();
            }
        }
        return -1;
    }

    private String id(long task) {
        return name + "-" + task;
    }

    Latencies spans() {
        return spans;
    }

    String state() {
        lock.lock();
        try {
            return name + " has " + left + " tasks to launch, " + acceptedAt.size() + " that do not run, "
                    + offers.size() + " offers, " + reconciled.size() + " states told, last refusal: "
                    + client.lastRefusal();
        } finally {
            lock.unlock();
        }
    }

    /** A thread: launches what offers and the bound allow. */
    private void accept() {
        try {
            while (!closed) {
                JsonObject offer;
                var tasks = new ArrayList<JsonObject>();
                lock.lock();
                try {
                    while (offers.isEmpty() || left == 0 || acceptedAt.size() >= outstandingMax) {
                        done.await();
                    }
                    offer = offers.removeFirst();
                    int count = Math.min(Math.min(BATCH, left), outstandingMax - acceptedAt.size());
                    long now = System.nanoTime();
                    for (int task = 0; task < count; task++) {
                        var id = id(++number);
                        acceptedAt.put(id, now);
                        tasks.add(Tasks.task(id, id, offer.object("agent_id"), RESOURCES, COMMAND));
                    }
                    left -= count;
                } finally {
                    lock.unlock();
                }
                var result = client.call(Tasks.accept(List.of(offer), tasks, 0));
                if (result != SchedulerClient.CallResult.ACCEPTED) {
                    fail("an ACCEPT was " + result + ": " + client.lastRefusal());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A thread: acknowledges updates, and counts a task when that is taken. */
    private void acknowledge() {
        var caller = client.newCaller();
        try {
            while (!closed) {
                var status = updates.take();
                var result = caller.call(Tasks.acknowledge(status));
                if (result != SchedulerClient.CallResult.ACCEPTED) {
                    fail("an ACKNOWLEDGE was " + result + ": " + client.lastRefusal());
                } else if (status.text("state").equals(counted)) {
                    count(status.text("task_id.value"));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(String task) {
        lock.lock();
        try {
            var since = acceptedAt.remove(task);
            if (since != null) {
                spans.add(System.nanoTime() - since);
                done.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void fail(String why) {
        lock.lock();
        try {
            trouble = why;
            done.signalAll();
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
        lock.lock();
        try {
            for (var offer : fresh) {
                agents.add(offer.text("agent_id.value"));
                offers.addLast(offer);
            }
            done.signalAll();
        } finally {
            lock.unlock();
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
        var state = status.text("state");
        if (status.text("reason").equals("REASON_RECONCILIATION")) {
            lock.lock();
            try {
                reconciled.add(status.text("task_id.value"));
                if (reconciled.size() == number) {
                    done.signalAll();
                }
            } finally {
                lock.unlock();
            }
            return;
        }
        if (!status.has("uuid")
                || !(state.equals("TASK_STARTING") || state.equals("TASK_RUNNING") || state.equals("TASK_FINISHED"))) {
            fail("a task is " + state + ": " + status.text("message"));
            return;
        }
        updates.add(status);
    }

    @Override
    public void disconnected(String why) {
        fail("the stream of events broke: " + why);
    }

    @Override
    public void ended(String message) {
        fail("the master ended it: " + message);
    }

    @Override
    public void close() {
        closed = true;
        client.tearDown();
    }
}
