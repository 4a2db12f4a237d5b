package org.mesolith.state;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
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
}
