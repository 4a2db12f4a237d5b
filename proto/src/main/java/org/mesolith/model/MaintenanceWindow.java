package org.mesolith.model;

import java.util.List;

/** Machines that an operator will take down together. */
public record MaintenanceWindow(List<MachineId> machines, Unavailability unavailability) {
    public MaintenanceWindow {
        machines = List.copyOf(machines);
    }
}
