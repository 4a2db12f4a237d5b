package org.mesolith.statecodec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HexFormat;
import org.mesolith.proto.gen.rows.Rows;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.Event;
import org.mesolith.state.journal.EventBatch;
import org.mesolith.state.journal.EventKind;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.state.journal.JournalRow;

/**
 * Events, audit rows and where both stand, as bytes.
 *
 * <p>Every {@code read…} throws {@link MalformedBytesException} for bytes that nobody wrote.
 */
public final class JournalCodec {
    private static final HexFormat HEX = HexFormat.of();

    private JournalCodec() {}

    static Rows.EventPlace place(EventPlace place) {
        return Rows.EventPlace.newBuilder()
                .setEpoch(place.epoch())
                .setIndex(place.index())
                .setOrdinal(place.ordinal())
                .build();
    }

    static EventPlace place(Rows.EventPlace place) {
        return new EventPlace(place.getEpoch(), place.getIndex(), place.getOrdinal());
    }

    public static byte[] write(EventBatch batch) {
        var written =
                Rows.EventBatch.newBuilder().setFirst(place(batch.first())).setTime(Values.time(batch.time()));
        for (var event : batch.events()) {
            var one = Rows.EventBatch.Event.newBuilder()
                    .setKind(event.kind().number())
                    .setSubject(event.subject());
            event.facts()
                    .forEach(fact -> one.addFacts(Rows.EventBatch.Fact.newBuilder()
                            .setName(fact.name())
                            .setText(fact.text())));
            written.addEvents(one);
        }
        return written.build().toByteArray();
    }

    public static EventBatch readEvents(byte[] bytes) {
        try {
            var read = Rows.EventBatch.parseFrom(bytes);
            return new EventBatch(
                    place(read.getFirst()),
                    Values.time(read.getTime()),
                    read.getEventsList().stream().map(JournalCodec::event).toList());
        } catch (InvalidProtocolBufferException | IllegalArgumentException malformed) {
            throw new MalformedBytesException("events of " + bytes.length + " bytes", malformed);
        }
    }

    private static Event event(Rows.EventBatch.Event read) {
        return new Event(
                EventKind.of(read.getKind()),
                read.getSubject(),
                read.getFactsList().stream()
                        .map(fact -> new Event.Fact(fact.getName(), fact.getText()))
                        .toList());
    }

    public static byte[] write(AuditRow row) {
        var deed = row.deed();
        return Rows.Audit.newBuilder()
                .setSequence(row.sequence())
                .setAt(Values.position(row.at()))
                .setEpoch(row.epoch())
                .setTime(Values.time(row.time()))
                .setActor(deed.actor())
                .setId(deed.id())
                .setPrincipal(deed.principal())
                .setAddress(deed.address())
                .setCall(deed.call())
                .setSubject(deed.subject())
                .setArguments(deed.arguments())
                .setOutcome(deed.outcome())
                .setMessage(deed.message())
                .setBefore(deed.before())
                .setAfter(deed.after())
                .setPrevious(bytes(row.previous()))
                .setHash(bytes(row.hash()))
                .build()
                .toByteArray();
    }

    public static AuditRow readAudit(byte[] bytes) {
        try {
            var read = Rows.Audit.parseFrom(bytes);
            return new AuditRow(
                    read.getSequence(),
                    Values.position(read.getAt()),
                    read.getEpoch(),
                    Values.time(read.getTime()),
                    new AuditRow.Deed(
                            read.getActor(),
                            read.getId(),
                            read.getPrincipal(),
                            read.getAddress(),
                            read.getCall(),
                            read.getSubject(),
                            read.getArguments(),
                            read.getOutcome(),
                            read.getMessage(),
                            read.getBefore(),
                            read.getAfter()),
                    hex(read.getPrevious()),
                    hex(read.getHash()));
        } catch (InvalidProtocolBufferException | IllegalArgumentException malformed) {
            throw new MalformedBytesException("audit row of " + bytes.length + " bytes", malformed);
        }
    }

    public static byte[] write(JournalRow row) {
        return Rows.Journal.newBuilder()
                .setLast(place(row.last()))
                .setEvents(row.events())
                .setEventHash(row.eventHash())
                .setEventsFrom(place(row.eventsFrom()))
                .setEventsForgotten(row.eventsForgotten())
                .setEventBytes(row.eventBytes())
                .setAudits(row.audits())
                .setHead(bytes(row.head()))
                .setAuditsFrom(row.auditsFrom())
                .setAnchor(bytes(row.anchor()))
                .setAuditBytes(row.auditBytes())
                .build()
                .toByteArray();
    }

    public static JournalRow readJournal(byte[] bytes) {
        try {
            var read = Rows.Journal.parseFrom(bytes);
            return new JournalRow(
                    place(read.getLast()),
                    read.getEvents(),
                    read.getEventHash(),
                    place(read.getEventsFrom()),
                    read.getEventsForgotten(),
                    read.getEventBytes(),
                    read.getAudits(),
                    hex(read.getHead()),
                    read.getAuditsFrom(),
                    hex(read.getAnchor()),
                    read.getAuditBytes());
        } catch (InvalidProtocolBufferException malformed) {
            throw new MalformedBytesException("place of the journal of " + bytes.length + " bytes", malformed);
        }
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HEX.parseHex(hex));
    }

    private static String hex(ByteString bytes) {
        return HEX.formatHex(bytes.toByteArray());
    }
}
