package org.mesolith.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.log.Barrier;
import org.mesolith.log.JournalReads;
import org.mesolith.log.MemberReads;
import org.mesolith.model.Action;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.journal.EventKind;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Outbox;

/**
 * {@code GET /events?since=…&kind=…&follow=true}: what changed in the cluster, in the order of the log, from any
 * master.
 *
 * <pre>
 *   since ──► a place ──► pages out of the store ──► lines ──► bounded outbox
 *                          ▲ waits until more is applied
 * </pre>
 *
 * <p>Each reader is one virtual thread that reads the store at its own pace: nothing is queued for it but the outbox,
 * and what it has not read waits in the store until it is forgotten there.
 */
final class EventsDoor {
    static final String PATH = "/events";

    /** Open at a time; above, readers get 503. */
    private static final int STREAMS_MAX = 64;

    /** Who was too slow may need a moment more to come to the end that says so. */
    private static final Outbox.Bounds BOUNDS = new Outbox.Bounds(64, 4 << 20, Duration.ofSeconds(30));

    private static final Duration SLOW_MAX = Duration.ofSeconds(10);
    private static final Duration AHEAD_MAX = Duration.ofSeconds(10);

    private final JournalReads journal;
    private final @Nullable MemberReads reads;
    private final Gate gate;
    private final AtomicInteger open = new AtomicInteger();

    /** @param reads tell how new an answer is; null where nobody can */
    EventsDoor(JournalReads journal, @Nullable MemberReads reads, Gate gate) {
        this.journal = journal;
        this.reads = reads;
        this.gate = gate;
    }

    /** What somebody asked for. */
    private record Wish(
            Since since,
            List<String> kinds,
            boolean follow,
            @Nullable Consistency how) {
        /** Who follows sees everything in the end; who does not wants what has happened before the question. */
        @Nullable
        Duration age() {
            return how == null ? (follow ? null : Duration.ZERO) : how.age();
        }
    }

    HttpAnswer answer(HttpRequest request) {
        if (!request.method().equals("GET")) {
            return HttpAnswer.text(405, "Expecting GET").with("Allow", "GET");
        }
        return switch (gate.who(request, Authenticator.Realm.READER)) {
            case CallPath.Who.Refused(var answer) -> answer;
            case CallPath.Who.Passed(var principal) -> {
                var refusal = refusal(gate, principal, PATH);
                yield refusal != null ? refusal : told(request);
            }
        };
    }

    /** Events and audit are not cut to what somebody may see: whoever may not see everything sees none of it. */
    static HttpAnswer.@Nullable Full refusal(Gate gate, @Nullable String principal, String path) {
        var refusal = gate.refusal(principal, path);
        for (var action : List.of(Action.VIEW_FRAMEWORK, Action.VIEW_TASK, Action.VIEW_ROLE)) {
            if (refusal == null) {
                refusal = gate.refusal(principal, action, null, "of everybody, which '" + path + "' shows");
            }
        }
        return refusal;
    }

    private HttpAnswer told(HttpRequest request) {
        Wish wish;
        try {
            wish = new Wish(
                    Since.read(request.query().first("since").orElse(null)),
                    kinds(request),
                    request.query().first("follow").filter("true"::equals).isPresent(),
                    Consistency.of(request));
        } catch (IllegalArgumentException wrong) {
            return Problems.badRequest(String.valueOf(wrong.getMessage()));
        }
        var refusal = tooOld(reads, wish.age(), request);
        if (refusal == null) {
            refusal = problem(journal);
        }
        if (refusal != null) {
            return refusal;
        }
        var start = start(wish.since());
        if (start.refusal() != null) {
            return start.refusal();
        }
        if (open.get() >= STREAMS_MAX) {
            return Problems.later(STREAMS_MAX + " readers of events are connected to this master; ask another one");
        }
        var manner = new EventReader.Manner(wish.kinds(), wish.follow(), SLOW_MAX);
        var reader = new EventReader(journal, start.after(), start.inclusive(), manner);
        return new HttpAnswer.Streaming(
                200, Headers.of("Content-Type", JsonLines.CONTENT_TYPE), Optional.of(BOUNDS), outbox -> {
                    open.incrementAndGet();
                    outbox.onClosed(open::decrementAndGet);
                    reader.run(outbox);
                });
    }

    /** Null once this member has applied what the answer must not miss. */
    static HttpAnswer.@Nullable Full tooOld(@Nullable MemberReads reads, @Nullable Duration age, HttpRequest request) {
        return reads == null || age == null || BarrierDoor.within(reads.fresh(age), request) instanceof Barrier.Reached
                ? null
                : Problems.later("No leading master could be asked how new the answer must be. Try again in a moment,"
                        + " or read with consistency=stale");
    }

    /** Null when there is a journal. */
    static HttpAnswer.@Nullable Full problem(JournalReads journal) {
        var registry = journal.registry();
        if (!registry.cluster().exists()) {
            return Problems.later("This master belongs to no cluster yet: there is nothing to read.");
        }
        return registry.featureLevel().includes(FeatureLevel.JOURNAL)
                ? null
                : HttpAnswer.text(
                        501,
                        "The cluster keeps no events and no audit below feature level " + FeatureLevel.JOURNAL.number()
                                + ", and is at " + registry.cluster().featureLevel()
                                + "; raise it once every master is upgraded");
    }

    private static List<String> kinds(HttpRequest request) {
        var kinds = request.query().all("kind");
        for (var kind : kinds) {
            if (List.of(EventKind.values()).stream().noneMatch(known -> known.fits(kind))) {
                throw new IllegalArgumentException(
                        "No event has the kind '" + kind + "'; docs/operations/events.md lists them");
            }
        }
        return kinds;
    }

    /** Where to begin, or why not. */
    private record Start(EventPlace after, boolean inclusive, HttpAnswer.@Nullable Full refusal) {
        static Start refused(HttpAnswer.Full why) {
            return new Start(EventPlace.NONE, false, why);
        }
    }

    private Start start(Since since) {
        var row = journal.registry().journal();
        var token = since.token();
        if (token != null) {
            return resume(token);
        }
        if (since.oldest()) {
            return new Start(row.eventsFrom(), true, null);
        }
        var age = since.age();
        if (age == null) {
            return new Start(row.last(), false, null);
        }
        var first = journal.eventSince(Instant.now().minus(age));
        return first == null ? new Start(row.last(), false, null) : new Start(first, true, null);
    }

    /** Exactly behind what the reader has seen, or not at all. */
    private Start resume(EventPlace token) {
        var row = journal.registry().journal();
        if (token.compareTo(row.last()) > 0) {
            boolean applied = journal.appliedUpTo(token.index(), AHEAD_MAX).join();
            row = journal.registry().journal();
            if (token.compareTo(row.last()) > 0) {
                return Start.refused(
                        applied && token.epoch() == row.last().epoch()
                                ? Problems.badRequest(
                                        "No event has the token " + token + ": the newest is " + row.last())
                                : Problems.later("This master has applied the log up to " + journal.applied()
                                        + " and did not get to the token " + token + " within "
                                        + AHEAD_MAX.toSeconds() + " s; ask another one"));
            }
        }
        if (token.plus(1).compareTo(row.eventsFrom()) < 0) {
            return Start.refused(gone("pruned", token, "was forgotten", row.eventsFrom()));
        }
        if (token.epoch() < row.last().epoch() && !isKept(token)) {
            return Start.refused(gone(
                    "epoch",
                    token,
                    "belongs to a past that was given up when the cluster was restored",
                    row.eventsFrom()));
        }
        return new Start(token, false, null);
    }

    private boolean isKept(EventPlace token) {
        var found = journal.events(token, 1).batches();
        return !found.isEmpty() && found.getFirst().first().compareTo(token) <= 0;
    }

    private static HttpAnswer.Full gone(String reason, EventPlace token, String why, EventPlace oldest) {
        return JsonText.page(410, json -> {
            json.writeStringField("reason", reason);
            json.writeStringField("token", token.toString());
            json.writeStringField("oldest", oldest.toString());
            json.writeStringField(
                    "message",
                    "What followed the token " + token + " " + why
                            + ": read the state of the cluster anew and go on from there, or from since=oldest");
        });
    }
}
