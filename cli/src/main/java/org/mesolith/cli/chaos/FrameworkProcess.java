package org.mesolith.cli.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.chaos.fault.Framework;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.OsProcess;

/**
 * A framework in a process of its own, seen from the controller: {@link FrameworkMain}, started again as the same
 * framework after somebody has killed it. Any thread.
 */
final class FrameworkProcess implements LaunchingLoad, Framework {
    private final boolean keepsVolume;
    private final Marks marks;
    private final long seed;
    private final FrameworkNotes notes = new FrameworkNotes();
    private final UserProcess user;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition launched = lock.newCondition();
    private long launches;

    /** One that is not started. */
    FrameworkProcess(String name, boolean keepsVolume, UserProcess.Home home, Marks marks, long seed) {
        this.keepsVolume = keepsVolume;
        this.marks = marks;
        this.seed = seed;
        this.user = new UserProcess(name, "chaos-framework", home, new UserProcess.Follower() {
            @Override
            public void invoked(long operation, String what, Map<String, String> facts) {
                notes.invoked(operation, what, facts);
            }

            @Override
            public void maySend(String what) {
                if (what.equals("launch")) {
                    launches();
                }
            }

            @Override
            public void ended(Kind kind, long operation) {
                notes.ended(kind, operation);
            }

            @Override
            public void seen(String what, Map<String, String> facts) {
                notes.seen(what, facts);
            }
        });
    }

    @Override
    public String name() {
        return user.name();
    }

    /** Starts the process, which waits for its order. */
    void start() {
        user.start();
    }

    /** What it needs of the run, once there is a cluster. */
    void enter(Stage entered) {
        user.enter(entered);
    }

    @Override
    public OsProcess process() {
        return user.process();
    }

    @Override
    public void begin() {
        var order = new FrameworkOrder(
                name(),
                keepsVolume,
                user.lives(),
                seed,
                user.stage().announced(),
                user.stage().door().names(),
                marks,
                notes.past());
        user.tell(order.toJson());
    }

    @Override
    public void kill() {
        user.kill();
    }

    @Override
    public void startAgain() {
        // What it had said before it died is written down first.
        user.awaitSaid();
        user.start();
        begin();
    }

    private void launches() {
        lock.lock();
        try {
            launches++;
            launched.signalAll();
        } finally {
            lock.unlock();
        }
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
        user.tell(JsonObject.of(UserLine.LEADER, master));
    }

    @Override
    public void settle() {
        user.tell(JsonObject.of(UserLine.SETTLE, true));
    }

    @Override
    public List<String> living() {
        return notes.living();
    }

    @Override
    public void step() {
        user.look();
    }

    @Override
    public void end() {
        user.end();
    }
}
