package org.mesolith.state.row;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.Unavailability;

/**
 * Which machines will be taken down, and which ones are.
 *
 * @param windows as the operator gave them
 * @param down machines of the windows whose agents are refused, sorted
 */
public record MaintenanceRow(List<MaintenanceWindow> windows, List<MachineId> down) {
    /** Nothing planned. */
    public static final MaintenanceRow NONE = new MaintenanceRow(List.of(), List.of());

    public MaintenanceRow {
        windows = List.copyOf(windows);
        down = List.copyOf(new TreeSet<>(down));
    }

    /**
     * Fingerprint of the windows, 16 hexadecimal digits: of equal ones the same on every master and for ever. Which
     * machines are down is no part of it.
     */
    public String fingerprint() {
        return HexFormat.of().toHexDigits(RowHash.of(new MaintenanceRow(windows, List.of())));
    }

    /** Every machine of the schedule, and when it is unavailable. */
    public SortedMap<MachineId, Unavailability> scheduled() {
        var scheduled = new TreeMap<MachineId, Unavailability>();
        for (var window : windows) {
            window.machines().forEach(machine -> scheduled.put(machine, window.unavailability()));
        }
        return scheduled;
    }

    /** Machines that will be taken down and are not yet, sorted. */
    public SortedSet<MachineId> draining() {
        var draining = new TreeSet<>(scheduled().keySet());
        draining.removeAll(down);
        return draining;
    }

    /** When an agent of this host name and address is unavailable; null for never. */
    public @Nullable Unavailability of(String hostname, String address) {
        for (var window : windows) {
            for (var machine : window.machines()) {
                if (machine.holds(hostname, address)) {
                    return window.unavailability();
                }
            }
        }
        return null;
    }

    /** Whether agents of this host name and address are refused. */
    public boolean isDown(String hostname, String address) {
        return down.stream().anyMatch(machine -> machine.holds(hostname, address));
    }

    /** The same with these machines down. */
    public MaintenanceRow started(List<MachineId> machines) {
        var more = new ArrayList<>(down);
        more.addAll(machines);
        return new MaintenanceRow(windows, more);
    }

    /** The same without these machines; windows without a machine vanish. */
    public MaintenanceRow stopped(List<MachineId> machines) {
        var stillDown = new ArrayList<>(down);
        stillDown.removeAll(machines);
        var left = new ArrayList<MaintenanceWindow>();
        for (var window : windows) {
            var rest = new ArrayList<>(window.machines());
            rest.removeAll(machines);
            if (!rest.isEmpty()) {
                left.add(new MaintenanceWindow(rest, window.unavailability()));
            }
        }
        return new MaintenanceRow(left, stillDown);
    }
}
