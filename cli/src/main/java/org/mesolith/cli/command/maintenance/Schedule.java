package org.mesolith.cli.command.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Preview;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** Windows of the maintenance schedule as the API has them, and how they are changed without losing another's. */
final class Schedule {
    private static final String CALL = "UPDATE_MAINTENANCE_SCHEDULE";
    private static final long NANOS = 1_000_000_000L;

    /** So often it is tried again when others change the schedule at the same time. */
    private static final int TRIES = 8;

    private Schedule() {}

    /** What the windows are to be, from those that are. */
    @FunctionalInterface
    interface Edit {
        /** Fails when the change cannot be made. */
        List<JsonObject> of(Machines machines);
    }

    /**
     * Makes the change to the schedule that is there, and to no other: when somebody changes it meanwhile, the new one
     * is looked at again. False when the change was only shown.
     */
    static boolean change(Console console, Operator operator, Preview preview, Edit edit) {
        for (int round = 0; round < TRIES; round++) {
            var machines = Machines.of(operator);
            List<JsonObject> windows = edit.of(machines);
            JsonObject call = JsonObject.of(
                    "type",
                    CALL,
                    CALL.toLowerCase(Locale.ROOT),
                    JsonObject.of("schedule", JsonObject.of("windows", windows)));
            if (preview.shows(console, call)) {
                return false;
            }
            if (machines.tag().isEmpty()) {
                throw new Failure(
                        ExitCode.FAILED,
                        "the master does not show the whole maintenance schedule, or is of an older version: a change"
                                + " could take away what others planned; nothing was changed. Upgrade the masters, or"
                                + " ask for leave to see every machine of it (`get_maintenance_schedules`)");
            }
            if (operator.replace(call, machines.tag())) {
                return true;
            }
            console.err().println("somebody changed the schedule meanwhile; looking at the new one");
        }
        throw new Failure(
                ExitCode.FAILED,
                "others changed the schedule " + TRIES + " times meanwhile; nothing was changed; try again");
    }

    static Instant start(JsonObject window) {
        long nanoseconds = window.whole("unavailability.start.nanoseconds", 0);
        return Instant.ofEpochSecond(Math.floorDiv(nanoseconds, NANOS), Math.floorMod(nanoseconds, NANOS));
    }

    /** {@code 1h 30m}, or that it has no end. */
    static String length(JsonObject window) {
        return window.has("unavailability.duration")
                ? SpanText.spoken(Duration.ofNanos(window.whole("unavailability.duration.nanoseconds", 0)))
                : "no end";
    }

    /**
     * @param length null for no end
     */
    static JsonObject window(List<JsonObject> machines, Instant from, @Nullable Duration length) {
        var unavailability = new LinkedHashMap<String, @Nullable Object>();
        unavailability.put("start", JsonObject.of("nanoseconds", Math.addExact(from.getEpochSecond() * NANOS, (long)
                from.getNano())));
        if (length != null) {
            unavailability.put("duration", JsonObject.of("nanoseconds", length.toNanos()));
        }
        return JsonObject.of("machine_ids", machines, "unavailability", new JsonObject(unavailability));
    }

    /** The windows without these machines; those without a machine vanish. */
    static List<JsonObject> without(List<JsonObject> windows, List<JsonObject> machines) {
        var left = new ArrayList<JsonObject>();
        for (JsonObject window : windows) {
            List<JsonObject> rest = window.objects("machine_ids").stream()
                    .filter(machine -> !machines.contains(machine))
                    .toList();
            if (!rest.isEmpty()) {
                left.add(JsonObject.of("machine_ids", rest, "unavailability", window.object("unavailability")));
            }
        }
        return left;
    }
}
