package org.mesolith.cli.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.scheduler.SchedulerClient;
import org.mesolith.cli.scheduler.SchedulerClient.CallResult;
import org.mesolith.cli.scheduler.SchedulerEvents;
import org.mesolith.cli.scheduler.Tasks;

/**
 * A framework that always has some tasks: launches short ones as offers come, kills some, acknowledges every update,
 * and asks about every task of which it has not heard for a while. A task writes a line into a file of its own when it
 * starts: so one that was started twice is seen. Events come on the client's thread, {@link #step} on another one.
 */
final class TaskLoad implements LaunchingLoad, SchedulerEvents {
    private static final int LIVE_MAX = 10;
    private static final long LAUNCH_PAUSE_NANOS = 500_000_000L;
    private static final long ASK_AFTER_NANOS = 4_000_000_000L;
    /** Of so many updates one is asked about before it is acknowledged. */
    private static final int ASKS_AT_ONCE = 4;

    private static final long STEP_NANOS = 250_000_000;
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
    private final @Nullable Path marks;
    private final Chooser chooser;
    private final OldOffers oldOffers;
    private final SchedulerClient client;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Story> stories = new LinkedHashMap<>();
    private final AtomicInteger tasks = new AtomicInteger();
    private volatile boolean launches = true;
    private volatile boolean isTornDown;
    private volatile String leader = "";
    private long launchedNanos = System.nanoTime();

    /** One that launches small tasks that take some seconds. */
    TaskLoad(int number, Stage stage, @Nullable Path marks, long seed) {
        this(name(number), stage, marks, new TaskChooser(seed(number, seed)), FrameworkPast.NONE, seed(number, seed));
    }

    /** One that goes on where an earlier life of it ended, if it had one. */
    TaskLoad(String name, Stage stage, @Nullable Path marks, Chooser chooser, FrameworkPast past, long seed) {
        this.name = name;
        this.stage = stage;
        this.marks = marks;
        this.chooser = chooser;
        this.oldOffers = new OldOffers(seed);
        JsonObject info = Tasks.framework(name, System.getProperty("user.name", "root"), role(name), 3_600);
        this.client = new SchedulerClient(
                new MasterList(stage.announced(), "the run"),
                past.framework().isEmpty() ? info : info.with("id", JsonObject.of("value", past.framework())),
                this);
        tasks.set(past.launched());
        past.open().forEach((task, runs) -> {
            // It is asked about as soon as there is a stream: see subscribed.
            var story = new Story(false);
            story.runs = runs;
            stories.put(task, story);
        });
    }

    /** Of the framework with this number. */
    static String name(int number) {
        return "framework-" + number;
    }

    /** Of its dice. */
    static long seed(int number, long seed) {
        return seed + 13L * number;
    }

    /** In which a framework of this name is. */
    static String role(String name) {
        return "chaos-" + name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void begin() {
        client.start();
    }

    @Override
    public void leaderIs(String master) {
        if (!leader.isEmpty() && !leader.equals(master)) {
            client.reconnect();
        }
    }

    @Override
    public void settle() {
        launches = false;
    }

    @Override
    public List<String> living() {
        lock.lock();
        try {
            return List.copyOf(stories.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Ends the framework at the masters, too: on a cluster of somebody else nothing of it stays. */
    void tearDown() {
        isTornDown = true;
        client.tearDown();
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
                                    "address", offer.text("url.address.ip") + ":" + offer.text("url.address.port"),
                                    "has", Scalars.text(offer.objects("resources"))));
            stage.signs().seen(Signs.Sign.OFFER, System.nanoTime());
            JsonObject old = oldOffers.instead(offer);
            if (old != null && mayLaunch()) {
                launch(old);
            }
            if (!oldOffers.keeps(offer) && !(mayLaunch() && launch(offer))) {
                client.call(Tasks.decline(List.of(offer), 0.5));
            }
        }
    }

    private boolean mayLaunch() {
        long now = System.nanoTime();
        lock.lock();
        try {
            return launches && stories.size() < LIVE_MAX && now - launchedNanos > LAUNCH_PAUSE_NANOS;
        } finally {
            lock.unlock();
        }
    }

    /** False if the offer was not used. */
    private boolean launch(JsonObject offer) {
        String task = name + "-task-" + (tasks.get() + 1);
        Chooser.Choice choice = chooser.choose(offer, task);
        if (choice == null) {
            return false;
        }
        tasks.incrementAndGet();
        var story = new Story(choice.toBeKilled());
        lock.lock();
        try {
            launchedNanos = story.launchedNanos;
            stories.put(task, story);
        } finally {
            lock.unlock();
        }
        var facts = new TreeMap<>(choice.facts());
        facts.put("tasks", task);
        facts.put("offer", offer.text("id.value"));
        facts.put("agent", offer.text("agent_id.value"));
        long number = stage.history().invoke(name, "launch", facts);
        CallResult result =
                client.call(Chooser.accept(offer, task, choice, marks == null ? null : marks.resolve(task)));
        ended(number, "launch", result);
        if (result == CallResult.NOT_CONNECTED || result == CallResult.REFUSED) {
            forget(task);
            chooser.ended(task, "");
        }
        return true;
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
                if (FrameworkNotes.isEnd(state, story.runs)) {
                    stories.remove(task);
                    chooser.ended(task, state);
                }
            }
        } finally {
            lock.unlock();
        }
        if (!status.text("uuid").isEmpty() && Math.floorMod(status.text("uuid").hashCode(), ASKS_AT_ONCE) == 0) {
            // What was told is already so: nobody may hear of less than that.
            call("reconcile", task, Tasks.reconcile(task));
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
        if (isTornDown) {
            return; // As it asked for: the masters say so if that comes before its stream is closed.
        }
        stage.history().seen(name, "trouble", Map.of("what", name + " was ended by the master: " + message));
    }
}
