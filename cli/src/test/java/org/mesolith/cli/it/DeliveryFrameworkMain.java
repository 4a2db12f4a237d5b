package org.mesolith.cli.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.scheduler.SchedulerClient;
import org.mesolith.cli.scheduler.SchedulerEvents;
import org.mesolith.cli.scheduler.Tasks;

/**
 * The framework of trials: launches what the file {@code order} says, once; writes each update into {@code events}
 * before it acknowledges it; asks about a task that it launched until it has ended. It may be killed at any time and
 * started again: its memory is its directory. {@code holding} is not empty while it holds an offer of a whole agent.
 */
public final class DeliveryFrameworkMain implements SchedulerEvents {
    private static final long STEP_NANOS = 20_000_000;
    /** What the process ends with when a master ended the framework's stream for good. */
    private static final int ENDED = 3;

    private static final long ASK_NANOS = 1_000_000_000;

    private final Path directory;
    private final SchedulerClient client;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable JsonObject offer;
    private long askedAt = System.nanoTime();

    private DeliveryFrameworkMain(Path directory, String masters) throws IOException {
        this.directory = directory;
        var info = new LinkedHashMap<String, @Nullable Object>(
                Tasks.framework("trials", System.getProperty("user.name", "root"), "*", 600)
                        .fields());
        String id = read("id");
        if (!id.isEmpty()) {
            info.put("id", JsonObject.of("value", id));
        }
        this.client = new SchedulerClient(
                new MasterList(HostPort.parseList(masters), "the trial"), new JsonObject(info), this);
    }

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws IOException {
        var self = new DeliveryFrameworkMain(Path.of(arguments[0]), arguments[1]);
        self.hold(null);
        self.client.start();
        while (true) {
            LockSupport.parkNanos(STEP_NANOS);
            self.step();
        }
    }

    private void step() throws IOException {
        String text = read("order");
        if (text.isEmpty()) {
            return;
        }
        var order = Json.readObject(text.getBytes(StandardCharsets.UTF_8));
        Path trial = Path.of(order.text("trial"));
        String agent = read(trial.resolve("launched"));
        if (agent.isEmpty()) {
            launch(order, trial);
        } else if (client.isConnected() && System.nanoTime() - askedAt > ASK_NANOS) {
            askedAt = System.nanoTime();
            follow(order, trial, agent);
        }
    }

    private void launch(JsonObject order, Path trial) throws IOException {
        JsonObject taken;
        lock.lock();
        try {
            taken = offer;
            hold(null);
        } finally {
            lock.unlock();
        }
        if (taken != null) {
            // Written before it is tried: whoever comes after us does not try again.
            write(trial.resolve("launched"), taken.text("agent_id.value"));
            askedAt = System.nanoTime();
            var result = client.call(accept(order, taken));
            append("accepted " + order.text("task") + " " + result);
        }
    }

    private static JsonObject accept(JsonObject order, JsonObject offer) {
        var resources = List.of(Tasks.scalar("cpus", 0.1), Tasks.scalar("mem", 32));
        var command = JsonObject.of("value", order.text("command"));
        if (!order.has("executor")) {
            String id = order.text("task");
            return Tasks.accept(
                    List.of(offer), List.of(Tasks.task(id, id, offer.object("agent_id"), resources, command)), 0);
        }
        var info = JsonObject.of(
                "type",
                "CUSTOM",
                "executor_id",
                order.object("executor"),
                "command",
                command,
                "resources",
                List.of(Tasks.scalar("cpus", 0.2), Tasks.scalar("mem", 64)));
        var task = JsonObject.of(
                "name",
                order.text("task"),
                "task_id",
                JsonObject.of("value", order.text("task")),
                "agent_id",
                offer.object("agent_id"),
                "resources",
                resources,
                "executor",
                info);
        return Tasks.accept(List.of(offer), List.of(task), 0);
    }

    /** Asks until the end is known; then the executor is not needed any more, once the trial says so. */
    private void follow(JsonObject order, Path trial, String agent) throws IOException {
        var agentId = JsonObject.of("value", agent);
        if (!Files.exists(trial.resolve("ended"))) {
            client.call(JsonObject.of(
                    "type",
                    "RECONCILE",
                    "reconcile",
                    JsonObject.of(
                            "tasks",
                            List.of(JsonObject.of(
                                    "task_id", JsonObject.of("value", order.text("task")), "agent_id", agentId)))));
        } else if (order.has("executor") && Files.exists(trial.resolve("finish"))) {
            client.call(JsonObject.of(
                    "type",
                    "SHUTDOWN",
                    "shutdown",
                    JsonObject.of("executor_id", order.object("executor"), "agent_id", agentId)));
        }
    }

    @Override
    public void subscribed(String frameworkId, HostPort leader) {
        keep(() -> {
            write(directory.resolve("id"), frameworkId);
            append("subscribed " + leader);
        });
    }

    @Override
    public void offers(List<JsonObject> offers) {
        for (JsonObject each : offers) {
            if (Tasks.offered(each, "cpus") >= DeliverySite.CPUS && Tasks.offered(each, "mem") >= DeliverySite.MEM) {
                keep(() -> hold(each));
            } else {
                client.call(Tasks.decline(List.of(each), 0));
            }
        }
    }

    @Override
    public void rescinded(String offerId) {
        keep(() -> {
            if (offer != null && offer.text("id.value").equals(offerId)) {
                hold(null);
            }
        });
    }

    @Override
    public void update(JsonObject status) {
        String task = status.text("task_id.value");
        String state = status.text("state");
        String uuid = status.text("uuid");
        keep(() -> {
            append("update " + task + " " + state + " " + (uuid.isEmpty() ? "-" : uuid) + " " + status.text("reason"));
            if (DeliveryEvidence.isTerminal(state)) {
                var order = order();
                if (order.text("task").equals(task)) {
                    write(Path.of(order.text("trial")).resolve("ended"), state);
                }
            }
        });
        if (!uuid.isEmpty()) {
            Hold.reached(Hold.update(state) + " of " + task, DeliveryStep.FRAMEWORK_ACKNOWLEDGES.name());
        }
        client.acknowledge(status);
    }

    private JsonObject order() throws IOException {
        return Json.readObject(read("order").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void disconnected(String why) {
        keep(() -> {
            hold(null);
            append("disconnected " + why);
        });
    }

    @Override
    public void ended(String message) {
        keep(() -> append("ended " + message));
        Runtime.getRuntime().halt(ENDED);
    }

    private void hold(@Nullable JsonObject now) throws IOException {
        offer = now;
        write(directory.resolve("holding"), now == null ? "" : now.text("id.value"));
    }

    /** Something that may fail only because of the disk, alone. */
    private interface Keeping {
        void run() throws IOException;
    }

    private void keep(Keeping what) {
        lock.lock();
        try {
            what.run();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot keep what I was told", failed);
        } finally {
            lock.unlock();
        }
    }

    private void append(String line) throws IOException {
        Files.writeString(
                directory.resolve("events"),
                line + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.DSYNC);
    }

    private String read(String file) throws IOException {
        return read(directory.resolve(file));
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException none) {
            return "";
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
