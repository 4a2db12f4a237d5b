package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.TaskExit;
import org.mesolith.model.Uuid;

/**
 * Looks at the marks of supervisors and tells what changed, on one thread: a file that appears is seen at once; a
 * supervisor that ended without a word, or a notice that was lost, within a second. Where the kernel gives no notices
 * (each user may have a limited number of inotify instances) it looks ten times a second instead.
 */
final class Watch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watch.class.getName());

    private static final String NUDGE = ".look";

    /** What is known of a container; touched by the watching thread only, but for its birth. */
    private static final class Watched {
        final RunId run;
        final Uuid container;
        final Path sandbox;
        final long startByNanos;

        @Nullable
        ProcessMark supervisor;

        Watched(RunId run, Uuid container, Path sandbox) {
            this.run = run;
            this.container = container;
            this.sandbox = sandbox;
            this.startByNanos = System.nanoTime() + ContainerSettings.START_MAX.toNanos();
        }
    }

    /** Where the kernel's notices come from. */
    @FunctionalInterface
    interface Notices {
        /** Opens them; fails when the kernel gives no more. */
        WatchService open() throws IOException;
    }

    private static final long DISK_BLOCK_BYTES = 4_096;

    private final Marks marks;
    private final Path containers;
    private final long stdioBytesMax;
    private final Consumer<AgentEvent> events;
    private final @Nullable WatchService notices;
    /** Used without notices only: makes the thread look. */
    private final Semaphore nudges = new Semaphore(0);

    private volatile boolean closed;
    private final String bootId = ProcessTable.bootId();
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();

    Watch(Marks marks, Path containers, long stdioBytesMax, Consumer<AgentEvent> events) {
        this(marks, containers, stdioBytesMax, events, marks.dir().getFileSystem()::newWatchService);
    }

    Watch(Marks marks, Path containers, long stdioBytesMax, Consumer<AgentEvent> events, Notices source) {
        this.marks = marks;
        this.containers = containers;
        this.stdioBytesMax = stdioBytesMax;
        this.events = events;
        this.notices = open(source, marks.dir());
        Thread.ofPlatform().daemon(true).name("agent-watch").start(this::watch);
    }

    private static @Nullable WatchService open(Notices source, Path dir) {
        try {
            var notices = source.open();
            dir.register(notices, StandardWatchEventKinds.ENTRY_CREATE);
            return notices;
        } catch (IOException none) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the kernel gives no notices of files (" + none.getMessage()
                            + "): the starts and ends of tasks are looked for every "
                            + ContainerSettings.LOOK_WITHOUT_NOTICES.toMillis()
                            + " ms; raise fs.inotify.max_user_instances and restart the agent");
            return null;
        }
    }

    /** Tells from now on when the container starts and when it ends, once each. */
    void add(RunId run, Uuid container, Path sandbox) {
        watched.putIfAbsent(container.toString(), new Watched(run, container, sandbox));
        if (notices == null) {
            nudges.release();
        }
    }

    /** Looks at everything at once: what was added may have started or ended long ago. */
    void lookSoon() {
        if (notices == null) {
            nudges.release();
            return;
        }
        try {
            Files.delete(Files.createTempFile(marks.dir(), NUDGE, ""));
        } catch (IOException full) {
            // The next look comes by itself, in a second.
            LOG.log(System.Logger.Level.DEBUG, "cannot look at once", full);
        }
    }

    /** Stops looking; supervisors go on. */
    @Override
    public void close() {
        closed = true;
        nudges.release();
        try {
            if (notices != null) {
                notices.close();
            }
        } catch (IOException harmless) {
            LOG.log(System.Logger.Level.DEBUG, "closing the watch", harmless);
        }
    }

    private void watch() {
        long lookAt = System.nanoTime();
        try {
            while (true) {
                if (awaitNotice(Math.max(0, lookAt - System.nanoTime()))) {
                    lookAt = System.nanoTime();
                }
                if (closed) {
                    return;
                }
                if (System.nanoTime() - lookAt >= 0) {
                    watched.values().forEach(this::examine);
                    lookAt = System.nanoTime() + every().toNanos();
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException over) {
            LOG.log(System.Logger.Level.DEBUG, "the watch is over", over);
        }
    }

    private Duration every() {
        return notices == null && !watched.isEmpty()
                ? ContainerSettings.LOOK_WITHOUT_NOTICES
                : ContainerSettings.LOOK_EVERY;
    }

    /** Waits for a notice and does what it says; true when everything is to be looked at. */
    private boolean awaitNotice(long nanos) throws InterruptedException {
        if (notices == null) {
            boolean nudged = nudges.tryAcquire(nanos, TimeUnit.NANOSECONDS);
            nudges.drainPermits();
            return nudged;
        }
        var key = notices.poll(nanos, TimeUnit.NANOSECONDS);
        boolean all = false;
        if (key != null) {
            for (var event : key.pollEvents()) {
                all |= notice(event.context());
            }
            key.reset();
        }
        return all;
    }

    /** True when everything is to be looked at. */
    private boolean notice(@Nullable Object file) {
        if (!(file instanceof Path path)) {
            return true; // too many at once, the kernel dropped some
        }
        var name = Marks.containerOf(path);
        var entry = name == null ? null : watched.get(name);
        if (entry != null) {
            look(entry, false);
        }
        return path.toString().startsWith(NUDGE);
    }

    private void examine(Watched entry) {
        StdioCap.apply(entry.sandbox, stdioBytesMax);
        look(entry, true);
    }

    private void look(Watched entry, boolean thorough) {
        try {
            if (entry.supervisor == null) {
                entry.supervisor = marks.supervisor(entry.container);
                if (entry.supervisor != null) {
                    events.accept(new AgentEvent.Spawned(entry.run, entry.supervisor));
                } else if (thorough || marks.isClaimed(entry.container)) {
                    giveUp(entry);
                }
            }
            var supervisor = entry.supervisor;
            if (supervisor != null) {
                var ending = ending(entry, supervisor, thorough);
                if (ending != null) {
                    over(entry, ending);
                }
            }
        } catch (IOException | NumberFormatException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "cannot read the marks of " + entry.run, unreadable);
        }
    }

    private @Nullable TaskExit ending(Watched entry, ProcessMark supervisor, boolean thorough) throws IOException {
        // Alive is asked first: a supervisor that ends in between has written its mark by then.
        boolean gone = thorough && (!supervisor.bootId().equals(bootId) || !ProcessTable.isAlive(supervisor));
        var ending = marks.ending(entry.container);
        if (ending != null || !gone) {
            return ending;
        }
        return supervisor.bootId().equals(bootId)
                ? new TaskExit.Unknown("The task's supervisor was killed, so its exit status is not known")
                : new TaskExit.Rebooted();
    }

    /** A start that failed or takes too long is forbidden for good, and reported. */
    private void giveUp(Watched entry) throws IOException {
        boolean failed = marks.isClaimed(entry.container);
        if (!failed && (System.nanoTime() - entry.startByNanos < 0 || !marks.claim(entry.container))) {
            return;
        }
        var said = Shim.complaint(containers.resolve(entry.container.toString()));
        over(
                entry,
                new TaskExit.NotStarted("The task's supervisor did not start"
                        + (failed ? "" : " in " + ContainerSettings.START_MAX)
                        + (said.isEmpty() ? diskComplaint() : ": " + said)));
    }

    /** A supervisor that meets a full disk cannot even write down why it ends. */
    private String diskComplaint() throws IOException {
        return Files.getFileStore(containers).getUsableSpace() < DISK_BLOCK_BYTES
                ? ": No space left on device of " + containers
                : "";
    }

    private void over(Watched entry, TaskExit ending) {
        watched.remove(entry.container.toString());
        StdioCap.apply(entry.sandbox, stdioBytesMax);
        events.accept(new AgentEvent.Exited(entry.run, ending));
    }
}
