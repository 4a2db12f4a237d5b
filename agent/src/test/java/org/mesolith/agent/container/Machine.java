package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.agent.core.TaskExit;
import org.mesolith.agent.core.TaskSpec;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.Uuid;

/** Containers in a directory of their own, with the events they told. */
final class Machine implements AutoCloseable {
    static final AgentId AGENT = new AgentId("agent-1");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Path dir;
    final LinkedBlockingQueue<AgentEvent> events = new LinkedBlockingQueue<>();
    final Containers containers;

    Machine(Path dir) throws Exception {
        this(dir, 1 << 20);
    }

    Machine(Path dir, long stdioBytesMax) throws Exception {
        this.dir = dir;
        this.containers = Containers.open(settings(dir, stdioBytesMax), events::add);
    }

    static ContainerSettings settings(Path dir, long stdioBytesMax) {
        return new ContainerSettings(
                dir,
                dir.resolve("run"),
                "mesolith-test",
                true,
                stdioBytesMax,
                Duration.ofDays(7),
                new ContainerSettings.Doors("127.0.0.1:5051", null, Duration.ofMinutes(15), null),
                Map.of("FROM_AGENT", "yes"));
    }

    /** One task of the machine. */
    record Job(RunId run, Uuid container) {
        static Job fresh(String name) {
            var random = UUID.randomUUID();
            return new Job(
                    new RunId(new TaskKey(new FrameworkId("fw"), new TaskId(name)), new Position(1, 0)),
                    new Uuid(random.getMostSignificantBits(), random.getLeastSignificantBits()));
        }
    }

    static TaskSpec shell(String line) {
        return spec(new TaskSpec.Command(true, line, List.of(), List.of()), "");
    }

    static TaskSpec spec(TaskSpec.Command command, String user) {
        return new TaskSpec("", command, user, Duration.ofSeconds(3), null, List.of(), false);
    }

    Job spawn(TaskSpec spec) {
        var job = Job.fresh("t" + System.nanoTime());
        spawn(job, spec);
        return job;
    }

    void spawn(Job job, TaskSpec spec) {
        containers.spawn(new AgentEffect.Spawn(job.run(), job.container(), AGENT, spec));
    }

    <T extends AgentEvent> T await(Class<T> kind) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var event = events.poll(100, TimeUnit.MILLISECONDS);
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
        throw new AssertionError("no " + kind.getSimpleName() + " came in " + PATIENCE);
    }

    TaskExit awaitExit() throws InterruptedException {
        return await(AgentEvent.Exited.class).exit();
    }

    void cleanUp(Job job) throws InterruptedException {
        containers.cleanUp(new AgentEffect.CleanUp(job.run(), job.container()));
        await(AgentEvent.CleanedUp.class);
    }

    Path file(Job job, String name) {
        return containers.sandboxes().of(AGENT, job.run(), job.container()).resolve(name);
    }

    String text(Job job, String name) throws IOException {
        return Files.readString(file(job, name));
    }

    /** What a task under a built-in executor wrote. */
    String text(Job job, RunRecord.Under pod, String name) throws IOException {
        return Files.readString(containers
                .sandboxes()
                .of(AGENT, pod.executor(), pod.container())
                .resolve("containers/" + job.container())
                .resolve(name));
    }

    /** Waits until the condition holds. */
    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in " + PATIENCE + ": " + what);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** The number that a task wrote into a file of its sandbox. */
    long pid(Job job, String name) throws Exception {
        until(
                name + " is written",
                () -> Files.exists(file(job, name)) && !quietly(job, name).isBlank());
        return Long.parseLong(text(job, name).strip());
    }

    private String quietly(Job job, String name) {
        try {
            return text(job, name);
        } catch (IOException notYet) {
            return "";
        }
    }

    static boolean lives(long pid) {
        var row = ProcessTable.find(pid);
        return row != null && !row.isOver();
    }

    @Override
    public void close() {
        containers.close();
    }
}
