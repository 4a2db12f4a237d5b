package org.mesolith.leader.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.ReadDetails;
import org.mesolith.leader.event.Effect.WakeAfter;
import org.mesolith.leader.event.LeaderEvent.AnswersDue;
import org.mesolith.leader.event.Tally;
import org.mesolith.state.row.TaskRow;

/**
 * Tasks that frameworks asked for and that are in the registry, in the order of the questions. They are read and
 * answered page by page with a pause between, so that a framework with very many tasks can read its answers as fast as
 * they come, and nobody else waits.
 */
final class Questions {
    private static final int PAGE = 500;
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** A read that takes longer is given up, and what it was to bring is not answered. */
    private static final Duration READ_MAX = Duration.ofSeconds(30);

    /** Tasks that wait; more are not answered, and their frameworks ask again. */
    private static final int WAITING_MAX = 1_000_000;

    private final Tally tally;
    private final Deque<TaskRow> waiting = new ArrayDeque<>();
    private @Nullable Instant readSince;

    Questions(Tally tally) {
        this.tally = tally;
    }

    /** More to answer. */
    List<Effect> ask(List<TaskRow> rows, Instant now) {
        if (waiting.size() + rows.size() > WAITING_MAX) {
            tally.count("master/dropped_messages");
            return List.of();
        }
        waiting.addAll(rows);
        return due(now);
    }

    /** What was read is answered; the next page follows after a pause. */
    List<Effect> answered() {
        readSince = null;
        return waiting.isEmpty() ? List.of() : List.of(new WakeAfter(PAUSE, new AnswersDue()));
    }

    /** Reads on, unless a read is under way. */
    List<Effect> due(Instant now) {
        var since = readSince;
        boolean busy = since != null && Duration.between(since, now).compareTo(READ_MAX) < 0;
        if (busy || waiting.isEmpty()) {
            return List.of();
        }
        readSince = now;
        var page = new ArrayList<TaskRow>();
        while (page.size() < PAGE && !waiting.isEmpty()) {
            page.add(waiting.removeFirst());
        }
        return List.of(new ReadDetails(ReadDetails.Purpose.ANSWER, page));
    }
}
