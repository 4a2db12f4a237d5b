package org.mesolith.cli.chaos;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.HistoryWriter;
import org.mesolith.cli.chaos.fault.Framework;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.OsProcess;

/**
 * A framework in a process of its own, seen from the controller: starts {@link FrameworkMain}, writes what that says
 * into the history of the run, and starts it again as the same framework after somebody has killed it. Any thread.
 */
final class FrameworkProcess implements LaunchingLoad, Framework {
    private static final Duration END_MAX = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 250_000_000;

    /**
     * Where frameworks live.
     *
     * @param cluster whom they use; they lie below its directory and end with it at the latest
     * @param environment of their processes
     */
    record Home(ClusterProcess cluster, Map<String, String> environment, HistoryWriter history, Marks marks) {}

    private final String name;
    private final boolean keepsVolume;
    private final Home home;
    private final long seed;
    private final FrameworkNotes notes = new FrameworkNotes();
    private final AtomicLong broken = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition launched = lock.newCondition();
    private long launches;
    private int lives;
    private volatile @Nullable OsProcess process;
    private volatile @Nullable Thread reader;
    private volatile @Nullable Stage stage;
    private volatile boolean isMeantToBeDown;

    /** One that is not started. */
    FrameworkProcess(String name, boolean keepsVolume, Home home, long seed) {
        this.name = name;
        this.keepsVolume = keepsVolume;
        this.home = home;
        this.seed = seed;
    }

    @Override
    public String name() {
        return name;
    }

    /** Starts the process, which waits for its order. */
    void start() {
        Path directory = home.cluster().directory().resolve(name);
        OsProcess begun = OsProcess.startTalking(
                name,
                Installation.current().command("chaos-framework"),
                home.environment(),
                directory,
                directory.resolve("log"));
        lives++;
        process = begun;
        isMeantToBeDown = false;
        home.cluster().frameworkBegan(name, begun);
        reader = Thread.ofPlatform().name("chaos-follow-" + name).daemon(true).start(() -> follow(begun));
    }

    /** What it needs of the run, once there is a cluster. */
    void enter(Stage entered) {
        stage = entered;
    }

    private Stage stage() {
        Stage entered = stage;
        if (entered == null) {
            throw new IllegalStateException(name + " has no stage yet");
        }
        return entered;
    }

    @Override
    public OsProcess process() {
        OsProcess current = process;
        if (current == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return current;
    }

    @Override
    public void begin() {
        var order = new FrameworkOrder(
                name,
                keepsVolume,
                lives,
                seed,
                stage().announced(),
                stage().door().names(),
                home.marks(),
                notes.past());
        tell(order.toJson());
    }

    @Override
    public void kill() {
        isMeantToBeDown = true;
        process().kill();
    }

    @Override
    public void startAgain() {
        Thread last = reader;
        try {
            // What it had said before it died is written down first.
            if (last != null && !last.join(END_MAX)) {
                throw new IllegalStateException("what " + name + " said before it died cannot be read");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " is started again", interrupted);
        }
        start();
        begin();
    }

    @Override
    public boolean awaitLaunch(Duration max) {
        long left = max.toNanos();
        lock.lock();
        try {
            long before = launches;
            while (launches == before && left > 0) {
                left = launched.awaitNanos(left);
            }
            return launches > before;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void leaderIs(String master) {
        tell(JsonObject.of(FrameworkLine.LEADER, master));
    }

    @Override
    public void settle() {
        tell(JsonObject.of(FrameworkLine.SETTLE, true));
    }

    @Override
    public List<String> living() {
        return notes.living();
    }

    /** Looks whether it lives: one that ends by itself would make the run look calm. */
    @Override
    public void step() {
        LockSupport.parkNanos(LOOK_NANOS);
        OsProcess now = process();
        if (!isMeantToBeDown && !now.isAlive() && broken.getAndSet(now.pid()) != now.pid()) {
            trouble(name + " ended with status " + now.exitStatus() + ": "
                    + now.tail().strip());
        }
    }

    /** The end of its input is its end. */
    @Override
    public void end() {
        isMeantToBeDown = true;
        OsProcess last = process();
        try {
            last.input().close();
        } catch (IOException gone) {
            // It was dead already: the history says so.
        }
        try {
            last.awaitEnd(END_MAX);
            Thread following = reader;
            if (following != null && !following.join(END_MAX)) {
                trouble("what " + name + " said last cannot be read");
            }
        } catch (IllegalStateException late) {
            trouble(String.valueOf(late.getMessage()));
            last.kill();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void trouble(String what) {
        home.history().seen(name, "trouble", Map.of("what", what));
    }

    /** Says nothing to one that is dead: its next life learns it from its order, or from the masters. */
    private void tell(JsonObject line) {
        lock.lock();
        try {
            FrameworkLine.write(process().input(), line);
        } catch (IOException dead) {
            // Killed at this moment; one that was not killed is seen by step.
        } finally {
            lock.unlock();
        }
    }

    private void follow(OsProcess life) {
        try (var output = new BufferedInputStream(life.output())) {
            for (JsonObject line = FrameworkLine.read(output); line != null; line = FrameworkLine.read(output)) {
                take(line, life);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            if (life.isAlive()) {
                trouble("what " + name + " says cannot be read: " + unreadable.getMessage());
            }
        }
    }

    private void take(JsonObject line, OsProcess life) throws IOException {
        if (line.has(FrameworkLine.SIGN)) {
            stage().signs().seen(Signs.Sign.valueOf(line.text(FrameworkLine.SIGN)), line.whole("asked", 0));
            return;
        }
        Kind kind = Kind.valueOf(line.text(FrameworkLine.NOTE));
        String what = line.text("name");
        Map<String, String> facts = FrameworkLine.facts(line);
        long operation = line.whole("operation", -1);
        switch (kind) {
            case INVOKE -> invoked(what, facts, life);
            case SEEN -> {
                home.history().seen(name, what, facts);
                notes.seen(what, facts);
            }
            case OK, FAIL, UNKNOWN -> {
                home.history().end(kind, name, operation, what, facts);
                notes.ended(kind, operation);
            }
            case BEGIN, FAULT, HEAL, END ->
                throw new IllegalArgumentException(name + " must not write " + kind + " into the history");
        }
    }

    /** Written down first, and known to whoever starts it again; only then may it send that. */
    private void invoked(String what, Map<String, String> facts, OsProcess life) {
        long number = home.history().invoke(name, what, facts);
        notes.invoked(number, what, facts);
        lock.lock();
        try {
            FrameworkLine.write(life.input(), JsonObject.of(FrameworkLine.NUMBER, number));
            if (what.equals("launch")) {
                launches++;
                launched.signalAll();
            }
        } catch (IOException dead) {
            // It was killed when it had asked for its number: the operation was never sent, and nobody says so.
        } finally {
            lock.unlock();
        }
    }
}
