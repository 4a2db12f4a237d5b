package org.mesolith.base;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Turns a call that tells its answer later into one that waits for it; for threads that have nothing else to do. */
public final class Waiting {
    private Waiting() {}

    public static <T> T within(Duration time, T late, Consumer<Consumer<T>> call) {
        var answer = new CompletableFuture<T>();
        call.accept(answer::complete);
        return answer.completeOnTimeout(late, time.toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }
}
