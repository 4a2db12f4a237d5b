package org.mesolith.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.DeclaredKind;
import org.mesolith.model.DrainWish;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Quota;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.Weight;

/** What an operator can ask a master for (mesos.v1.master.Call, and our own additions). */
public sealed interface OperatorCall {
    /** Reads: answered from a view. */
    enum Read implements OperatorCall {
        GET_HEALTH,
        GET_FLAGS,
        GET_VERSION,
        GET_LOGGING_LEVEL,
        GET_MASTER,
        GET_AGENTS,
        GET_FRAMEWORKS,
        GET_TASKS,
        GET_EXECUTORS,
        GET_STATE,
        GET_ROLES,
        GET_WEIGHTS,
        GET_OPERATIONS,
        GET_QUOTA,
        GET_MAINTENANCE_STATUS,
        GET_MAINTENANCE_SCHEDULE
    }

    /** Every metric; those slower than the timeout are left out. */
    record GetMetrics(@Nullable Duration timeout) implements OperatorCall {}

    /**
     * Logs more for a while.
     *
     * @param level beyond what the process was started with, from 0 on
     */
    record SetLoggingLevel(long level, Duration duration) implements OperatorCall {}

    /** What is in a directory of those that a master shows. */
    record ListFiles(String path) implements OperatorCall {}

    /**
     * Part of a file of those that a master shows.
     *
     * @param length null for as much as one answer may hold
     */
    record ReadFile(String path, long offset, @Nullable Long length) implements OperatorCall {}

    /** A stream of what happens from now on, behind a picture of what is. */
    record Subscribe() implements OperatorCall {}

    /** Sets the weights of these roles, all or none. */
    record UpdateWeights(List<Weight> weights) implements OperatorCall {
        public UpdateWeights {
            weights = List.copyOf(weights);
        }
    }

    /**
     * RESERVE_RESOURCES, UNRESERVE_RESOURCES, CREATE_VOLUMES, DESTROY_VOLUMES, GROW_VOLUME, SHRINK_VOLUME: changes what
     * is free on an agent.
     *
     * @param operation one of those, without an id
     */
    record Operate(AgentId agent, OfferOperation operation) implements OperatorCall {}

    /**
     * Sets the quotas of these roles, all or none; {@code force} leaves out what the cluster's state says against it.
     */
    record UpdateQuota(List<Quota> quotas, boolean force) implements OperatorCall {
        public UpdateQuota {
            quotas = List.copyOf(quotas);
        }
    }

    /** The old form: guarantee and limit are equal, and the role has none yet. */
    record SetQuota(String role, Resources guarantee, boolean force) implements OperatorCall {}

    /** The old form: no quota any more. */
    record RemoveQuota(String role) implements OperatorCall {}

    /**
     * Replaces the whole schedule.
     *
     * @param expected fingerprint of the schedule that is to be replaced, empty for whatever there is; it travels
     *     beside the call
     */
    record UpdateMaintenanceSchedule(List<MaintenanceWindow> windows, String expected) implements OperatorCall {
        public UpdateMaintenanceSchedule {
            windows = List.copyOf(windows);
        }

        /** Replaces whatever there is. */
        public UpdateMaintenanceSchedule(List<MaintenanceWindow> windows) {
            this(windows, "");
        }
    }

    /**
     * Agents are to be emptied one batch after the other. No call of the v1 API.
     *
     * @param maxUnavailable agents that are emptied at a time, at most
     * @param maxGrace caps the time between TERM and KILL of tasks, null for each task's own
     * @param deadline when no batch begins any more, null for never
     */
    record PlanDrain(
            List<AgentId> agents,
            int maxUnavailable,
            @Nullable Duration maxGrace,
            @Nullable Instant deadline) implements OperatorCall {
        public PlanDrain {
            agents = List.copyOf(agents);
        }
    }

    /** A plan to empty agents pauses, goes on, or is taken back. No call of the v1 API. */
    record SteerDrain(long plan, DrainWish wish) implements OperatorCall {}

    /**
     * Reserves the same on each of these agents, all or none. Not of the v1 API.
     *
     * @param resources with the reservations that are to be made
     * @param wish what is written down of each
     */
    record ReserveAgents(List<AgentId> agents, Resources resources, ReservationWish wish) implements OperatorCall {
        public ReserveAgents {
            agents = List.copyOf(agents);
        }
    }

    /** Gives back what is free of those of these reservations that nobody needs. Not of the v1 API. */
    record ReleaseReservations(List<ReservationKey> reservations) implements OperatorCall {
        public ReleaseReservations {
            reservations = List.copyOf(reservations);
        }
    }

    /** Writes something down of these reservations, all or none. Not of the v1 API. */
    record NoteReservations(List<ReservationKey> reservations, ReservationWish wish) implements OperatorCall {
        public NoteReservations {
            reservations = List.copyOf(reservations);
        }
    }

    /**
     * All that a declaration says of one kind of objects. No call of the v1 API.
     *
     * @param name of the declaration
     * @param revision of what it said before, 0 for nothing
     */
    record Declare(String name, DeclaredKind kind, long revision, List<DeclaredChange> changes)
            implements OperatorCall {
        public Declare {
            changes = List.copyOf(changes);
        }
    }

    /** Takes scheduled machines down: their agents are removed and refused. */
    record StartMaintenance(List<MachineId> machines) implements OperatorCall {
        public StartMaintenance {
            machines = List.copyOf(machines);
        }
    }

    /** Lets machines that are down come back. */
    record StopMaintenance(List<MachineId> machines) implements OperatorCall {
        public StopMaintenance {
            machines = List.copyOf(machines);
        }
    }

    /**
     * Empties an agent.
     *
     * @param maxGrace caps the time between TERM and KILL, null for each task's own
     * @param markGone declares it gone once it is empty
     */
    record DrainAgent(AgentId agent, @Nullable Duration maxGrace, boolean markGone) implements OperatorCall {}

    /** No more offers of this agent. */
    record DeactivateAgent(AgentId agent) implements OperatorCall {}

    /** Ends draining and deactivation. */
    record ReactivateAgent(AgentId agent) implements OperatorCall {}

    /** The agent will never come back. */
    record MarkAgentGone(AgentId agent) implements OperatorCall {}

    /** Ends a framework and all its tasks. */
    record TearDown(FrameworkId framework) implements OperatorCall {}

    /** Our addition: ends a task in the operator's name. */
    record KillTask(
            FrameworkId framework, TaskId task, @Nullable Duration grace) implements OperatorCall {}

    /** A call of the table that this version does not perform yet; answered clearly, never silently. */
    record NotSupported(String type) implements OperatorCall {}

    /** The type UNKNOWN, sent explicitly: 501. */
    record Unknown() implements OperatorCall {}
}
