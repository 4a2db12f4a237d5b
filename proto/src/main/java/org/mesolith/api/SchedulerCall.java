package org.mesolith.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.FrameworkProblem;
import org.mesolith.model.OfferId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OfferWishes;
import org.mesolith.model.Opaque;
import org.mesolith.model.OperationId;
import org.mesolith.model.TaskId;
import org.mesolith.model.Uuid;

/** What a framework can ask for (mesos.v1.scheduler.Call). */
public sealed interface SchedulerCall {
    /**
     * Opens the event stream; with a known id it takes the framework over.
     *
     * @param offerConstraints as they came
     * @param wishes what was read of them, and of the framework's filters
     * @param problems what the codec found wrong; the framework hears of them on its stream
     */
    record Subscribe(
            FrameworkInfo info,
            List<String> suppressedRoles,
            Opaque offerConstraints,
            OfferWishes wishes,
            List<FrameworkProblem> problems)
            implements SchedulerCall {
        public Subscribe {
            suppressedRoles = List.copyOf(suppressedRoles);
            problems = List.copyOf(problems);
        }

        /** With nothing to say of offers, and nothing wrong. */
        public Subscribe(FrameworkInfo info, List<String> suppressedRoles, Opaque offerConstraints) {
            this(info, suppressedRoles, offerConstraints, OfferWishes.NONE, List.of());
        }
    }

    /** Ends the framework and all its tasks. */
    record Teardown() implements SchedulerCall {}

    /**
     * Uses offers; no operations is a decline.
     *
     * @param operations those that are good by themselves, in order
     * @param invalid the others: they are not performed, the rest of the call is
     */
    record Accept(List<OfferId> offers, List<OfferOperation> operations, List<Invalid> invalid, Filters filters)
            implements SchedulerCall {
        public Accept {
            offers = List.copyOf(offers);
            operations = List.copyOf(operations);
            invalid = List.copyOf(invalid);
        }

        /** With nothing wrong. */
        public Accept(List<OfferId> offers, List<OfferOperation> operations, Filters filters) {
            this(offers, operations, List.of(), filters);
        }

        /** An operation that nobody can perform, and why. */
        public record Invalid(@Nullable OperationId id, String type, String problem) {}
    }

    /** Gives offers back. */
    record Decline(List<OfferId> offers, Filters filters) implements SchedulerCall {
        public Decline {
            offers = List.copyOf(offers);
        }
    }

    /** Wants offers again, filters cleared; no roles means all. */
    record Revive(List<String> roles) implements SchedulerCall {
        public Revive {
            roles = List.copyOf(roles);
        }
    }

    /** Wants no more offers; no roles means all. */
    record Suppress(List<String> roles) implements SchedulerCall {
        public Suppress {
            roles = List.copyOf(roles);
        }
    }

    /**
     * Ends a task.
     *
     * @param grace time between TERM and KILL, null when the call gives no kill policy
     */
    record Kill(
            TaskId task, @Nullable AgentId agent, @Nullable Duration grace) implements SchedulerCall {}

    /** Confirms a status update that carried this uuid. */
    record Acknowledge(AgentId agent, TaskId task, Uuid uuid) implements SchedulerCall {}

    /** Asks for the states of tasks; an empty list asks for all. */
    record Reconcile(List<Asked> tasks) implements SchedulerCall {
        public Reconcile {
            tasks = List.copyOf(tasks);
        }

        /** One task asked for. */
        public record Asked(TaskId task, @Nullable AgentId agent) {}
    }

    /** Ends an executor. */
    record Shutdown(ExecutorId executor, AgentId agent) implements SchedulerCall {}

    /** Bytes for an executor, best effort. */
    record Message(AgentId agent, ExecutorId executor, byte[] data) implements SchedulerCall {}

    /** Asks for resources; nobody hears it, as in Mesos. */
    record Request() implements SchedulerCall {}

    /** Changes what the framework says of itself; see {@link Subscribe}. */
    record UpdateFramework(
            FrameworkInfo info,
            List<String> suppressedRoles,
            Opaque offerConstraints,
            OfferWishes wishes,
            List<FrameworkProblem> problems)
            implements SchedulerCall {
        public UpdateFramework {
            suppressedRoles = List.copyOf(suppressedRoles);
            problems = List.copyOf(problems);
        }

        /** With nothing to say of offers, and nothing wrong. */
        public UpdateFramework(FrameworkInfo info, List<String> suppressedRoles, Opaque offerConstraints) {
            this(info, suppressedRoles, offerConstraints, OfferWishes.NONE, List.of());
        }
    }

    /** Says whether the framework will leave the agents of these inverse offers. */
    record AnswerInverseOffers(List<OfferId> offers, boolean accepted, Filters filters) implements SchedulerCall {
        public AnswerInverseOffers {
            offers = List.copyOf(offers);
        }
    }

    /** Confirms an operation's status that carried this uuid. */
    record AcknowledgeOperation(AgentId agent, OperationId operation, Uuid status) implements SchedulerCall {}

    /** Asks what became of operations; an empty list asks for all. */
    record ReconcileOperations(List<Wanted> operations) implements SchedulerCall {
        public ReconcileOperations {
            operations = List.copyOf(operations);
        }

        /** One operation asked for. */
        public record Wanted(
                OperationId operation, @Nullable AgentId agent) {}
    }

    /** A call of the table that this version does not perform yet; answered clearly, never silently. */
    record NotSupported(String type) implements SchedulerCall {}

    /** The type UNKNOWN, sent explicitly: 501. */
    record Unknown() implements SchedulerCall {}
}
