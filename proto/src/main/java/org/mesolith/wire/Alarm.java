package org.mesolith.wire;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one deadline that a connection has at a time. Moving it later costs no timer: the old one fires, finds that it is
 * early and sleeps on. Used on the connection's event loop only.
 */
final class Alarm {
    private final EventLoop loop;
    private @Nullable Runnable action;
    private long atNanos;
    private @Nullable Future<?> timer;
    private long timerAtNanos;

    Alarm(EventLoop loop) {
        this.loop = loop;
    }

    /** Replaces the deadline and what happens then. */
    void set(Duration time, Runnable then) {
        action = then;
        atNanos = System.nanoTime() + time.toNanos();
        if (timer == null || atNanos - timerAtNanos < 0) {
            arm();
        }
    }

    /** No deadline. */
    void clear() {
        action = null;
    }

    /** No deadline ever again: lets go of the timer. */
    void stop() {
        action = null;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void arm() {
        if (timer != null) {
            timer.cancel(false);
        }
        timerAtNanos = atNanos;
        timer = loop.schedule(this::fire, atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void fire() {
        timer = null;
        Runnable due = action;
        if (due == null) {
            return;
        }
        if (atNanos - System.nanoTime() > 0) {
            arm();
            return;
        }
        action = null;
        due.run();
    }
}
