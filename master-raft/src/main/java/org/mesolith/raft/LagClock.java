package org.mesolith.raft;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Remembers when the log reached which index, so that a lag in entries can be told as a time. One thread notes, any
 * asks.
 */
final class LagClock {
    /** A tenth of a second apart: a minute and some. Whoever is further behind is told at least that. */
    private static final int NOTES_MAX = 1_000;

    private record Note(long newest, long nanos) {}

    private final ArrayDeque<Note> notes = new ArrayDeque<>();

    /** The log's newest index, now. */
    synchronized void note(long newest, long nanos) {
        var last = notes.peekLast();
        if (last != null && last.newest >= newest) {
            return;
        }
        if (notes.size() == NOTES_MAX) {
            notes.removeFirst();
        }
        notes.addLast(new Note(newest, nanos));
    }

    /** How long the first entry behind this index has been there; nothing when there is none. */
    Duration behind(long match) {
        return behind(match, System.nanoTime());
    }

    synchronized Duration behind(long match, long nanos) {
        for (var note : notes) {
            if (note.newest > match) {
                return Duration.ofNanos(Math.max(0, nanos - note.nanos));
            }
        }
        return Duration.ZERO;
    }
}
