package org.mesolith.raft;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.JournalReads;
import org.mesolith.state.Registry;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.EventPage;
import org.mesolith.state.journal.EventPlace;

/** Events and audit out of this member's database. Any thread. */
record StoredJournal(MemberCore core) implements JournalReads {
    @Override
    public Registry registry() {
        return core.replica().registry();
    }

    @Override
    public long applied() {
        return core.replica().applied().getIndex();
    }

    @Override
    public CompletableFuture<Boolean> appliedUpTo(long index, Duration max) {
        return core.replica().appliedUpTo(index, max.toMillis());
    }

    @Override
    public EventPage events(EventPlace from, int max) {
        return core.ending().isExpected()
                ? EventPage.EMPTY
                : core.files().store().events(from, max);
    }

    @Override
    public @Nullable EventPlace eventSince(Instant time) {
        return core.ending().isExpected() ? null : core.files().store().eventSince(time);
    }

    @Override
    public List<AuditRow> audits(long from, int max) {
        return core.ending().isExpected() ? List.of() : core.files().store().audits(from, max);
    }
}
