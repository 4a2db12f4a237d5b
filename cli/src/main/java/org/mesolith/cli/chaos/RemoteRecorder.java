package org.mesolith.cli.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.Recorder;
import org.mesolith.cli.client.JsonObject;

/**
 * The history of a run, in another process: what is written here goes there in its order. An operation is sent only
 * when its beginning is written down over there, so the history has the order of what happened also for those who are
 * in different processes: what is seen may only stand in it later than it was.
 */
final class RemoteRecorder implements Recorder {
    private static final long NUMBER_SECONDS_MAX = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final OutputStream output;
    private final BlockingQueue<Long> numbers = new ArrayBlockingQueue<>(1);

    /** @param output read by the controller */
    RemoteRecorder(OutputStream output) {
        this.output = output;
    }

    @Override
    public long invoke(String process, String name, Map<String, String> facts) {
        lock.lock();
        try {
            write(FrameworkLine.note(Kind.INVOKE, -1, name, facts));
            Long number = numbers.poll(NUMBER_SECONDS_MAX, TimeUnit.SECONDS);
            if (number == null) {
                throw new IllegalStateException("the controller gave " + process + " no number for its " + name);
            }
            return number;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a number", interrupted);
        } finally {
            lock.unlock();
        }
    }

    /** The controller answers an INVOKE. */
    void numbered(long number) {
        numbers.add(number);
    }

    @Override
    public void end(Kind kind, String process, long operation, String name, Map<String, String> facts) {
        inTurn(FrameworkLine.note(kind, operation, name, facts));
    }

    @Override
    public void seen(String process, String name, Map<String, String> facts) {
        inTurn(FrameworkLine.note(Kind.SEEN, -1, name, facts));
    }

    /** This worked, and was asked for then, by the clock that never jumps, which all processes of a machine share. */
    void sign(Signs.Sign sign, long askedNanos) {
        inTurn(JsonObject.of(FrameworkLine.SIGN, sign.name(), "asked", askedNanos));
    }

    private void inTurn(JsonObject line) {
        lock.lock();
        try {
            write(line);
        } finally {
            lock.unlock();
        }
    }

    private void write(JsonObject line) {
        try {
            FrameworkLine.write(output, line);
        } catch (IOException gone) {
            throw new UncheckedIOException("the controller is gone", gone);
        }
    }
}
