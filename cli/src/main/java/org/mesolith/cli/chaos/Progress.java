package org.mesolith.cli.chaos;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.HistoryWriter;

/** Says how a run goes on: a line when something begins, and one every few seconds. Any thread. */
public final class Progress implements AutoCloseable {
    private static final long PAUSE_MILLIS = 5_000;

    private final PrintStream err;
    private final long startNanos = System.nanoTime();
    private final AtomicReference<@Nullable HistoryWriter> history = new AtomicReference<>();
    private volatile String fault = "";
    private final Thread ticker;

    /** @param err where it says so */
    public Progress(PrintStream err) {
        this.err = err;
        this.ticker = Thread.ofPlatform().name("chaos-progress").daemon(true).start(this::tick);
    }

    void begin(HistoryWriter written) {
        history.set(written);
    }

    /** The current fault; the empty text for none. */
    void fault(String now) {
        fault = now;
        if (!now.isEmpty()) {
            say("fault: " + now);
        }
    }

    /** One line. */
    public void say(String line) {
        err.println(String.format(Locale.ROOT, "[%6.1f s] %s", (System.nanoTime() - startNanos) / 1e9, line));
    }

    @Override
    public void close() {
        ticker.interrupt();
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(PAUSE_MILLIS);
                HistoryWriter written = history.get();
                if (written != null) {
                    String now = fault;
                    say("operations: " + written.count(Kind.OK) + " ok, " + written.count(Kind.FAIL) + " failed, "
                            + written.count(Kind.UNKNOWN) + " unknown; faults so far " + written.count(Kind.FAULT)
                            + (now.isEmpty() ? "" : "; now: " + now));
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
