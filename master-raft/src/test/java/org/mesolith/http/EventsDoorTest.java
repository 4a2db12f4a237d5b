package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.log.JournalReads;
import org.mesolith.model.Position;
import org.mesolith.state.Change;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Registry;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.Event;
import org.mesolith.state.journal.EventBatch;
import org.mesolith.state.journal.EventKind;
import org.mesolith.state.journal.EventPage;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.state.journal.JournalRow;
import org.mesolith.state.row.ClusterRow;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

/** What readers of events are told, without a network. */
final class EventsDoorTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final Told journal = new Told();
    private final EventsDoor door = new EventsDoor(journal, null, Gate.OPEN);

    /** Events in memory: one batch of two for each entry of the log. */
    private static final class Told implements JournalReads {
        private final List<EventBatch> batches = new CopyOnWriteArrayList<>();
        private int level = FeatureLevel.JOURNAL.number();
        private JournalRow row = JournalRow.NONE;

        void add(long index, EventKind kind) {
            var events = List.of(
                    new Event(kind, "one-" + index, List.of()),
                    new Event(EventKind.WEIGHT_UPDATED, "two-" + index, List.of(new Event.Fact("weight", "2.0"))));
            var batch = new EventBatch(new EventPlace(1, index, 0), START.plusSeconds(index), events);
            batches.add(batch);
            row = row.with(batch);
        }

        void forgetBefore(long index) {
            batches.removeIf(batch -> batch.first().index() < index);
            row = row.withoutEvents(new JournalRow.Forgotten(
                    row.eventsFrom(), new EventPlace(1, index, 0), 0, 0, 1, 1, row.anchor(), 0));
        }

        @Override
        public Registry registry() {
            return Registry.EMPTY.with(
                    new Position(row.last().index(), 0),
                    List.of(new Change.ClusterPut(new ClusterRow("c", 1, 7, level)), new Change.JournalPut(row)));
        }

        @Override
        public long applied() {
            return row.last().index();
        }

        @Override
        public CompletableFuture<Boolean> appliedUpTo(long index, Duration max) {
            return CompletableFuture.completedFuture(index <= applied());
        }

        @Override
        public EventPage events(EventPlace from, int max) {
            return new EventPage(
                    row.eventsFrom(),
                    batches.stream()
                            .filter(batch -> batch.last().compareTo(from) >= 0)
                            .limit(max)
                            .toList());
        }

        @Override
        public @Nullable EventPlace eventSince(Instant time) {
            return batches.stream()
                    .filter(batch -> !batch.time().isBefore(time))
                    .map(EventBatch::first)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public List<AuditRow> audits(long from, int max) {
            return List.of();
        }
    }

    private HttpAnswer ask(String method, String query) {
        var parameters = new ArrayList<Query.Parameter>();
        for (var pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            parameters.add(new Query.Parameter(pair.split("=", 2)[0], pair.split("=", 2)[1]));
        }
        return door.answer(new HttpRequest(
                method,
                EventsDoor.PATH,
                EventsDoor.PATH,
                new Query(parameters),
                Headers.NONE,
                Body.EMPTY,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Deadline.after(Duration.ofSeconds(5)),
                false));
    }

    private static List<String> read(EventReader reader, KeptFrames outbox) {
        reader.run(outbox);
        assertThat(outbox.isOpen()).isFalse();
        return outbox.lines();
    }

    private EventReader from(EventPlace seen, boolean follow, String... kinds) {
        return new EventReader(
                journal, seen, false, new EventReader.Manner(List.of(kinds), follow, Duration.ofMillis(30)));
    }

    private void three() {
        journal.add(5, EventKind.AGENT_ADDED);
        journal.add(6, EventKind.TASK_ADDED);
        journal.add(8, EventKind.TASK_REMOVED);
    }

    private void thousand() {
        for (int index = 5; index < 1_005; index++) {
            journal.add(index, EventKind.AGENT_ADDED);
        }
    }

    @Test
    void aReaderGoesOnExactlyBehindItsTokenUntilEverythingIsTold() {
        three();

        var lines = read(from(new EventPlace(1, 5, 0), false), new KeptFrames(9));

        assertThat(lines).first().asString().contains("\"type\":\"snapshot\"", "\"token\":\"1-5-0\"");
        assertThat(lines.subList(1, 6))
                .extracting(line -> line.replaceAll(".*\"token\":\"([^\"]*)\".*\"subject\":\"([^\"]*)\".*", "$1 $2"))
                .containsExactly("1-5-1 two-5", "1-6-0 one-6", "1-6-1 two-6", "1-8-0 one-8", "1-8-1 two-8");
        assertThat(lines).last().asString().contains("\"reason\":\"complete\"", "\"token\":\"1-8-1\"");
    }

    @Test
    void aFilterTakesAKindOrItsFamily() {
        three();
        var seen = new EventPlace(1, 5, 0);

        assertThat(read(from(seen, false, "task"), new KeptFrames(9)).stream()
                        .filter(line -> line.contains("\"type\":\"event\"")))
                .hasSize(2)
                .allMatch(line -> line.contains("\"kind\":\"task_"));
        assertThat(read(from(seen, false, "weight_updated", "task_removed"), new KeptFrames(9)).stream()
                        .filter(line -> line.contains("\"type\":\"event\"")))
                .hasSize(4);
    }

    @Test
    void aReaderThatTakesNothingIsEndedAsLagged() {
        three();

        var lines = read(from(new EventPlace(1, 5, 1), true), new KeptFrames(1));

        assertThat(lines).last().asString().contains("\"type\":\"end\"", "\"reason\":\"lagged\"");
    }

    /** What waits is dropped with the end: a token of what was read here would lie behind it. */
    @Test
    void aLaggedEndHasNoTokenOfItsOwn() {
        thousand();

        var lines = read(from(new EventPlace(1, 5, 1), true), new KeptFrames(2));

        assertThat(lines.size()).isGreaterThan(50);
        assertThat(lines.getLast()).contains("lagged").doesNotContain("token\":");
    }

    @Test
    void aReaderThatForgettingHasOvertakenIsEndedAsLagged() {
        three();
        var reader = from(new EventPlace(1, 5, 1), true);
        journal.forgetBefore(8);

        assertThat(read(reader, new KeptFrames(9))).last().asString().contains("\"reason\":\"lagged\"");
    }

    @Test
    void forgettingWhatAReaderHasSeenDoesNotEndIt() {
        three();
        journal.forgetBefore(6);
        var seen = new EventPlace(1, 5, 1);

        journal.row = journal.row.withoutEvents(
                new JournalRow.Forgotten(journal.row.eventsFrom(), seen.plus(1), 0, 0, 1, 1, journal.row.anchor(), 0));

        assertThat(read(from(seen, false), new KeptFrames(9))).last().asString().contains("complete");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,since=yesterday,400",
        "GET,kind=nonsense,400",
        "GET,consistency=often,400",
        "GET,since=1-5-1,410",
        "GET,since=1-99-0,503",
        "POST,since=oldest,405"
    })
    void whatCannotBeToldIsRefused(String method, String query, int status) {
        three();
        journal.forgetBefore(8);

        assertThat(((HttpAnswer.Full) ask(method, query)).status()).isEqualTo(status);
    }

    @Test
    void aForgottenTokenIsAnsweredWithTheOldestThatIsKept() {
        three();
        journal.forgetBefore(8);

        assertThat(((HttpAnswer.Full) ask("GET", "since=1-5-1")).body().utf8())
                .contains("\"reason\":\"pruned\"", "\"oldest\":\"1-8-0\"");
    }

    @Test
    void belowItsLevelAClusterHasNoEvents() {
        three();
        journal.level = FeatureLevel.MEMBERSHIP.number();

        assertThat(((HttpAnswer.Full) ask("GET", "")).status()).isEqualTo(501);
    }
}
