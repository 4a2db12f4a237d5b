package org.mesolith.cli.command.reservation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Confirmation;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso reservation gc}: gives back what nobody needs. */
@Command(
        description = {
            "Gives back reservations that have expired, and those of roles that no framework has had for a while.",
            "What tasks use stays. So does what a volume is made of, unless --with-volumes destroys the volume before.",
            "Whether nobody needs it is looked at again when it is given back."
        },
        footer = {
            "",
            "Example: meso reservation gc --dry-run",
            "          meso reservation gc --role old --for 7d --yes"
        })
public final class ReservationGc implements Callable<Integer> {
    private static final int AT_ONCE_MAX = 1_000;

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--role", paramLabel = "ROLE", description = "Only for this role and those below it.")
    private String role = "";

    @Option(names = "--owner", paramLabel = "NAME", description = "Only of this owner.")
    private @Nullable String owner;

    @Option(
            names = "--for",
            paramLabel = "SPAN",
            defaultValue = "1h",
            description = "Of roles without a framework for so long at least (default: ${DEFAULT-VALUE}).")
    private String orphaned = "1h";

    @Option(names = "--with-volumes", description = "Destroys the volumes that are made of it, with their data.")
    private boolean withVolumes;

    @Option(names = "--dry-run", description = "Shows what would be given back; changes nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Does it without asking.")
    private boolean yes;

    @Option(names = "--json", description = "One JSON object: what nobody needed, and what of it is left.")
    private boolean json;

    /** The command in these surroundings. */
    public ReservationGc(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Duration alone = SpanText.read("--for", orphaned);
        Operator operator = masters.operator(console);
        var now = Instant.now();
        List<Booking> found = Booking.all(operator).stream()
                .filter(one -> one.isDynamic() && (one.isOver(now) || one.isOrphanFor(alone, now)))
                .filter(one -> role.isEmpty() || one.isOf(role))
                .filter(one -> owner == null || one.json().text("owner").equals(owner))
                .toList();
        if (!json) {
            BookingTable.print(console.out(), found, now);
            BookingTable.explain(console.out(), found, now);
            console.out().flush();
        }
        if (dryRun || found.isEmpty()) {
            return end(found, found, found.isEmpty() ? "nothing is there that nobody needs" : "(--dry-run)");
        }
        agree(found);
        List<String> refused = withVolumes ? destroyed(operator, found) : List.of();
        var keys = found.stream().map(Booking::key).toList();
        for (int from = 0; from < keys.size(); from += AT_ONCE_MAX) {
            var part = keys.subList(from, Math.min(keys.size(), from + AT_ONCE_MAX));
            var _ = operator.order(Booking.PATH + "/release", JsonObject.of("reservations", part));
        }
        List<Booking> left = Booking.all(operator).stream()
                .filter(one -> keys.contains(one.key()))
                .toList();
        refused.forEach(console.err()::println);
        if (!json) {
            BookingTable.explain(console.err(), left, Instant.now());
        }
        return end(
                found,
                left,
                found.size() - left.size() + " of " + found.size() + " are given back"
                        + (left.isEmpty() ? "" : "; of the others the part that is free"));
    }

    private int end(List<Booking> found, List<Booking> left, String what) {
        if (json) {
            JsonOutput.print(
                    console.out(),
                    JsonObject.of(
                            "found",
                            found.stream().map(Booking::json).toList(),
                            "left",
                            left.stream().map(Booking::json).toList()));
        }
        console.err().println(dryRun ? "nothing was changed " + what : what);
        return ExitCode.OK;
    }

    private void agree(List<Booking> found) {
        if (yes) {
            return;
        }
        long volumes = found.stream().mapToLong(one -> one.volumes().size()).sum();
        Confirmation.typed(
                console,
                withVolumes && volumes > 0 ? "wipe" : "give back",
                "this gives back what is free of " + found.size() + " reservations"
                        + (withVolumes && volumes > 0 ? ", and wipes " + volumes + " volumes for ever" : ""),
                "--yes");
    }

    /** What was refused of it, one line for each. */
    private static List<String> destroyed(Operator operator, List<Booking> found) {
        var volumes = new ArrayList<Volume>();
        Volume.forEach(operator, volume -> {
            boolean ours = found.stream()
                    .anyMatch(one -> one.agent().equals(volume.agentId())
                            && one.volumes().contains(volume.id())
                            && one.json().objects("stack").equals(volume.stack()));
            if (ours) {
                volumes.add(volume);
            }
        });
        var refused = new ArrayList<String>();
        for (Volume volume : volumes) {
            try {
                operator.write(
                        Reserve.call("DESTROY_VOLUMES", "volumes", volume.agentId(), List.of(volume.resource())));
            } catch (Failure failure) {
                if (failure.exitCode() != ExitCode.FAILED) {
                    throw failure;
                }
                refused.add("volume " + volume.id() + " on " + volume.agentId() + " stays: " + failure.getMessage());
            }
        }
        return refused;
    }
}
