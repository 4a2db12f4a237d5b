package org.mesolith.cli.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.scheduler.SchedulerClient;
import org.mesolith.cli.scheduler.SchedulerClient.CallResult;
import org.mesolith.cli.scheduler.SchedulerEvents;
import org.mesolith.cli.scheduler.TaskEnd;
import org.mesolith.cli.scheduler.Tasks;

/**
 * A framework that always has some tasks: launches short ones as offers come, kills some, acknowledges every update,
 * and asks about every task of which it has not heard for a while. A task writes a line into a file of its own when it
 * starts: so one that was started twice is seen. Events come on the client's thread, {@link #step} on another one.
 */
final class TaskLoad implements Load, SchedulerEvents {
    private static final int LIVE_MAX = 10;
    private static final long LAUNCH_PAUSE_NANOS = 500_000_000L;
    private static final long ASK_AFTER_NANOS = 4_000_000_000L;
    private static final long STEP_NANOS = 250_000_000;
    private static final double CPUS = 0.1;
    private static final double MEM = 16;

    /** What is known of one task that has not ended. */
    private static final class Story {
        private final long launchedNanos = System.nanoTime();
        private final boolean toBeKilled;
        private long heardNanos = launchedNanos;
        private boolean runs;

        Story(boolean toBeKilled) {
            this.toBeKilled = toBeKilled;
        }
    }

    private final String name;
    private final Stage stage;
    private final Path marks;
    private final Random dice;
    private final SchedulerClient client;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Story> stories = new LinkedHashMap<>();
    private final AtomicInteger tasks = new AtomicInteger();
    private volatile boolean launches = true;
    private volatile String leader = "";
    private long launchedNanos = System.nanoTime();

    TaskLoad(int number, Stage stage, Path marks, long seed) {
        this.name = "framework-" + number;
        this.stage = stage;
        this.marks = marks;
        this.dice = new Random(seed + 13L * number);
        this.client = new SchedulerClient(
                new MasterList(stage.masters(), "the run"),
                Tasks.framework(name, System.getProperty("user.name", "root"), "chaos-" + name, 3_600),
                this);
    }

    @Override
    public String name() {
        return name;
    }

    /** Opens the stream. */
    void begin() {
        client.start();
    }

    /** Another master leads: a stream to one that hangs is given up. */
    void leaderIs(String master) {
        if (!leader.isEmpty() && !leader.equals(master)) {
            client.reconnect();
        }
    }

    /** Launches nothing more; what lives is killed. */
    void settle() {
        launches = false;
    }

    /** Tasks of which no end was told, with what is known of them. */
    List<String> living() {
        lock.lock();
        try {
            return List.copyOf(stories.keySet());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end() {
        client.close();
    }

    @Override
    public void step() {
        LockSupport.parkNanos(STEP_NANOS);
        var toKill = new ArrayList<String>();
        var toAsk = new ArrayList<String>();
        long now = System.nanoTime();
        lock.lock();
        try {
            stories.forEach((task, story) -> {
                boolean silent = now - story.heardNanos > ASK_AFTER_NANOS;
                if ((story.toBeKilled && story.runs) || (!launches && (story.runs || silent))) {
                    toKill.add(task);
                }
                if (silent) {
                    story.heardNanos = now;
                    toAsk.add(task);
                }
            });
        } finally {
            lock.unlock();
        }
        toKill.forEach(task -> call("kill", task, Tasks.kill(task)));
        toAsk.forEach(task -> call("reconcile", task, Tasks.reconcile(task)));
    }

    private CallResult call(String operation, String task, JsonObject call) {
        long number = stage.history().invoke(name, operation, Map.of("tasks", task));
        CallResult result = client.call(call);
        ended(number, operation, result);
        return result;
    }

    private void ended(long number, String operation, CallResult result) {
        Kind kind = switch (result) {
            case ACCEPTED -> Kind.OK;
            case REFUSED, NOT_CONNECTED -> Kind.FAIL;
            case UNKNOWN -> Kind.UNKNOWN;
        };
        stage.history()
                .end(
                        kind,
                        name,
                        number,
                        operation,
                        kind == Kind.OK ? Map.of() : Map.of("why", result + " " + client.lastRefusal()));
    }

    // ---- events

    @Override
    public void subscribed(String frameworkId, HostPort at) {
        leader = stage.door().name(at);
        stage.history().seen(name, "subscribed", Map.of("framework", frameworkId, "at", leader));
        lock.lock();
        try {
            // All that may have been lost with the stream is asked about at once.
            stories.values().forEach(story -> story.heardNanos -= ASK_AFTER_NANOS);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void offers(List<JsonObject> offers) {
        for (JsonObject offer : offers) {
            stage.history()
                    .seen(
                            name,
                            "offer",
                            Map.of(
                                    "offer", offer.text("id.value"),
                                    "agent", offer.text("agent_id.value"),
                                    "address", offer.text("url.address.ip") + ":" + offer.text("url.address.port")));
            stage.signs().seen(Signs.Sign.OFFER, System.nanoTime());
            if (mayLaunch(offer)) {
                launch(offer);
            } else {
                client.call(Tasks.decline(List.of(offer), 0.5));
            }
        }
    }

    private boolean mayLaunch(JsonObject offer) {
        long now = System.nanoTime();
        lock.lock();
        try {
            return launches
                    && stories.size() < LIVE_MAX
                    && now - launchedNanos > LAUNCH_PAUSE_NANOS
                    && Tasks.offered(offer, "cpus") >= CPUS
                    && Tasks.offered(offer, "mem") >= MEM;
        } finally {
            lock.unlock();
        }
    }

    private void launch(JsonObject offer) {
        String task = name + "-task-" + tasks.incrementAndGet();
        boolean isLong = dice.nextInt(4) == 0;
        var story = new Story(isLong && dice.nextBoolean());
        lock.lock();
        try {
            launchedNanos = story.launchedNanos;
            stories.put(task, story);
        } finally {
            lock.unlock();
        }
        String sleep = isLong ? Integer.toString(5 + dice.nextInt(10)) : "0." + (1 + dice.nextInt(9));
        var info = Tasks.task(
                task,
                task,
                offer.object("agent_id"),
                List.of(Tasks.scalar("cpus", CPUS), Tasks.scalar("mem", MEM)),
                JsonObject.of("shell", true, "value", "echo $$ >> '" + marks.resolve(task) + "'; exec sleep " + sleep));
        long number = stage.history()
                .invoke(
                        name,
                        "launch",
                        Map.of(
                                "tasks", task,
                                "offer", offer.text("id.value"),
                                "agent", offer.text("agent_id.value")));
        CallResult result = client.call(Tasks.accept(List.of(offer), List.of(info), 0));
        ended(number, "launch", result);
        if (result == CallResult.NOT_CONNECTED || result == CallResult.REFUSED) {
            forget(task);
        }
    }

    private void forget(String task) {
        lock.lock();
        try {
            stories.remove(task);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void rescinded(String offerId) {
        stage.history().seen(name, "rescinded", Map.of("offer", offerId));
    }

    @Override
    public void update(JsonObject status) {
        String task = status.text("task_id.value");
        String state = status.text("state");
        stage.history()
                .seen(
                        name,
                        "update",
                        Map.of(
                                "task", task,
                                "state", state,
                                "uuid", status.text("uuid"),
                                "source", status.text("source"),
                                "reason", status.text("reason")));
        lock.lock();
        try {
            Story story = stories.get(task);
            if (story != null) {
                story.heardNanos = System.nanoTime();
                if (state.equals("TASK_RUNNING")) {
                    story.runs = true;
                    stage.signs().seen(Signs.Sign.TASK, story.launchedNanos);
                }
                // One that a master does not know was never written down: nobody will ever run it.
                if (TaskEnd.isTerminal(state) || (state.equals("TASK_UNKNOWN") && !story.runs)) {
                    stories.remove(task);
                }
            }
        } finally {
            lock.unlock();
        }
        client.acknowledge(status);
    }

    @Override
    public void disconnected(String why) {
        leader = "";
        stage.history().seen(name, "disconnected", Map.of("why", why));
    }

    @Override
    public void ended(String message) {
        stage.history().seen(name, "trouble", Map.of("what", name + " was ended by the master: " + message));
    }
}
