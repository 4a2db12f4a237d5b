package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.model.Position;
import org.mesolith.model.Weight;
import org.mesolith.state.Actor;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.Envelope;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Origin;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.Registry;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.journal.AuditChain;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.EventBatch;
import org.mesolith.state.journal.EventPage;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.state.row.Applied;
import org.mesolith.state.rules.StateMachine;
import org.mesolith.store.RocksStore;

final class JournalPruningTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    private Path directory;

    private Registry registry = Registry.EMPTY;
    private long index;

    private void apply(RocksStore store, Command command) {
        var at = new Position(++index, 0);
        var envelope = new Envelope(Actor.operator("ops"), Origin.HTTP, null, START.plusSeconds(index), 1);
        var step = StateMachine.step(registry, new LogEntry(at, 1, envelope, command));
        registry = step.after();
        store.write(new Applied(1, index, at), step.changes());
    }

    private void fill(RocksStore store, int commands) {
        apply(store, new SystemCommand.InitCluster("c0ffee00", 1, 7));
        for (int i = 0; i < commands; i++) {
            apply(store, new QuotaCommand.SetWeights(List.of(Weight.of("ads", i + 2))));
        }
    }

    private static RatisSettings.JournalRules keep(long events, long audits) {
        return new RatisSettings.JournalRules(
                events, 1 << 20, Duration.ofDays(1), audits, 1 << 20, Duration.ofDays(1), Duration.ofSeconds(1));
    }

    private SystemCommand.@Nullable PruneJournal wish(RocksStore store, RatisSettings.JournalRules rules, Instant now) {
        var kept = new JournalPruning.Kept() {
            @Override
            public EventPage events(EventPlace from, int max) {
                return store.events(from, max);
            }

            @Override
            public List<AuditRow> audits(long from, int max) {
                return store.audits(from, max);
            }
        };
        return JournalPruning.wish(registry.journal(), kept, rules, now).command();
    }

    private @Nullable String wrong(List<AuditRow> rows) {
        var check = AuditChain.Check.of(registry.journal());
        for (var row : rows) {
            var wrong = check.add(row);
            if (wrong != null) {
                return wrong;
            }
        }
        return check.end();
    }

    @Test
    void theOldestGoAndTheChainHoldsFromTheOldestThatIsLeft() {
        try (var store = RocksStore.open(directory)) {
            fill(store, 30);
            var wish = wish(store, keep(10, 12), START);
            assertThat(wish).isNotNull();

            apply(store, wish);

            var kept = store.events(EventPlace.NONE, 100);
            assertThat(kept.batches()).hasSize(10);
            assertThat(kept.from()).isEqualTo(new EventPlace(1, 21, 1));
            assertThat(registry.journal().eventsKept()).isEqualTo(10);
            assertThat(store.audits(0, 100))
                    .hasSize(12)
                    .first()
                    .extracting(AuditRow::sequence)
                    .isEqualTo(20L);
            assertThat(wrong(store.audits(0, 100))).isNull();
            assertThat(wish(store, keep(10, 12), START)).isNull();
        }
    }

    @Test
    void whatTakesTooManyBytesIsForgottenFromTheOldestOn() {
        try (var store = RocksStore.open(directory)) {
            fill(store, 30);
            var journal = registry.journal();
            var half = new RatisSettings.JournalRules(
                    1_000,
                    journal.eventBytes() / 2,
                    Duration.ofDays(1),
                    1_000,
                    journal.auditBytes() / 2,
                    Duration.ofDays(1),
                    Duration.ofSeconds(1));
            var wish = wish(store, half, START);
            assertThat(wish).isNotNull();

            apply(store, wish);

            assertThat(registry.journal().eventBytes()).isBetween(journal.eventBytes() / 3, half.eventBytesMax());
            assertThat(registry.journal().auditBytes()).isBetween(journal.auditBytes() / 3, half.auditBytesMax());
            assertThat(store.events(EventPlace.NONE, 100).batches().stream()
                            .mapToLong(EventBatch::bytes)
                            .sum())
                    .isEqualTo(registry.journal().eventBytes());
            assertThat(store.audits(0, 100).stream().mapToLong(AuditRow::bytes).sum())
                    .isEqualTo(registry.journal().auditBytes());
            assertThat(wrong(store.audits(0, 100))).isNull();
        }
    }

    @Test
    void whatWasLookedForBeforeAnotherPruningIsRefused() {
        try (var store = RocksStore.open(directory)) {
            fill(store, 30);
            var first = wish(store, keep(20, 20), START);
            var second = wish(store, keep(10, 10), START);
            assertThat(first).isNotNull();
            assertThat(second).isNotNull();

            apply(store, first);
            var after = registry.journal();
            apply(store, second);

            assertThat(registry.journal()).isEqualTo(after);
        }
    }

    @Test
    void howeverOldTheNewestStays() {
        try (var store = RocksStore.open(directory)) {
            fill(store, 5);
            var wish = wish(store, keep(100, 100), START.plus(Duration.ofDays(9)));
            assertThat(wish).isNotNull();

            apply(store, wish);

            assertThat(store.events(EventPlace.NONE, 100).batches()).hasSize(1);
            assertThat(registry.journal().eventsKept()).isEqualTo(1);
        }
    }

    @Test
    void aByteThatChangedInTheStoreBreaksTheChain() {
        try (var store = RocksStore.open(directory)) {
            fill(store, 5);
            assertThat(wrong(store.audits(0, 100))).isNull();
            var row = store.audits(3, 1).getFirst();
            var deed = row.deed();
            var flipped = new AuditRow.Deed(
                    deed.actor(),
                    deed.id(),
                    "opt",
                    deed.address(),
                    deed.call(),
                    deed.subject(),
                    deed.arguments(),
                    deed.outcome(),
                    deed.message(),
                    deed.before(),
                    deed.after());
            store.write(
                    new Applied(1, index, registry.at()),
                    List.of(new Change.AuditPut(new AuditRow(
                            row.sequence(), row.at(), row.epoch(), row.time(), flipped, row.previous(), row.hash()))));

            assertThat(wrong(store.audits(0, 100))).isEqualTo("row 3 was changed: its content does not give its hash");
        }
    }

    @Test
    void aReloadedStoreAndItsCheckpointHoldTheSameEventsAndAudit() {
        var copy = directory.resolve("copy");
        try (var store = RocksStore.open(directory.resolve("one"))) {
            fill(store, 5);
            store.checkpoint(copy);
        }
        try (var one = RocksStore.open(directory.resolve("one"));
                var other = RocksStore.open(directory.resolve("other"))) {
            other.replaceBy(copy);

            assertThat(one.load().registry().journal()).isEqualTo(registry.journal());
            assertThat(other.load().registry().journal()).isEqualTo(registry.journal());
            assertThat(other.events(EventPlace.NONE, 100)).isEqualTo(one.events(EventPlace.NONE, 100));
            assertThat(wrong(other.audits(0, 100))).isNull();
            assertThat(other.eventSince(START.plusSeconds(4))).isEqualTo(new EventPlace(1, 4, 0));
        }
    }
}
