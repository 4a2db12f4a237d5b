package org.mesolith.cli.demo;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.scheduler.SchedulerClient;
import org.mesolith.cli.scheduler.SchedulerClient.CallResult;
import org.mesolith.cli.scheduler.SchedulerEvents;
import org.mesolith.cli.scheduler.TaskEnd;
import org.mesolith.cli.scheduler.Tasks;

/**
 * The framework of the demo: launches what it is given as offers come, writes down every update, acknowledges it, and
 * after a change of the leader asks about every task whose launch was not answered. All methods may be called by any
 * thread.
 */
final class DemoFramework implements SchedulerEvents {

    private static final int TASKS_PER_OFFER_MAX = 16;
    private static final long ASK_AFTER_NANOS = 5_000_000_000L;

    /** What is known of one task. */
    private static final class Story {
        private final DemoTask task;
        private final List<JsonObject> updates = new ArrayList<>();
        private final long sinceNanos = System.nanoTime();
        private boolean answered;

        Story(DemoTask task) {
            this.task = task;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Path marks;
    private final SchedulerClient client;
    private final Deque<DemoTask> waiting = new ArrayDeque<>();
    private final Map<String, Story> stories = new LinkedHashMap<>();
    private final Map<String, JsonObject> offers = new LinkedHashMap<>();
    private final List<Long> launchesAtNanos = new ArrayList<>();
    private int subscriptions;
    private int perOffer = TASKS_PER_OFFER_MAX;
    private String trouble = "";

    DemoFramework(MasterList masters, String user, Path marks) {
        this.marks = marks;
        this.client = new SchedulerClient(masters, Tasks.framework("demo", user, "demo", 300), this);
    }

    void start() {
        client.start();
    }

    /** Queues tasks, {@code perOffer} of them for each offer. */
    void submit(List<DemoTask> tasks, int tasksPerOffer) {
        lock.lock();
        try {
            waiting.addAll(tasks);
            perOffer = tasksPerOffer;
            pump();
        } finally {
            lock.unlock();
        }
    }

    void kill(String taskId) {
        client.call(Tasks.kill(taskId));
    }

    CallResult tearDown() {
        return client.tearDown();
    }

    String frameworkId() {
        return client.frameworkId();
    }

    /** Every state that was received of a task, in order. */
    List<String> statesOf(String taskId) {
        lock.lock();
        try {
            Story story = stories.get(taskId);
            return story == null
                    ? List.of()
                    : story.updates.stream().map(update -> update.text("state")).toList();
        } finally {
            lock.unlock();
        }
    }

    /** The last state of a task, or the empty text. */
    String stateOf(String taskId) {
        List<String> states = statesOf(taskId);
        return states.isEmpty() ? "" : states.getLast();
    }

    /** Times of the launches that a leader accepted. */
    List<Long> launchesAtNanos() {
        lock.lock();
        try {
            return List.copyOf(launchesAtNanos);
        } finally {
            lock.unlock();
        }
    }

    int waitingTasks() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    int subscriptions() {
        lock.lock();
        try {
            return subscriptions;
        } finally {
            lock.unlock();
        }
    }

    /** What went wrong for good; empty if nothing. */
    String trouble() {
        lock.lock();
        try {
            return trouble;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void subscribed(String frameworkId, HostPort leader) {
        lock.lock();
        try {
            subscriptions++;
            offers.clear();
            askAboutUnanswered(0);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void offers(List<JsonObject> more) {
        lock.lock();
        try {
            more.forEach(offer -> offers.put(offer.text("id.value"), offer));
            askAboutUnanswered(ASK_AFTER_NANOS);
            pump();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void rescinded(String offerId) {
        lock.lock();
        try {
            offers.remove(offerId);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void update(JsonObject status) {
        lock.lock();
        try {
            String id = status.text("task_id.value");
            Story story = stories.get(id);
            if (story != null && isUnknownToTheMaster(status)) {
                if (!story.answered && story.updates.isEmpty()) {
                    // The launch got lost with the old leader: once more, under the same id, so that it can never run
                    // twice.
                    stories.remove(id);
                    waiting.addFirst(story.task);
                    pump();
                }
            } else if (story != null) {
                story.updates.add(status);
            }
        } finally {
            lock.unlock();
        }
        client.acknowledge(status);
    }

    @Override
    public void disconnected(String why) {
        lock.lock();
        try {
            offers.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended(String message) {
        lock.lock();
        try {
            trouble = "the master ended the framework: " + message;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isUnknownToTheMaster(JsonObject status) {
        String state = status.text("state");
        return (state.equals("TASK_UNKNOWN") || state.equals("TASK_LOST") || state.equals("TASK_DROPPED"))
                && !status.has("uuid");
    }

    /** Launches what waits on what is offered, smallest heap of tasks on each offer so that every agent gets some. */
    private void pump() {
        while (!waiting.isEmpty() && !offers.isEmpty()) {
            JsonObject offer = offers.remove(offers.keySet().iterator().next());
            if (offer == null) {
                return;
            }
            int fits = (int)
                    Math.min(Tasks.offered(offer, "cpus") / DemoTask.CPUS, Tasks.offered(offer, "mem") / DemoTask.MEM);
            int share = Math.min(perOffer, Math.ceilDiv(waiting.size(), offers.size() + 1));
            launch(offer, Math.min(fits, share));
        }
    }

    private void launch(JsonObject offer, int count) {
        var batch = new ArrayList<DemoTask>();
        var infos = new ArrayList<JsonObject>();
        while (batch.size() < count && !waiting.isEmpty()) {
            DemoTask task = waiting.removeFirst();
            batch.add(task);
            infos.add(task.info(offer.object("agent_id"), marks));
            stories.put(task.id(), new Story(task));
        }
        if (batch.isEmpty()) {
            client.call(Tasks.decline(List.of(offer), 1));
            return;
        }
        CallResult result = client.call(Tasks.accept(List.of(offer), infos, 0));
        switch (result) {
            case ACCEPTED -> {
                launchesAtNanos.add(System.nanoTime());
                batch.forEach(task -> answered(task.id()));
            }
            case NOT_CONNECTED -> {
                batch.forEach(task -> stories.remove(task.id()));
                batch.reversed().forEach(waiting::addFirst);
            }
            case REFUSED -> trouble = "a launch was refused: " + client.lastRefusal();
            case UNKNOWN -> {
                // Asked about after the next SUBSCRIBED, or some time after, if the leader stays.
            }
        }
    }

    private void askAboutUnanswered(long afterNanos) {
        long now = System.nanoTime();
        stories.values().stream()
                .filter(story -> !story.answered && story.updates.isEmpty() && now - story.sinceNanos >= afterNanos)
                .forEach(story -> client.call(Tasks.reconcile(story.task.id())));
    }

    private void answered(String taskId) {
        Story story = stories.get(taskId);
        if (story != null) {
            story.answered = true;
        }
    }

    /** True if the last state of the task is terminal. */
    boolean isOver(String taskId) {
        return TaskEnd.isTerminal(stateOf(taskId));
    }
}
