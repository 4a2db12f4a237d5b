package org.mesolith.cli.command.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.console.Similar;

/**
 * The machines of the maintenance schedule and where each stands, as the API shows them.
 *
 * @param windows of the schedule, in its order
 * @param draining machines that wait for their window, with what frameworks answered
 * @param down machines under maintenance now
 * @param tag by which the windows are known to the masters; empty when not all of them are shown
 */
record Machines(List<JsonObject> windows, List<JsonObject> draining, List<JsonObject> down, String tag) {
    static Machines of(Operator operator) {
        var read = operator.tagged("GET_MAINTENANCE_SCHEDULE");
        var schedule = read.answer().object("get_maintenance_schedule.schedule");
        var status = operator.get("GET_MAINTENANCE_STATUS").object("get_maintenance_status.status");
        return new Machines(
                schedule.objects("windows"),
                status.objects("draining_machines"),
                status.objects("down_machines"),
                read.tag());
    }

    /** Of a schedule that is known to hold them; each named by its host name or address. */
    List<JsonObject> scheduled(List<String> names) {
        var found = new ArrayList<JsonObject>();
        for (String name : names) {
            found.add(
                    only(name, all(), "is in no maintenance window", "`meso maintenance status` lists those that are"));
        }
        return found;
    }

    /** Machines that are down. */
    List<JsonObject> down(List<String> names) {
        var found = new ArrayList<JsonObject>();
        for (String name : names) {
            found.add(only(name, down, "is not down", "`meso maintenance status` shows where each machine stands"));
        }
        return found;
    }

    List<JsonObject> all() {
        return windows.stream()
                .flatMap(window -> window.objects("machine_ids").stream())
                .toList();
    }

    /** The window of a machine; null when it is in none. */
    @Nullable
    JsonObject window(JsonObject machine) {
        for (JsonObject window : windows) {
            if (window.objects("machine_ids").contains(machine)) {
                return window;
            }
        }
        return null;
    }

    boolean isDown(JsonObject machine) {
        return down.contains(machine);
    }

    /** What frameworks answered to the question whether they leave the machine. */
    List<JsonObject> answers(JsonObject machine) {
        return draining.stream()
                .filter(one -> one.object("id").equals(machine))
                .flatMap(one -> one.objects("statuses").stream())
                .toList();
    }

    static String name(JsonObject machine) {
        String host = machine.text("hostname");
        String address = machine.text("ip");
        return host.isEmpty() ? address : address.isEmpty() ? host : host + " (" + address + ")";
    }

    static boolean isCalled(JsonObject machine, String name) {
        return machine.text("hostname").equals(name.toLowerCase(Locale.ROOT))
                || machine.text("ip").equals(name);
    }

    private static JsonObject only(String name, List<JsonObject> machines, String lack, String hint) {
        var found = machines.stream()
                .filter(machine -> isCalled(machine, name))
                .distinct()
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw found.isEmpty()
                ? new Failure(
                        ExitCode.NOT_FOUND,
                        "the machine `" + name + "` " + lack
                                + Similar.hint(
                                        name,
                                        machines.stream()
                                                .flatMap(one -> Stream.of(one.text("hostname"), one.text("ip")))
                                                .toList())
                                + "; nothing was changed; " + hint)
                : new Failure(
                        ExitCode.USAGE,
                        found.size() + " machines are called `" + name + "`: "
                                + String.join(
                                        ", ", found.stream().map(Machines::name).toList())
                                + "; nothing was changed; name them by their addresses");
    }
}
