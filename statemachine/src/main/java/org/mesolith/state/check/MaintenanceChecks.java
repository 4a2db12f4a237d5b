package org.mesolith.state.check;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.state.row.MaintenanceRow;

/** What stands against plans of maintenance. Each answers the first thing as a sentence, or null. */
public final class MaintenanceChecks {
    private MaintenanceChecks() {}

    /** A new schedule. */
    public static @Nullable String schedule(MaintenanceRow before, List<MaintenanceWindow> windows) {
        var seen = new TreeSet<MachineId>();
        for (var window : windows) {
            var problem = machines(window.machines());
            if (problem != null) {
                return problem;
            }
            for (var machine : window.machines()) {
                if (!seen.add(machine)) {
                    return "Machine '" + machine + "' is in several windows; leave it in one";
                }
            }
            var duration = window.unavailability().duration();
            if (duration != null && duration.isNegative()) {
                return "A window lasts " + duration + "; its duration must not be negative";
            }
        }
        for (var machine : before.down()) {
            if (!seen.contains(machine)) {
                return "Machine '" + machine + "' is down and cannot leave the schedule; stop its maintenance first";
            }
        }
        return null;
    }

    /** Taking machines down. */
    public static @Nullable String start(MaintenanceRow before, List<MachineId> machines) {
        var problem = machines(machines);
        if (problem != null) {
            return problem;
        }
        var draining = before.draining();
        for (var machine : machines) {
            if (!draining.contains(machine)) {
                return "Machine '" + machine + "' is "
                        + (before.down().contains(machine) ? "down already" : "not in the maintenance schedule");
            }
        }
        return null;
    }

    /** Letting machines come back. */
    public static @Nullable String stop(MaintenanceRow before, List<MachineId> machines) {
        var problem = machines(machines);
        if (problem != null) {
            return problem;
        }
        for (var machine : machines) {
            if (!before.down().contains(machine)) {
                return "Machine '" + machine + "' is not down";
            }
        }
        return null;
    }

    private static @Nullable String machines(List<MachineId> machines) {
        if (machines.isEmpty()) {
            return "No machines are named";
        }
        var seen = new TreeSet<MachineId>();
        for (var machine : machines) {
            if (machine.hostname().isEmpty() && machine.ip().isEmpty()) {
                return "A machine has neither a host name nor an address; give one of them";
            }
            if (!machine.ip().isEmpty() && !isAddress(machine.ip())) {
                return "Machine '" + machine + "' has the address '" + machine.ip() + "', which is no IPv4 address";
            }
            if (!seen.add(machine)) {
                return "Machine '" + machine + "' is named twice; leave one out";
            }
        }
        return null;
    }

    private static boolean isAddress(String ip) {
        var parts = ip.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (var part : parts) {
            boolean digits =
                    !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
