package org.mesolith.agent.core;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Limits;
import org.mesolith.model.Opaque;
import org.mesolith.model.TaskStatus;

/** Sends the updates of runs while a master listens. */
final class Reports {
    private final TaskReader reader;
    private final Counters counters;
    private boolean open;
    private boolean knowsExecutors;

    Reports(TaskReader reader, Counters counters) {
        this.reader = reader;
        this.counters = counters;
    }

    /** A master listens from now on, or none does; {@code level} of the link that it knows. */
    void setOpen(boolean listens, int level) {
        open = listens;
        knowsExecutors = listens && level >= LinkMessage.Software.EXECUTORS;
    }

    /** Whether a master listens that knows of executors. */
    boolean knowsExecutors() {
        return knowsExecutors;
    }

    /** Sends the oldest update that waits, unless it is under way. */
    void sendNew(Turn turn, TaskRun run) {
        if (run.stream.attempt() == 0) {
            send(turn, run);
        }
    }

    /** Sends the oldest update that waits, as if never sent before: to a new master. */
    void sendAgain(Turn turn, TaskRun run) {
        run.stream.restart();
        send(turn, run);
    }

    /** Sends the oldest update again when it still is the one that the timer was set for. */
    void retry(Turn turn, TaskRun run, Wake.Retry wake) {
        if (run.stream.head() == wake.ordinal() && run.stream.attempt() == wake.attempt()) {
            send(turn, run);
        }
    }

    private void send(Turn turn, TaskRun run) {
        int head = run.stream.head();
        if (!open || head < 0 || !run.isAcknowledgementWritten() || (run.id.executor() && !knowsExecutors)) {
            return;
        }
        var wait = run.stream.sent();
        counters.count(Counters.UPDATES_SENT);
        if (run.id.executor()) {
            var end = run.stream.update(head);
            turn.tell(new LinkMessage.ExecutorEnded(
                    Executors.run(run.id),
                    Executors.status(end.said() == null ? null : end.said().data()),
                    end.message()));
        } else {
            turn.report(status(run, head));
        }
        turn.wakeAfter(wait, new Wake.Retry(run.id, head, run.stream.attempt()));
    }

    private LinkMessage.Statuses.Status status(TaskRun run, int ordinal) {
        return new LinkMessage.Statuses.Status(
                run.id.key().framework(),
                run.id.launchedAt(),
                message(run, ordinal),
                run.latest(),
                data(run.stream.update(ordinal)));
    }

    private static byte @Nullable [] data(RunRecord.Update update) {
        return update.said() == null ? null : update.said().data();
    }

    /** Every update of a run so far, as it was or will be sent. */
    List<TaskStatus> all(TaskRun run) {
        return run.stream.ordinals().mapToObj(ordinal -> message(run, ordinal)).toList();
    }

    private TaskStatus message(TaskRun run, int ordinal) {
        var update = run.stream.update(ordinal);
        var text = update.message();
        return new TaskStatus(
                run.id.key().task(),
                update.state(),
                update.source(),
                update.reason(),
                text.length() <= Limits.TEXT_CHARS_MAX ? text : text.substring(0, Limits.TEXT_CHARS_MAX),
                update.at(),
                run.stream.name(run.container, ordinal),
                run.order.agent(),
                run.executorId(),
                update.healthy(),
                rest(run, update));
    }

    private Opaque rest(TaskRun run, RunRecord.Update update) {
        if (run.order.taskInfo().isEmpty()) {
            return Opaque.empty(TaskStatus.SCHEMA);
        }
        if (update.said() != null) {
            return update.said().rest();
        }
        var under = run.order.under();
        if (under == null || run.isShared()) {
            return reader.statusRest(run.container, under == null ? null : under.container(), update.check());
        }
        return reader.statusRest(under.container(), null, update.check());
    }
}
