package org.mesolith.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mesolith.state.Registry;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.EventPage;
import org.mesolith.state.journal.EventPlace;

/**
 * Events and audit as this member has applied them, leading or not.
 *
 * <p>Threads: any. All but {@link #registry} and {@link #applied} may read the disk. Once the member ends, nothing more
 * is found.
 */
public interface JournalReads {
    /** As far as this member has applied the log; its journal says where events and audit stand. */
    Registry registry();

    /** Index of the newest entry applied here. */
    long applied();

    /** True once this index is applied here; false when it was not within this time. Never exceptionally. */
    CompletableFuture<Boolean> appliedUpTo(long index, Duration max);

    /** The batches of events that hold the place or come after it, at most so many, oldest first. */
    EventPage events(EventPlace from, int max);

    /** Place of the first event that is not older than this time; null when every one is older. */
    @Nullable
    EventPlace eventSince(Instant time);

    /** Audit rows of this sequence and after it, at most so many, in order. */
    List<AuditRow> audits(long from, int max);
}
