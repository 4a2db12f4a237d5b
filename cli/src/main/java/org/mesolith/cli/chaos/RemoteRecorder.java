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
        return written(process, UserLine.note(Kind.INVOKE, process, -1, name, facts));
    }

    /** Waits until the controller has written it down; returns its number, if it has one. */
    private long written(String process, JsonObject note) {
        lock.lock();
        try {
            write(note);
            Long number = numbers.poll(NUMBER_SECONDS_MAX, TimeUnit.SECONDS);
            if (number == null) {
                throw new IllegalStateException("the controller did not write down for " + process + ": " + note);
            }
            return number;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a number", interrupted);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void before(String process, String name, Map<String, String> facts) {
        var note = UserLine.note(Kind.SEEN, process, -1, name, facts);
        written(process, note.with(UserLine.WAITS, true));
    }

    /** The controller answers one that waits. */
    void numbered(long number) {
        numbers.add(number);
    }

    @Override
    public void end(Kind kind, String process, long operation, String name, Map<String, String> facts) {
        inTurn(UserLine.note(kind, process, operation, name, facts));
    }

    @Override
    public void seen(String process, String name, Map<String, String> facts) {
        inTurn(UserLine.note(Kind.SEEN, process, -1, name, facts));
    }

    /** This worked, and was asked for then, by the clock that never jumps, which all processes of a machine share. */
    void sign(Signs.Sign sign, long askedNanos) {
        inTurn(JsonObject.of(UserLine.SIGN, sign.name(), "asked", askedNanos));
    }

    /** All is brought to its end. */
    void left() {
        inTurn(JsonObject.of(UserLine.LEFT, true));
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
            UserLine.write(output, line);
        } catch (IOException gone) {
            throw new UncheckedIOException("the controller is gone", gone);
        }
    }
}
