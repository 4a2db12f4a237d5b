package org.mesolith.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What is done to one direction now, whatever its connections. Any thread. */
final class Route {
    private final Way way;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Trick> tricks = new ArrayList<>();
    private volatile Trick now = Trick.NONE;
    private long freeNanos = System.nanoTime();

    Route(Way way) {
        this.way = way;
    }

    Way way() {
        return way;
    }

    void add(Trick trick) {
        lock.lock();
        try {
            tricks.add(trick);
            sum();
        } finally {
            lock.unlock();
        }
    }

    /** One of those that are equal: it does not matter which. */
    void remove(Trick trick) {
        lock.lock();
        try {
            tricks.remove(trick);
            sum();
        } finally {
            lock.unlock();
        }
    }

    private void sum() {
        Trick all = Trick.NONE;
        for (Trick trick : tricks) {
            all = all.and(trick);
        }
        now = all;
        changed.signalAll();
    }

    boolean isDead() {
        return now.isDead();
    }

    /** When what is sent now arrives, in {@link System#nanoTime}; never before {@code last}. */
    long dueAfter(long last) {
        Trick trick = now;
        long nanos = System.nanoTime() + trick.delay().toNanos();
        if (!trick.jitter().isZero()) {
            nanos += ThreadLocalRandom.current().nextLong(trick.jitter().toNanos());
        }
        return nanos - last < 0 ? last : nanos;
    }

    /** Waits while nothing arrives. */
    void awaitOpen() throws InterruptedException {
        if (!now.isCut()) {
            return;
        }
        lock.lock();
        try {
            while (now.isCut()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes its turn for so many bytes, and waits until they are through. */
    void awaitThrough(int bytes) throws InterruptedException {
        if (now.bytesPerSecond() == 0) {
            return;
        }
        lock.lock();
        try {
            long start = Math.max(System.nanoTime(), freeNanos);
            long rate = now.bytesPerSecond();
            if (rate == 0) {
                return;
            }
            freeNanos = start + bytes * 1_000_000_000L / rate;
            long until = freeNanos;
            while (now.bytesPerSecond() != 0 && until - System.nanoTime() > 0) {
                long _ = changed.awaitNanos(until - System.nanoTime());
            }
        } finally {
            lock.unlock();
        }
    }
}
