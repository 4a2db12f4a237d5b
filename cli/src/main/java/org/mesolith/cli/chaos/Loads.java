package org.mesolith.cli.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.mesolith.check.history.Recorder;

/** The threads of the loads. */
final class Loads implements AutoCloseable {
    private static final Duration END_MAX = Duration.ofSeconds(30);

    private final Recorder history;
    private final List<Running> running = new ArrayList<>();

    private record Running(Load load, AtomicBoolean ends, Thread thread) {}

    Loads(Recorder history) {
        this.history = history;
    }

    void start(Load load) {
        var ends = new AtomicBoolean();
        Thread thread = Thread.ofPlatform()
                .name("chaos-" + load.name())
                .daemon(true)
                .unstarted(() -> {
                    try {
                        while (!ends.get()) {
                            load.step();
                        }
                    } catch (RuntimeException broken) {
                        // A load that dies would make the run look calm: the history must say so.
                        history.seen(load.name(), "trouble", Map.of("what", load.name() + " ended: " + broken));
                    }
                });
        running.add(new Running(load, ends, thread));
        thread.start();
    }

    /** Ends these loads, and waits until nothing of them is under way. */
    void end(Predicate<? super Load> which) {
        var ending = running.stream().filter(one -> which.test(one.load())).toList();
        for (Running one : ending) {
            one.ends().set(true);
            one.load().leave();
        }
        for (Running one : ending) {
            try {
                if (!one.thread().join(END_MAX)) {
                    history.seen(
                            one.load().name(),
                            "trouble",
                            Map.of("what", one.load().name() + " does not end"));
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            one.load().end();
        }
        running.removeAll(ending);
    }

    @Override
    public void close() {
        end(any -> true);
    }
}
