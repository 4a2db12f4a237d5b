package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.console.Failure;

/** The same work with several masters at the same time. */
final class AtOnce {
    private AtOnce() {}

    /** Work with one master; ends by itself, at the latest after a deadline of its own. */
    @FunctionalInterface
    interface Work<T> {
        T with(HostPort master) throws IOException;
    }

    /**
     * Waits until all are done, also when one has failed, so that nothing goes on behind the caller's back.
     *
     * @return what the work came to, in the order of the masters
     * @throws IOException of the first master in that order that failed; so also {@link Failure}
     */
    static <T> List<T> forEach(List<HostPort> masters, Work<T> work) throws IOException {
        var begun = new ArrayList<Future<T>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (HostPort master : masters) {
                Callable<T> one = () -> work.with(master);
                begun.add(threads.submit(one));
            }
        }
        var done = new ArrayList<T>();
        for (Future<T> one : begun) {
            done.add(result(one));
        }
        return done;
    }

    private static <T> T result(Future<T> ended) throws IOException {
        try {
            return ended.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case Failure told -> throw told;
                case IOException broken -> throw broken;
                case null, default -> throw new IllegalStateException(failed.getCause());
            }
        }
    }
}
