package org.mesolith.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.DrainWish;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;

/** How machines are taken out of use. */
public sealed interface MaintenanceCommand extends Command {
    /**
     * Replaces the schedule.
     *
     * @param expected fingerprint of the schedule that is meant to be replaced: another one is left as it is; empty to
     *     replace whatever there is. Understood from {@link FeatureLevel#PLANS} on
     */
    record UpdateSchedule(List<MaintenanceWindow> windows, String expected) implements MaintenanceCommand {
        public UpdateSchedule {
            windows = List.copyOf(windows);
        }

        /** Whatever there is, is replaced. */
        public UpdateSchedule(List<MaintenanceWindow> windows) {
            this(windows, "");
        }
    }

    /** Scheduled machines go down, all or none: their agents are removed, and refused until they may come back. */
    record StartMaintenance(List<MachineId> machines) implements MaintenanceCommand {
        public StartMaintenance {
            machines = List.copyOf(machines);
        }
    }

    /** Machines that are down may come back, all or none, and leave the schedule. */
    record StopMaintenance(List<MachineId> machines) implements MaintenanceCommand {
        public StopMaintenance {
            machines = List.copyOf(machines);
        }
    }

    /**
     * The agent is deactivated and emptied; once nothing is left on it, it is drained.
     *
     * @param maxGrace caps the time between TERM and KILL, null for each task's own
     * @param markGone it is gone when it is drained
     */
    record DrainAgent(AgentId agent, @Nullable Duration maxGrace, boolean markGone) implements MaintenanceCommand {}

    /**
     * Agents are to be emptied one batch after the other. Accepted from {@link FeatureLevel#PLANS} on, as the next two.
     *
     * @param maxUnavailable agents that are emptied at a time, at most
     * @param maxGrace as of {@link DrainAgent}
     * @param deadline when no batch begins any more, null for never
     */
    record PlanDrain(
            List<AgentId> agents,
            int maxUnavailable,
            @Nullable Duration maxGrace,
            @Nullable Instant deadline) implements MaintenanceCommand {
        public PlanDrain {
            agents = List.copyOf(agents);
        }
    }

    /** A plan pauses, goes on, or is taken back. */
    record SteerDrain(long plan, DrainWish wish) implements MaintenanceCommand {}

    /** The leader has seen that a plan goes on: what it needs is found out when this is applied. */
    record AdvanceDrain(long plan) implements MaintenanceCommand {}
}
