package org.mesolith.check.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a history as it happens: one JSON document a line, compressed, on the disk at least every second in which
 * something happens. Any thread. A history that is full takes nothing more and says so: the run that writes it has to
 * end.
 */
public final class HistoryWriter implements Recorder, AutoCloseable {

    /** Lines of one history, at most: what a checker holds in memory. */
    public static final int LINES_MAX = 2_000_000;

    private static final long FLUSH_NANOS = 1_000_000_000L;

    private final ReentrantLock lock = new ReentrantLock();
    private final long startNanos = System.nanoTime();
    private final GZIPOutputStream compressed;
    private final JsonGenerator json;
    private final int linesMax;
    private final Map<HistoryEvent.Kind, Long> counts = new EnumMap<>(HistoryEvent.Kind.class);
    private long lines;
    private long operations;
    private long flushedNanos;
    private boolean closed;

    private HistoryWriter(OutputStream file, int linesMax) throws IOException {
        this.compressed = new GZIPOutputStream(file, 1 << 16, true);
        this.json = new JsonFactory()
                .configure(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM, false)
                .createGenerator(compressed);
        this.json.setRootValueSeparator(null);
        this.linesMax = linesMax;
    }

    /**
     * Begins a history in a new file.
     *
     * @param settings what the run is to do; checkers read their limits here
     */
    public static HistoryWriter begin(Path file, Map<String, String> settings) throws IOException {
        return begin(file, settings, LINES_MAX);
    }

    static HistoryWriter begin(Path file, Map<String, String> settings, int linesMax) throws IOException {
        var writer = new HistoryWriter(Files.newOutputStream(file), linesMax);
        writer.write(HistoryEvent.Kind.BEGIN, "controller", -1, "run", settings);
        return writer;
    }

    @Override
    public long invoke(String process, String name, Map<String, String> facts) {
        return opened(HistoryEvent.Kind.INVOKE, process, name, facts);
    }

    /** A fault is about to begin; returns its number. */
    public long fault(String name, Map<String, String> facts) {
        return opened(HistoryEvent.Kind.FAULT, "controller", name, facts);
    }

    private long opened(HistoryEvent.Kind kind, String process, String name, Map<String, String> facts) {
        lock.lock();
        try {
            long operation = operations++;
            write(kind, process, operation, name, facts);
            return operation;
        } finally {
            lock.unlock();
        }
    }

    /** How an operation ended: OK, FAIL or UNKNOWN; or HEAL of a fault. */
    @Override
    public void end(HistoryEvent.Kind kind, String process, long operation, String name, Map<String, String> facts) {
        write(kind, process, operation, name, facts);
    }

    @Override
    public void seen(String process, String name, Map<String, String> facts) {
        write(HistoryEvent.Kind.SEEN, process, -1, name, facts);
    }

    @Override
    public void before(String process, String name, Map<String, String> facts) {
        seen(process, name, facts);
    }

    /** The run is over, all of it: the last line. */
    public void finish() {
        write(HistoryEvent.Kind.END, "controller", -1, "run", Map.of());
    }

    /** How many lines of a kind were written. */
    public long count(HistoryEvent.Kind kind) {
        lock.lock();
        try {
            return counts.getOrDefault(kind, 0L);
        } finally {
            lock.unlock();
        }
    }

    /** True when no further line is taken: whatever happens now is not written down. */
    public boolean isFull() {
        lock.lock();
        try {
            return lines >= linesMax;
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds since the history began. */
    public long nanos() {
        return System.nanoTime() - startNanos;
    }

    /** Writes the rest. Without {@link #finish} before, the history says that it was cut off. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                json.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the history", failed);
        } finally {
            lock.unlock();
        }
    }

    private void write(HistoryEvent.Kind kind, String process, long operation, String name, Map<String, String> facts) {
        lock.lock();
        try {
            if (closed || lines >= linesMax) {
                return;
            }
            long nanos = nanos();
            json.writeStartObject();
            json.writeNumberField("at", nanos);
            json.writeStringField("kind", kind.name());
            json.writeStringField("process", process);
            if (operation >= 0) {
                json.writeNumberField("operation", operation);
            }
            json.writeStringField("name", name);
            for (var fact : facts.entrySet()) {
                json.writeStringField("." + fact.getKey(), fact.getValue());
            }
            json.writeEndObject();
            json.writeRaw('\n');
            lines++;
            counts.merge(kind, 1L, Long::sum);
            if (nanos - flushedNanos >= FLUSH_NANOS) {
                flushedNanos = nanos;
                json.flush();
                compressed.flush();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the history", failed);
        } finally {
            lock.unlock();
        }
    }
}
