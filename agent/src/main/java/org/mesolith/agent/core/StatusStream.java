package org.mesolith.agent.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;

/**
 * The updates of one run, in order: only the oldest not acknowledged is under way; it is sent again after 10 s, 20 s, …
 * up to 10 min until its acknowledgement comes (Mesos: task status update manager).
 *
 * <p>An update is sent when its record was settled: written, or refused by the disk. In the second case a crash could
 * make us forget it, but a new agent process makes the same update with the same uuid from the process' own traces.
 * That the update before it was acknowledged must be written: else that one would be sent once more, behind this one.
 */
final class StatusStream {
    private final List<RunRecord.Update> updates = new ArrayList<>();
    private int dropped;
    private int acknowledged;
    private int settled;
    private int attempt;
    private boolean wanted;

    private StatusStream(boolean wanted) {
        this.wanted = wanted;
    }

    /** Takes up what was written before; none of it needs to wait for the disk. */
    static StatusStream of(RunRecord.Progress progress) {
        var stream = new StatusStream(progress.wanted());
        stream.updates.addAll(progress.updates());
        stream.dropped = progress.dropped();
        stream.acknowledged = progress.acknowledged();
        stream.settled = stream.size();
        return stream;
    }

    boolean isWanted() {
        return wanted;
    }

    /** Nobody wants updates of this run any more. */
    void silence() {
        wanted = false;
    }

    /** Those that are kept. */
    List<RunRecord.Update> updates() {
        return List.copyOf(updates);
    }

    int acknowledged() {
        return acknowledged;
    }

    /** How many were dropped behind the first TASK_RUNNING; all of them were acknowledged. */
    int dropped() {
        return dropped;
    }

    /** How many were made; an update's ordinal counts those that were made before it. */
    int size() {
        return updates.size() + dropped;
    }

    /** Ordinals of those that are kept. */
    IntStream ordinals() {
        int started = started();
        return IntStream.range(0, updates.size()).map(index -> index < started ? index : index + dropped);
    }

    /** The update of this ordinal, which is kept. */
    RunRecord.Update update(int ordinal) {
        return updates.get(ordinal < started() ? ordinal : ordinal - dropped);
    }

    /** How many there are up to the first TASK_RUNNING: these are never dropped. */
    private int started() {
        for (int index = 0; index < updates.size(); index++) {
            if (updates.get(index).state() == TaskState.TASK_RUNNING) {
                return index + 1;
            }
        }
        return updates.size();
    }

    /**
     * Nothing is made after a terminal update. When too many wait, one of a running task takes the place of the one
     * before it, which nobody has seen.
     */
    void add(RunRecord.Update update) {
        Check.that(!isClosed(), "an update after a terminal one");
        boolean many = size() - acknowledged > AgentSettings.UPDATES_WAITING_MAX;
        if (many && isOfCheck(update) && isOfCheck(updates.getLast())) {
            updates.set(updates.size() - 1, update);
            return;
        }
        updates.add(update);
        int started = started();
        while (updates.size() > AgentSettings.UPDATES_KEPT_MAX && started + dropped < acknowledged) {
            updates.remove(started);
            dropped++;
        }
    }

    private static boolean isOfCheck(RunRecord.Update update) {
        return update.said() == null
                && (update.reason() == StatusReason.REASON_TASK_CHECK_STATUS_UPDATED
                        || update.reason() == StatusReason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED);
    }

    /** Drops what was never sent, for a run whose order the disk refused. */
    void clear() {
        Check.that(acknowledged == 0 && attempt == 0, "updates dropped that were sent");
        updates.clear();
        settled = 0;
    }

    /** The first {@code count} updates are settled on disk. */
    void settle(int count) {
        settled = Math.max(settled, Math.min(count, size()));
    }

    /** The newest update, null before the first. */
    RunRecord.@Nullable Update latest() {
        return updates.isEmpty() ? null : updates.getLast();
    }

    /** True once the terminal update was made. */
    boolean isClosed() {
        return !updates.isEmpty() && updates.getLast().state().isTerminal();
    }

    /** True once the terminal update was acknowledged, or is not wanted. */
    boolean isDone() {
        return isClosed() && (acknowledged == size() || !wanted);
    }

    /** Place of the update that is to be sent now or again, or -1. */
    int head() {
        return wanted && acknowledged < settled ? acknowledged : -1;
    }

    /** Name of the oldest update not acknowledged, settled or not; null when all are. */
    @Nullable
    Uuid head(Uuid container) {
        return acknowledged < size() ? name(container, acknowledged) : null;
    }

    /** True when the oldest update not acknowledged is the terminal one. */
    boolean endsNext() {
        return isClosed() && acknowledged == size() - 1;
    }

    /** The name of the update of this ordinal, which is kept. */
    Uuid name(Uuid container, int ordinal) {
        var update = update(ordinal);
        return update.said() == null
                ? Names.update(container, ordinal, update.state())
                : update.said().uuid();
    }

    /** Whether an executor told an update of this name, as far as that is remembered. */
    boolean hasHeard(Uuid uuid) {
        return updates.stream()
                .anyMatch(
                        update -> update.said() != null && update.said().uuid().equals(uuid));
    }

    /** Bytes of frameworks in updates that wait. */
    long bytesWaiting() {
        long bytes = 0;
        for (var update : updates) {
            bytes += update.said() == null || update.said().data() == null
                    ? 0
                    : update.said().data().length;
        }
        return bytes;
    }

    /** How often the head was sent. */
    int attempt() {
        return attempt;
    }

    /** Forgets that the head was sent: a new master is told at once. */
    void restart() {
        attempt = 0;
    }

    /** The head goes out; the time until it does so again. */
    Duration sent() {
        attempt++;
        int doublings = Math.min(attempt - 1, 16);
        var next = AgentSettings.RETRY_FIRST.multipliedBy(1L << doublings);
        return next.compareTo(AgentSettings.RETRY_MAX) < 0 ? next : AgentSettings.RETRY_MAX;
    }

    /** Takes the acknowledgement when it is the head's; false for any other, which is ignored. */
    boolean acknowledge(Uuid container, Uuid uuid) {
        int head = head();
        if (head < 0 || !name(container, head).equals(uuid)) {
            return false;
        }
        int index = head < started() ? head : head - dropped;
        updates.set(index, updates.get(index).withoutData());
        acknowledged++;
        attempt = 0;
        return true;
    }
}
