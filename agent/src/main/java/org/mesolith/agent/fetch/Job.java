package org.mesolith.agent.fetch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * All files of one task: whether they are still wanted, and the threads that bring them. The first reason to end
 * counts.
 */
final class Job {
    private final AtomicReference<@Nullable String> why = new AtomicReference<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final FetchLog log;

    Job(FetchLog log) {
        this.log = log;
    }

    FetchLog log() {
        return log;
    }

    /** Ends the fetch; in words for the framework. */
    void end(String reason) {
        if (why.compareAndSet(null, reason)) {
            log.say(reason);
            threads.forEach(Thread::interrupt);
        }
    }

    boolean isOver() {
        return why.get() != null;
    }

    /** Why it ended, null when it did not. */
    @Nullable
    String why() {
        return why.get();
    }

    /** Does all of this at a time, and comes back when nothing of it is going on any more. */
    void perform(List<Runnable> works) throws InterruptedException {
        for (var work : works) {
            threads.add(Thread.ofVirtual().name("fetch").unstarted(work));
        }
        threads.forEach(Thread::start);
        for (var thread : threads) {
            while (!thread.join(java.time.Duration.ofSeconds(1))) {
                if (isOver()) {
                    thread.interrupt(); // it may have begun something new right behind the first one
                }
            }
        }
    }
}
