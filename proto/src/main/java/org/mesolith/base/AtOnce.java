package org.mesolith.base;

import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The same work for several at the same time, so that one who is silent delays nobody else. */
public final class AtOnce {
    private AtOnce() {}

    /**
     * Comes back when all are done. The work has a deadline of its own, and throws nothing.
     *
     * @param work on a virtual thread of its own for each
     */
    public static <T> void each(Collection<T> all, Consumer<T> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(one -> threads.execute(() -> work.accept(one)));
        }
    }
}
