package org.mesolith.agent.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
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
    private int acknowledged;
    private int settled;
    private int attempt;
    private boolean wanted;

    private StatusStream(boolean wanted) {
        this.wanted = wanted;
    }

    /** Takes up what was written before; none of it needs to wait for the disk. */
    static StatusStream of(List<RunRecord.Update> updates, int acknowledged, boolean wanted) {
        var stream = new StatusStream(wanted);
        stream.updates.addAll(updates);
        stream.acknowledged = acknowledged;
        stream.settled = updates.size();
        return stream;
    }

    boolean isWanted() {
        return wanted;
    }

    /** Nobody wants updates of this run any more. */
    void silence() {
        wanted = false;
    }

    List<RunRecord.Update> updates() {
        return List.copyOf(updates);
    }

    int acknowledged() {
        return acknowledged;
    }

    int size() {
        return updates.size();
    }

    /** Nothing is made after a terminal update. */
    void add(RunRecord.Update update) {
        Check.that(!isClosed(), "an update after a terminal one");
        updates.add(update);
    }

    /** Drops what was never sent, for a run whose order the disk refused. */
    void clear() {
        Check.that(acknowledged == 0 && attempt == 0, "updates dropped that were sent");
        updates.clear();
        settled = 0;
    }

    /** The first {@code count} updates are settled on disk. */
    void settle(int count) {
        settled = Math.max(settled, Math.min(count, updates.size()));
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
        return isClosed() && (acknowledged == updates.size() || !wanted);
    }

    /** Place of the update that is to be sent now or again, or -1. */
    int head() {
        return wanted && acknowledged < settled ? acknowledged : -1;
    }

    /** Name of the oldest update not acknowledged, settled or not; null when all are. */
    @Nullable
    Uuid head(Uuid container) {
        return acknowledged < updates.size() ? name(container, acknowledged) : null;
    }

    /** True when the oldest update not acknowledged is the terminal one. */
    boolean endsNext() {
        return isClosed() && acknowledged == updates.size() - 1;
    }

    private Uuid name(Uuid container, int ordinal) {
        return Names.update(container, ordinal, updates.get(ordinal).state());
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
        acknowledged++;
        attempt = 0;
        return true;
    }
}
