package org.mesolith.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.log.JournalReads;
import org.mesolith.log.MemberReads;
import org.mesolith.state.Registry;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * {@code GET /audit?since=…&from=…&actor=…&limit=…}: who did what, from any master, one JSON document a line: first
 * what
 * the registry knows of the chain, then rows, then where to go on.
 */
final class AuditDoor {
    static final String PATH = "/audit";

    private static final int ROWS_MAX = 1_000;
    private static final int PAGE = 500;

    private final JournalReads journal;
    private final MemberReads reads;
    private final Gate gate;

    AuditDoor(JournalReads journal, MemberReads reads, Gate gate) {
        this.journal = journal;
        this.reads = reads;
        this.gate = gate;
    }

    /**
     * What somebody asked for.
     *
     * @param from sequence of the first row that is looked at
     */
    private record Wish(
            long from, @Nullable Instant after, @Nullable String actor, int limit) {
        boolean fits(AuditRow row) {
            return (after == null || !row.time().isBefore(after))
                    && (actor == null
                            || actor.equals(row.deed().principal())
                            || actor.equals(row.deed().id())
                            || actor.equals(row.deed().actor()));
        }
    }

    HttpAnswer answer(HttpRequest request) {
        if (!request.method().equals("GET")) {
            return HttpAnswer.text(405, "Expecting GET").with("Allow", "GET");
        }
        return switch (gate.who(request, Authenticator.Realm.READER)) {
            case CallPath.Who.Refused(var answer) -> answer;
            case CallPath.Who.Passed(var principal) -> {
                var refusal = EventsDoor.refusal(gate, principal, PATH);
                yield refusal != null ? refusal : read(request);
            }
        };
    }

    private HttpAnswer.Full read(HttpRequest request) {
        Wish wish;
        Consistency how;
        try {
            wish = wish(request);
            how = Consistency.of(request);
        } catch (IllegalArgumentException wrong) {
            return Problems.badRequest(String.valueOf(wrong.getMessage()));
        }
        var age = how == null ? Duration.ZERO : how.age();
        var problem = EventsDoor.tooOld(reads, age, request);
        if (problem == null) {
            problem = EventsDoor.problem(journal);
        }
        if (problem != null) {
            return problem;
        }
        var registry = journal.registry();
        var bytes = rows(registry, wish);
        return Places.tell(HttpAnswer.of(200, JsonLines.CONTENT_TYPE, Body.of(bytes)), registry, reads.term());
    }

    private static Wish wish(HttpRequest request) {
        var query = request.query();
        var since = Since.read(query.first("since").orElse(null));
        if (since.token() != null) {
            throw new IllegalArgumentException(
                    "The audit is read since a time, such as 1h, or from a row: from=NUMBER");
        }
        var age = since.age();
        try {
            return new Wish(
                    query.first("from").map(Long::parseLong).orElse(0L),
                    age == null ? null : Instant.now().minus(age),
                    query.first("actor").orElse(null),
                    Math.clamp(query.first("limit").map(Integer::parseInt).orElse(ROWS_MAX), 1, ROWS_MAX));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("'from' and 'limit' are numbers", wrong);
        }
    }

    /** Never beyond what the registry knows, so that the end of the chain can be compared. */
    private byte[] rows(Registry registry, Wish wish) {
        var row = registry.journal();
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(JsonLines.line(json -> {
            json.writeStringField("type", "chain");
            json.writeStringField("cluster", registry.cluster().clusterId());
            json.writeNumberField("from", row.auditsFrom());
            json.writeStringField("anchor", row.anchor());
            json.writeNumberField("rows", row.audits());
            json.writeStringField("head", row.head());
        }));
        long next = Math.max(wish.from(), row.auditsFrom());
        int shown = 0;
        while (next <= row.audits() && shown < wish.limit()) {
            var page = journal.audits(next, PAGE);
            if (page.isEmpty()) {
                break;
            }
            for (var audit : page) {
                if (audit.sequence() <= row.audits() && shown < wish.limit()) {
                    next = audit.sequence() + 1;
                    if (wish.fits(audit)) {
                        bytes.writeBytes(JsonLines.line(json -> write(json, audit)));
                        shown++;
                    }
                }
            }
        }
        long goOn = next;
        bytes.writeBytes(JsonLines.line(json -> {
            json.writeStringField("type", "end");
            json.writeNumberField("next", goOn);
            json.writeBooleanField("more", goOn <= row.audits());
        }));
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, AuditRow row) throws IOException {
        var deed = row.deed();
        json.writeStringField("type", "audit");
        json.writeNumberField("sequence", row.sequence());
        json.writeNumberField("epoch", row.epoch());
        json.writeNumberField("index", row.at().index());
        json.writeNumberField("ordinal", row.at().ordinal());
        json.writeStringField("time", row.time().toString());
        json.writeStringField("actor", deed.actor());
        json.writeStringField("id", deed.id());
        json.writeStringField("principal", deed.principal());
        json.writeStringField("address", deed.address());
        json.writeStringField("call", deed.call());
        json.writeStringField("subject", deed.subject());
        json.writeStringField("arguments", deed.arguments());
        json.writeStringField("outcome", deed.outcome());
        json.writeStringField("message", deed.message());
        json.writeStringField("before", deed.before());
        json.writeStringField("after", deed.after());
        json.writeStringField("previous", row.previous());
        json.writeStringField("hash", row.hash());
    }
}
