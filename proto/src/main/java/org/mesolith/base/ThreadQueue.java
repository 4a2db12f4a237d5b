package org.mesolith.base;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The real {@link EventQueue}: one platform thread. An event that throws goes to the fault handler given at birth. */
public final class ThreadQueue implements EventQueue, AutoCloseable {
    private final ScheduledThreadPoolExecutor thread;
    private final Consumer<Throwable> onFault;
    private final Instant bornAt = Instant.now();
    private final long bornNanos = System.nanoTime();
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param name name of the thread, seen in stack dumps
     * @param onFault told about an exception that an event threw, on the queue's thread
     */
    public ThreadQueue(String name, Consumer<Throwable> onFault) {
        this.onFault = onFault;
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                work -> Thread.ofPlatform().name(name).daemon(true).unstarted(work),
                new ThreadPoolExecutor.DiscardPolicy());
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.thread.setRemoveOnCancelPolicy(true);
    }

    /** Wall clock at birth plus monotonic time since: jumps of the system clock do not move it. */
    @Override
    public Instant now() {
        return bornAt.plusNanos(System.nanoTime() - bornNanos);
    }

    @Override
    public void run(Runnable event) {
        waiting.incrementAndGet();
        thread.execute(() -> {
            waiting.decrementAndGet();
            guarded(event);
        });
    }

    @Override
    public void runAfter(Duration delay, Runnable event) {
        var _ = thread.schedule(() -> guarded(event), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Events that wait for the one that runs, without those whose time has not come. Any thread. */
    public int waiting() {
        return waiting.get();
    }

    /** Events that wait are dropped; the one that runs ends. */
    @Override
    public void close() {
        thread.shutdown();
    }

    private void guarded(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | Error fault) {
            onFault.accept(fault);
        }
    }
}
