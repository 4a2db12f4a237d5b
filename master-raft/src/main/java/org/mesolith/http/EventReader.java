package org.mesolith.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mesolith.log.JournalReads;
import org.mesolith.state.journal.Event;
import org.mesolith.state.journal.EventBatch;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.wire.Outbox;

/** One reader's way through the events. Runs on the thread of its call. */
final class EventReader {
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(10);

    /** Batches read at a time. */
    private static final int PAGE = 64;

    /**
     * How somebody wants to read.
     *
     * @param kinds or families of kinds; none for all
     * @param follow whether to go on when everything is told
     * @param slowMax a reader that takes nothing for so long is ended
     */
    record Manner(List<String> kinds, boolean follow, Duration slowMax) {}

    private final JournalReads journal;
    private final Manner manner;
    private EventPlace seen;
    private boolean inclusive;
    private long toldAt = System.nanoTime();

    /**
     * @param seen the place to go on from
     * @param inclusive whether the event at that place is still to be sent
     */
    EventReader(JournalReads journal, EventPlace seen, boolean inclusive, Manner manner) {
        this.journal = journal;
        this.seen = seen;
        this.inclusive = inclusive;
        this.manner = manner;
    }

    /** Sends until the reader goes, or is too slow, or everything is sent. */
    void run(Outbox outbox) {
        try {
            if (send(outbox)) {
                outbox.close();
            } else if (outbox.isOpen()) {
                outbox.end(JsonLines.line(json -> {
                    json.writeStringField("type", "end");
                    json.writeStringField("reason", "lagged");
                    // No token: what waited is dropped with this, and only the reader knows what it has.
                    json.writeStringField(
                            "message",
                            "you read too slowly, or what comes next was forgotten; go on from the last token "
                                    + "you have");
                }));
            }
        } catch (InterruptedException closing) {
            outbox.close();
        }
    }

    /** True when everything was sent that was asked for. */
    private boolean send(Outbox outbox) throws InterruptedException {
        var lines = new JsonLines(outbox, new Slow(manner.slowMax()));
        boolean going = lines.add(this::marker) && lines.flush();
        var until = journal.registry().journal().last();
        while (going) {
            long applied = journal.applied();
            var page = journal.events(seen, PAGE);
            var wanted = inclusive ? seen : seen.plus(1);
            if (wanted.compareTo(page.from()) < 0) {
                return false;
            }
            boolean more = false;
            for (var batch : page.batches()) {
                more |= batch.last().compareTo(seen) > 0 || inclusive;
                going = going && add(lines, batch);
            }
            going = going && lines.flush();
            if (!manner.follow() && (!more || seen.compareTo(until) >= 0)) {
                return going && lines.add(this::complete) && lines.flush();
            }
            if (going) {
                going = more ? beat(lines) : await(lines, applied);
            }
        }
        return false;
    }

    private boolean await(JsonLines lines, long applied) throws InterruptedException {
        boolean _ = journal.appliedUpTo(applied + 1, HEARTBEAT).join();
        return beat(lines);
    }

    /** When nothing was sent for some time, also where much happened that the reader does not want. */
    private boolean beat(JsonLines lines) throws InterruptedException {
        if (System.nanoTime() - toldAt < HEARTBEAT.toNanos()) {
            return true;
        }
        toldAt = System.nanoTime();
        return lines.add(this::heartbeat) && lines.flush();
    }

    private boolean add(JsonLines lines, EventBatch batch) throws InterruptedException {
        for (int number = 0; number < batch.events().size(); number++) {
            var place = batch.place(number);
            int order = place.compareTo(seen);
            if (order < 0 || (order == 0 && !inclusive)) {
                continue;
            }
            var event = batch.events().get(number);
            var kinds = manner.kinds();
            boolean wanted = kinds.isEmpty() || kinds.stream().anyMatch(event.kind()::fits);
            if (wanted) {
                toldAt = System.nanoTime();
                if (!lines.add(json -> write(json, place, batch.time(), event))) {
                    return false;
                }
            }
            seen = place;
            inclusive = false;
        }
        return true;
    }

    private void marker(JsonGenerator json) throws IOException {
        var registry = journal.registry();
        json.writeStringField("type", "snapshot");
        json.writeStringField("token", seen.toString());
        json.writeBooleanField("inclusive", inclusive);
        json.writeStringField("cluster", registry.cluster().clusterId());
        json.writeNumberField("epoch", registry.cluster().epoch());
        json.writeNumberField("index", registry.at().index());
        json.writeStringField("oldest", registry.journal().eventsFrom().toString());
        json.writeStringField("newest", registry.journal().last().toString());
    }

    private void complete(JsonGenerator json) throws IOException {
        json.writeStringField("type", "end");
        json.writeStringField("reason", "complete");
        json.writeStringField("token", seen.toString());
    }

    private void heartbeat(JsonGenerator json) throws IOException {
        json.writeStringField("type", "heartbeat");
        json.writeStringField("token", seen.toString());
        json.writeNumberField("index", journal.applied());
    }

    private static void write(JsonGenerator json, EventPlace place, Instant time, Event event) throws IOException {
        json.writeStringField("type", "event");
        json.writeStringField("token", place.toString());
        json.writeStringField("time", time.toString());
        json.writeStringField("kind", event.kind().text());
        json.writeStringField("subject", event.subject());
        json.writeObjectFieldStart("facts");
        for (var fact : event.facts()) {
            json.writeStringField(fact.name(), fact.text());
        }
        json.writeEndObject();
    }

    /** Waits for a slow reader, within a bound. */
    private static final class Slow implements JsonLines.Patience {
        private final Duration max;
        private long since = System.nanoTime();

        Slow(Duration max) {
            this.max = max;
        }

        @Override
        public boolean waitMore() throws InterruptedException {
            Thread.sleep(PAUSE);
            return System.nanoTime() - since < max.toNanos();
        }

        @Override
        public void reset() {
            since = System.nanoTime();
        }
    }
}
