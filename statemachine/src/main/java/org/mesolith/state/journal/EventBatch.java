package org.mesolith.state.journal;

import java.time.Instant;
import java.util.List;
import org.mesolith.state.row.Hasher;

/**
 * The events of one command, in order.
 *
 * @param first place of the first of them; the others follow
 * @param time of the command; never before that of an earlier batch
 * @param events at least one
 */
public record EventBatch(EventPlace first, Instant time, List<Event> events) {
    private static final int BATCH_BYTES = 48;
    private static final int EVENT_BYTES = 8;
    private static final int FACT_BYTES = 6;

    public EventBatch {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a batch of events has at least one");
        }
        events = List.copyOf(events);
    }

    /** Place of the event of this number, from 0. */
    public EventPlace place(int number) {
        return first.plus(number);
    }

    /** Place of the newest. */
    public EventPlace last() {
        return place(events.size() - 1);
    }

    /** What it takes in the store, roughly: its texts, and a fixed part for each event and fact. */
    public long bytes() {
        long bytes = BATCH_BYTES;
        for (var event : events) {
            bytes += EVENT_BYTES + event.subject().length();
            for (var fact : event.facts()) {
                bytes += FACT_BYTES + fact.name().length() + fact.text().length();
            }
        }
        return bytes;
    }

    /** Hash of everything in it, going on from the hash of the batches before. */
    long hash(long before) {
        var hasher = new Hasher(30)
                .add(before)
                .add(first.epoch())
                .add(first.index())
                .add((long) first.ordinal())
                .add(time);
        for (var event : events) {
            hasher.add((long) event.kind().number()).add(event.subject());
            event.facts().forEach(fact -> hasher.add(fact.name()).add(fact.text()));
        }
        return hasher.done();
    }
}
