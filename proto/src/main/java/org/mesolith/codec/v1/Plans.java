package org.mesolith.codec.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.Milli;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Unavailability;
import org.mesolith.proto.gen.v1.MachineID;
import org.mesolith.proto.gen.v1.Value;
import org.mesolith.proto.gen.v1.maintenance.Schedule;
import org.mesolith.proto.gen.v1.maintenance.Window;
import org.mesolith.proto.gen.v1.quota.QuotaConfig;

/** What operators plan: quotas and maintenance, between {@code mesos.v1} and our own. */
public final class Plans {
    private Plans() {}

    // ---- quota

    /** Amounts that are no numbers, negative or infinite are errors; so that no arithmetic ever meets them. */
    public static Quota quota(QuotaConfig from, Path at, ShapeErrors errors) {
        var guarantees = amounts(from.getGuaranteesMap(), at.field("guarantees"), errors);
        var limits = amounts(from.getLimitsMap(), at.field("limits"), errors);
        return new Quota(from.getRole(), Quantities.of(guarantees), new QuantityLimits(limits));
    }

    private static SortedMap<String, Long> amounts(Map<String, Value.Scalar> from, Path at, ShapeErrors errors) {
        var amounts = new TreeMap<String, Long>();
        from.forEach((name, scalar) -> {
            double value = scalar.getValue();
            if (!Milli.fits(value) || value < 0) {
                errors.add(at.field(name), "is " + value + ", must be 0 or more and at most " + Milli.UNITS_MAX);
            } else {
                amounts.put(name, Milli.ofDouble(value));
            }
        });
        return amounts;
    }

    public static QuotaConfig quota(Quota from) {
        var to = QuotaConfig.newBuilder().setRole(from.role());
        from.guarantees().forEach((name, milli) -> to.putGuarantees(name, scalar(milli)));
        from.limits().milliByName().forEach((name, milli) -> to.putLimits(name, scalar(milli)));
        return to.build();
    }

    private static Value.Scalar scalar(long milli) {
        return Value.Scalar.newBuilder().setValue(Milli.toDouble(milli)).build();
    }

    // ---- maintenance

    public static MachineId machine(MachineID from) {
        return new MachineId(from.getHostname(), from.getIp());
    }

    public static List<MachineId> machines(List<MachineID> from) {
        return from.stream().map(Plans::machine).toList();
    }

    public static MachineID machine(MachineId from) {
        var to = MachineID.newBuilder();
        if (!from.hostname().isEmpty()) {
            to.setHostname(from.hostname());
        }
        if (!from.ip().isEmpty()) {
            to.setIp(from.ip());
        }
        return to.build();
    }

    public static Unavailability unavailability(org.mesolith.proto.gen.v1.Unavailability from) {
        return new Unavailability(
                Times.instant(from.getStart()), from.hasDuration() ? Times.duration(from.getDuration()) : null);
    }

    public static org.mesolith.proto.gen.v1.Unavailability unavailability(Unavailability from) {
        var to = org.mesolith.proto.gen.v1.Unavailability.newBuilder().setStart(Times.info(from.start()));
        if (from.duration() != null) {
            to.setDuration(Times.info(from.duration()));
        }
        return to.build();
    }

    public static List<MaintenanceWindow> windows(Schedule from) {
        var windows = new ArrayList<MaintenanceWindow>();
        for (var window : from.getWindowsList()) {
            windows.add(new MaintenanceWindow(
                    machines(window.getMachineIdsList()), unavailability(window.getUnavailability())));
        }
        return windows;
    }

    public static Schedule schedule(List<MaintenanceWindow> from) {
        var to = Schedule.newBuilder();
        for (var window : from) {
            var one = Window.newBuilder().setUnavailability(unavailability(window.unavailability()));
            window.machines().forEach(machine -> one.addMachineIds(machine(machine)));
            to.addWindows(one);
        }
        return to.build();
    }
}
