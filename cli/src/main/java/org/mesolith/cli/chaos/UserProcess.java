package org.mesolith.cli.chaos;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.HistoryWriter;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.OsProcess;

/**
 * Somebody who uses the cluster in a process of its own, seen from the controller: starts it, talks with it, and writes
 * what it says into the history of the run. Any thread.
 */
final class UserProcess {
    private static final Duration END_MAX = Duration.ofSeconds(20);
    /** Longer than its calls take that are under way. */
    private static final Duration LEAVE_MAX = Duration.ofSeconds(40);

    private static final long LOOK_NANOS = 250_000_000;

    /**
     * Where users live.
     *
     * @param cluster whom they use; they lie below its directory and end with it at the latest
     * @param environment of their processes
     */
    record Home(ClusterProcess cluster, Map<String, String> environment, HistoryWriter history) {}

    /** Follows what it does, after it is written down. Its reader's thread. */
    interface Follower {
        /** It wants to send this, and waits. */
        default void invoked(long operation, String name, Map<String, String> facts) {}

        /** It may send it now. */
        default void maySend(String name) {}

        /** It knows how this ended. */
        default void ended(Kind kind, long operation) {}

        /** It has seen this. */
        default void seen(String name, Map<String, String> facts) {}
    }

    private final String name;
    private final String command;
    private final Home home;
    private final Follower follower;
    private final AtomicLong broken = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch left = new CountDownLatch(1);
    private int lives;
    private volatile @Nullable OsProcess process;
    private volatile @Nullable Thread reader;
    private volatile @Nullable Stage stage;
    private volatile boolean isMeantToBeDown;

    /**
     * One that is not started.
     *
     * @param command of the launcher
     */
    UserProcess(String name, String command, Home home, Follower follower) {
        this.name = name;
        this.command = command;
        this.home = home;
        this.follower = follower;
    }

    String name() {
        return name;
    }

    /** Starts the process, which waits for its order. */
    void start() {
        Path directory = home.cluster().directory().resolve(name);
        OsProcess begun = OsProcess.startTalking(
                name, Installation.current().command(command), home.environment(), directory, directory.resolve("log"));
        lives++;
        process = begun;
        isMeantToBeDown = false;
        home.cluster().userBegan(name, begun);
        reader = Thread.ofPlatform().name("chaos-follow-" + name).daemon(true).start(() -> follow(begun));
    }

    /** How often it was started. */
    int lives() {
        return lives;
    }

    /** What it needs of the run, once there is a cluster. */
    void enter(Stage entered) {
        stage = entered;
    }

    Stage stage() {
        Stage entered = stage;
        if (entered == null) {
            throw new IllegalStateException(name + " has no stage yet");
        }
        return entered;
    }

    /** The current life, or the last one. */
    OsProcess process() {
        OsProcess current = process;
        if (current == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return current;
    }

    /** SIGKILL, and waits until it is gone. */
    void kill() {
        isMeantToBeDown = true;
        process().kill();
    }

    /** After its end: waits until what it had said is written down. */
    void awaitSaid() {
        Thread last = reader;
        try {
            if (last != null && !last.join(END_MAX)) {
                throw new IllegalStateException("what " + name + " said before it died cannot be read");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while what " + name + " said is read", interrupted);
        }
    }

    /** Looks whether it lives, a moment later: one that ends by itself would make the run look calm. */
    void look() {
        LockSupport.parkNanos(LOOK_NANOS);
        OsProcess now = process();
        if (!isMeantToBeDown && !now.isAlive() && broken.getAndSet(now.pid()) != now.pid()) {
            trouble(name + " ended with status " + now.exitStatus() + ": "
                    + now.tail().strip());
        }
    }

    /** Lets it bring to its end what is under way. */
    void leave() {
        tell(JsonObject.of(UserLine.LEAVE, true));
    }

    /** Waits until it did. It lives on. */
    void awaitLeft() {
        try {
            if (!left.await(LEAVE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                trouble(name + " does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The end of its input is its end. */
    void end() {
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
    void tell(JsonObject line) {
        tell(process(), line);
    }

    private boolean tell(OsProcess life, JsonObject line) {
        lock.lock();
        try {
            UserLine.write(life.input(), line);
            return true;
        } catch (IOException dead) {
            // Killed at this moment; one that was not killed is seen by look.
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void follow(OsProcess life) {
        try (var output = new BufferedInputStream(life.output())) {
            for (JsonObject line = UserLine.read(output); line != null; line = UserLine.read(output)) {
                take(line, life);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            if (life.isAlive()) {
                trouble("what " + name + " says cannot be read: " + unreadable.getMessage());
            }
        }
    }

    private void take(JsonObject line, OsProcess life) {
        if (line.has(UserLine.SIGN)) {
            stage().signs().seen(Signs.Sign.valueOf(line.text(UserLine.SIGN)), line.whole("asked", 0));
        } else if (line.has(UserLine.LEFT)) {
            left.countDown();
        } else {
            note(line, life);
        }
    }

    private void note(JsonObject line, OsProcess life) {
        Kind kind = Kind.valueOf(line.text(UserLine.NOTE));
        String who = line.text("process");
        String what = line.text("name");
        Map<String, String> facts = UserLine.facts(line);
        long operation = line.whole("operation", -1);
        switch (kind) {
            case INVOKE -> {
                // Written down first, and known to whoever starts it again; only then may it send that.
                long number = home.history().invoke(who, what, facts);
                follower.invoked(number, what, facts);
                // One that was killed when it had asked for its number never sent the operation, and nobody says so.
                if (tell(life, JsonObject.of(UserLine.NUMBER, number))) {
                    follower.maySend(what);
                }
            }
            case SEEN -> {
                home.history().seen(who, what, facts);
                follower.seen(what, facts);
                if (line.has(UserLine.WAITS)) {
                    tell(life, JsonObject.of(UserLine.NUMBER, -1));
                }
            }
            case OK, FAIL, UNKNOWN -> {
                home.history().end(kind, who, operation, what, facts);
                follower.ended(kind, operation);
            }
            case BEGIN, FAULT, HEAL, END ->
                throw new IllegalArgumentException(name + " must not write " + kind + " into the history");
        }
    }
}
