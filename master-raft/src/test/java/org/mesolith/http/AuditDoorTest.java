package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mesolith.log.Barrier;
import org.mesolith.log.Details;
import org.mesolith.log.JournalReads;
import org.mesolith.log.MemberReads;
import org.mesolith.log.PeerTerms;
import org.mesolith.model.Position;
import org.mesolith.state.Change;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Registry;
import org.mesolith.state.journal.AuditChain;
import org.mesolith.state.journal.AuditRow;
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

/** Pages of the audit, without a network. */
final class AuditDoorTest {
    private static final int ROWS = 7;

    private final Kept kept = new Kept();
    private final AuditDoor door = new AuditDoor(kept, kept, Gate.OPEN);

    /** Rows in memory. */
    private static final class Kept implements JournalReads, MemberReads {
        private final List<AuditRow> rows = new ArrayList<>();
        private JournalRow row = JournalRow.NONE;
        private Barrier fresh = new Barrier.Reached(9);
        private int level = FeatureLevel.JOURNAL.number();

        void add(String principal, Instant time) {
            var deed = new AuditRow.Deed(
                    "operator",
                    "",
                    principal,
                    "10.0.0.9",
                    "SET_WEIGHTS",
                    "ads",
                    "ads:2.0",
                    "accepted",
                    "",
                    "ads:1.0",
                    "ads:2.0");
            var made = AuditChain.row(row.audits() + 1, new Position(9, rows.size()), 1, time, deed, row.head());
            rows.add(made);
            row = row.with(made);
        }

        @Override
        public Registry registry() {
            return Registry.EMPTY.with(
                    new Position(9, 0),
                    List.of(new Change.ClusterPut(new ClusterRow("c", 1, 7, level)), new Change.JournalPut(row)));
        }

        @Override
        public long applied() {
            return 9;
        }

        @Override
        public CompletableFuture<Boolean> appliedUpTo(long index, Duration max) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public EventPage events(EventPlace from, int max) {
            return new EventPage(EventPlace.NONE, List.of());
        }

        @Override
        public @Nullable EventPlace eventSince(Instant time) {
            return null;
        }

        @Override
        public List<AuditRow> audits(long from, int max) {
            return rows.stream()
                    .filter(one -> one.sequence() >= from)
                    .limit(Math.min(max, 2))
                    .toList();
        }

        @Override
        public CompletableFuture<Barrier> barrier() {
            return CompletableFuture.completedFuture(fresh);
        }

        @Override
        public CompletableFuture<Barrier> fresh(Duration age) {
            return CompletableFuture.completedFuture(fresh);
        }

        @Override
        public Details details() {
            throw new AssertionError("nobody needs details");
        }

        @Override
        public long term() {
            return 3;
        }

        @Override
        public PeerTerms.Heard heard() {
            return new PeerTerms.Heard("m1", "g", 3);
        }
    }

    @BeforeEach
    void someDidThings() {
        var now = Instant.now();
        for (int row = 1; row <= ROWS; row++) {
            kept.add(row % 3 == 0 ? "carol" : "alice", row == 1 ? now.minus(Duration.ofDays(3)) : now);
        }
    }

    private HttpAnswer.Full ask(String method, String query) {
        var parameters = new ArrayList<Query.Parameter>();
        for (var pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            parameters.add(new Query.Parameter(pair.split("=", 2)[0], pair.split("=", 2)[1]));
        }
        return (HttpAnswer.Full) door.answer(new HttpRequest(
                method,
                AuditDoor.PATH,
                AuditDoor.PATH,
                new Query(parameters),
                Headers.NONE,
                Body.EMPTY,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Deadline.after(Duration.ofSeconds(5)),
                false));
    }

    private List<String> lines(String query) {
        var answer = ask("GET", query);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().utf8().lines().toList();
    }

    @Test
    void aRowSaysWhoDidWhatFromWhereAndWhatCameOfIt() {
        var lines = lines("");

        assertThat(lines).hasSize(ROWS + 2);
        assertThat(lines).first().asString().contains("\"type\":\"chain\"", "\"from\":1", "\"rows\":" + ROWS);
        assertThat(lines.get(3))
                .contains(
                        "\"type\":\"audit\"",
                        "\"sequence\":3",
                        "\"index\":9",
                        "\"actor\":\"operator\"",
                        "\"principal\":\"carol\"",
                        "\"address\":\"10.0.0.9\"",
                        "\"call\":\"SET_WEIGHTS\"",
                        "\"outcome\":\"accepted\"",
                        "\"before\":\"ads:1.0\"",
                        "\"after\":\"ads:2.0\"",
                        "\"previous\":\"" + kept.rows.get(1).hash());
        assertThat(lines).last().asString().contains("\"next\":8", "\"more\":false");
    }

    @Test
    void pagesFollowEachOtherWithoutGapAndSayWhereToGoOn() {
        var first = lines("limit=4");
        var second = lines("from=5&limit=4");

        assertThat(first).hasSize(6).last().asString().contains("\"next\":5", "\"more\":true");
        assertThat(second).hasSize(5).last().asString().contains("\"next\":8", "\"more\":false");
        assertThat(second.get(1)).contains("\"sequence\":5");
    }

    @Test
    void onlyTheRowsOfAnActorOrOfATimeAreShown() {
        assertThat(lines("actor=carol")).hasSize(2 + 2);
        assertThat(lines("actor=operator")).hasSize(ROWS + 2);
        assertThat(lines("actor=nobody")).hasSize(2);
        assertThat(lines("since=1h")).hasSize(ROWS - 1 + 2);
    }

    @Test
    void whatCannotBeAnsweredIsRefusedWithTheReason() {
        assertThat(ask("POST", "").status()).isEqualTo(405);
        assertThat(ask("GET", "from=first").status()).isEqualTo(400);
        assertThat(ask("GET", "since=yesterday").status()).isEqualTo(400);
        assertThat(ask("GET", "since=1-5-0").body().utf8()).contains("from=NUMBER");
        kept.fresh = new Barrier.NotLeader(null);
        assertThat(ask("GET", "").status()).isEqualTo(503);
        assertThat(ask("GET", "consistency=stale").status()).isEqualTo(200);
        kept.level = FeatureLevel.MEMBERSHIP.number();
        assertThat(ask("GET", "consistency=stale").status()).isEqualTo(501);
    }
}
