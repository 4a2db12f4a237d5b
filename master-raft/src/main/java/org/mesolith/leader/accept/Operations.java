package org.mesolith.leader.accept;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerCall.AcknowledgeOperation;
import org.mesolith.api.SchedulerCall.ReconcileOperations;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.FrameworkAsked;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.leader.event.MetricNames;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OperationId;
import org.mesolith.model.OperationState;
import org.mesolith.model.OperationStatus;
import org.mesolith.state.Actor;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.FrameworkCommand.AcceptOffers;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.ReservationCommand.AcknowledgeOperations;
import org.mesolith.state.ReservationCommand.OperateAgent;
import org.mesolith.state.Result;
import org.mesolith.state.row.OperationRow;

/**
 * Tells frameworks what became of operations that they gave an id, again and again until they say that they know. The
 * masters perform operations themselves, so every status of a known one is its end.
 */
public final class Operations {
    private static final Duration RETRY_FIRST = Duration.ofSeconds(10);
    private static final Duration RETRY_MAX = Duration.ofMinutes(10);

    private record Retry(Instant at, Duration delay) {}

    private final Present present;
    private final Tally tally;
    private final SortedMap<FrameworkId, SortedMap<String, Retry>> retries = new TreeMap<>();

    public Operations(Present present, Tally tally) {
        this.present = present;
        this.tally = tally;
    }

    /** Operations were performed, or have lost their agent. */
    public List<Effect> applied(Applied applied) {
        if (!(applied.outcome() instanceof Outcome.Accepted accepted)) {
            return List.of();
        }
        count(applied.entry().command(), accepted.result());
        var effects = new ArrayList<Effect>();
        for (var change : accepted.changes()) {
            switch (change) {
                case Change.OperationPut(var row) -> effects.add(tell(row, RETRY_FIRST));
                case Change.OperationRemoved(var framework, var id) -> {
                    var own = retries.get(framework);
                    if (own != null) {
                        own.remove(id.value());
                    }
                    effects.addAll(lost(applied, applied.before().operation(framework, id)));
                }
                case Change.FrameworkRemoved(var framework) -> retries.remove(framework);
                default -> {}
            }
        }
        return effects;
    }

    private void count(Command command, Result result) {
        if (command instanceof AcceptOffers accept && result instanceof Result.OffersAccepted(var outcomes)) {
            for (int i = 0; i < outcomes.size(); i++) {
                var operation = accept.operations().get(i);
                switch (outcomes.get(i)) {
                    case Result.OperationOutcome.Performed _ -> finished(operation);
                    case Result.OperationOutcome.Failed _ -> count(operation, "error");
                    case Result.OperationOutcome.Launched _ -> {
                        // Its tasks are counted.
                    }
                }
            }
        }
        if (command instanceof OperateAgent operate) {
            finished(operate.operation());
        }
    }

    private void finished(OfferOperation operation) {
        count(operation, "total");
        count(operation, "finished");
    }

    private void count(OfferOperation operation, String end) {
        tally.count("master/operations/" + end);
        tally.countOf("master/operations/<operation_type>/" + end, MetricNames.operation(operation));
    }

    /** Told once: nobody can acknowledge to an agent that is gone. */
    private List<Effect> lost(Applied applied, @Nullable OperationRow row) {
        if (row == null || applied.after().agent(row.agent()) != null) {
            return List.of();
        }
        var status = new OperationStatus(
                row.id(),
                OperationState.OPERATION_GONE_BY_OPERATOR,
                "The agent of this operation has left the cluster",
                null,
                row.agent());
        tally.count("master/operations/gone_by_operator");
        return List.of(tell(row.framework(), status));
    }

    /** The framework has a new stream. */
    public List<Effect> up(FrameworkId framework) {
        var effects = new ArrayList<Effect>();
        for (var row : present.registry().operationsOf(framework)) {
            effects.add(tell(row, RETRY_FIRST));
        }
        return effects;
    }

    /** Repeats what was not acknowledged, ever more rarely. */
    public List<Effect> upkeep() {
        var effects = new ArrayList<Effect>();
        for (var framework : present.registry().operating()) {
            var own = retries.computeIfAbsent(framework, f -> new TreeMap<>());
            for (var row : present.registry().operationsOf(framework)) {
                var retry = own.get(row.id().value());
                if (retry == null || !retry.at().isAfter(present.now())) {
                    var next = retry == null ? RETRY_FIRST : retry.delay().multipliedBy(2);
                    effects.add(tell(row, next.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : next));
                }
            }
        }
        return effects;
    }

    /** ACKNOWLEDGE_OPERATION_STATUS; of an unknown one, or under another agent, nothing happens. */
    public List<Effect> acknowledge(FrameworkAsked asked, AcknowledgeOperation call) {
        var effects = new ArrayList<Effect>();
        effects.add(new Answer(asked.request(), new Reply.Accepted()));
        var row = present.registry().operation(asked.framework(), call.operation());
        boolean known =
                row != null && row.agent().equals(call.agent()) && row.status().equals(call.status());
        tally.count("master/messages_operation_status_update_acknowledgement");
        tally.count(
                known
                        ? "master/valid_operation_status_update_acknowledgements"
                        : "master/invalid_operation_status_update_acknowledgements");
        if (row != null && known) {
            var acknowledgement = new AcknowledgeOperations.Acknowledgement(asked.framework(), row.id(), row.status());
            effects.add(new Propose(
                    new Propose.ForUpkeep("acknowledged operation"),
                    Actor.framework(asked.framework(), asked.caller().principal()),
                    Origin.HTTP,
                    null,
                    new AcknowledgeOperations(List.of(acknowledgement))));
        }
        return effects;
    }

    /** RECONCILE_OPERATIONS: an answer for each that was asked for, or for all. None of them needs acknowledgement. */
    public List<Effect> reconcile(FrameworkAsked asked, ReconcileOperations call) {
        tally.count("master/messages_reconcile_operations");
        var effects = new ArrayList<Effect>();
        if (call.operations().isEmpty()) {
            for (var row : present.registry().operationsOf(asked.framework())) {
                effects.add(tell(asked.framework(), answer(row)));
            }
        }
        for (var one : call.operations()) {
            var row = present.registry().operation(asked.framework(), one.operation());
            effects.add(tell(asked.framework(), row == null ? unknown(one.operation(), one.agent()) : answer(row)));
        }
        effects.add(new Answer(asked.request(), new Reply.Accepted()));
        return effects;
    }

    private static OperationStatus answer(OperationRow row) {
        return new OperationStatus(row.id(), row.state(), "Reconciliation: Latest operation state", null, row.agent());
    }

    private OperationStatus unknown(OperationId operation, @Nullable AgentId agent) {
        var state = OperationState.OPERATION_UNKNOWN;
        if (agent != null) {
            var row = present.registry().agent(agent);
            if (present.registry().goneAgent(agent) != null) {
                state = OperationState.OPERATION_GONE_BY_OPERATOR;
            } else if (row != null && !row.isRegistered()) {
                state = OperationState.OPERATION_UNREACHABLE;
            }
        }
        return new OperationStatus(operation, state, "Reconciliation: Operation is unknown", null, agent);
    }

    private Effect tell(OperationRow row, Duration again) {
        retries.computeIfAbsent(row.framework(), f -> new TreeMap<>())
                .put(row.id().value(), new Retry(present.now().plus(again), again));
        return tell(row.framework(), row.told());
    }

    private static Effect tell(FrameworkId framework, OperationStatus status) {
        return new Raise(new Tell(framework, new SchedulerEvent.OperationUpdate(status)));
    }
}
