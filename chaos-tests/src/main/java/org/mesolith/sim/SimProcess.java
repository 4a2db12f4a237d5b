package org.mesolith.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.mesolith.base.EventQueue;

/**
 * A process that can die, and be stopped and woken up (SIGSTOP, SIGCONT). What it was about to do is dropped when it is
 * dead, and waits in order while it is stopped.
 */
final class SimProcess {
    private final SimClock clock;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int life;
    private boolean alive;
    private boolean stopped;

    SimProcess(SimClock clock) {
        this.clock = clock;
    }

    void start() {
        life++;
        alive = true;
        stopped = false;
        waiting.clear();
    }

    void die() {
        alive = false;
        stopped = false;
        waiting.clear();
    }

    boolean isAlive() {
        return alive;
    }

    boolean isStopped() {
        return stopped;
    }

    /** True as long as the process that lives now does. */
    BooleanSupplier sameLife() {
        int mine = life;
        return () -> mine == life && alive;
    }

    /** Stops the process at this place, and with it what it is sent. */
    void stop(SimPlace where) {
        where.trace().note(where.name(), "is stopped");
        stop();
        where.net().stop(where.name());
    }

    /** The process at this place goes on, if it was stopped. */
    void wake(SimPlace where) {
        if (stopped) {
            where.trace().note(where.name(), "goes on");
            wake();
            where.net().wake(where.name());
        }
    }

    /** From now on it does nothing. */
    void stop() {
        stopped = alive;
    }

    /** It goes on with what it was about to do. */
    void wake() {
        stopped = false;
        while (!waiting.isEmpty()) {
            after(Duration.ZERO, waiting.removeFirst());
        }
    }

    /** Does this at once, or when it wakes up; never when it is dead. */
    void run(Runnable event) {
        run(life, event);
    }

    /** Does this later, as the process that lives now. */
    void after(Duration delay, Runnable event) {
        int mine = life;
        clock.after(delay, () -> run(mine, event));
    }

    private void run(int mine, Runnable event) {
        if (mine != life || !alive) {
            return;
        }
        if (stopped) {
            waiting.add(event);
        } else {
            event.run();
        }
    }

    /**
     * The queue of the process that lives now.
     *
     * @param skew by which its clock is ahead
     */
    EventQueue queue(Duration skew) {
        int mine = life;
        return new EventQueue() {
            @Override
            public Instant now() {
                return clock.now().plus(skew);
            }

            @Override
            public void run(Runnable event) {
                runAfter(Duration.ZERO, event);
            }

            @Override
            public void runAfter(Duration delay, Runnable event) {
                clock.after(delay, () -> SimProcess.this.run(mine, event));
            }
        };
    }
}
