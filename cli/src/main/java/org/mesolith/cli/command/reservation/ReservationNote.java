package org.mesolith.cli.command.reservation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Preview;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso reservation note}. */
@Command(
        description = {
            "Writes down who owns a reservation, what it is for and when it expires; what is not named stays.",
            "Principal and labels are part of a reservation and never change; this is kept beside it.",
            "When it has expired the masters give back what no task uses and no volume is made of, and the rest later."
        },
        footer = {
            "",
            "Example: meso reservation note S0000000001 ads --owner ann --expires 'in 30d'",
            "          meso reservation note --all ads --expires never"
        })
public final class ReservationNote implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Preview preview = new Preview();

    @Mixin
    private NoteOptions notes = new NoteOptions();

    @Parameters(
            arity = "1..2",
            paramLabel = "AGENT ROLE",
            description = "The agent's id, or a beginning or end that only it has, and for which role; with --all the"
                    + " role alone.")
    private List<String> words = List.of();

    @Option(names = "--all", description = "Every reservation of the role, on all agents at once.")
    private boolean all;

    @Option(
            names = "--principal",
            paramLabel = "NAME",
            description = "Whose reservation, where the role has several there.")
    private @Nullable String principal;

    @Option(names = "--json", description = "One JSON array: the reservations as `meso reservation ls` shows them.")
    private boolean json;

    /** The command in these surroundings. */
    public ReservationNote(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!notes.isGiven()) {
            throw new Failure(ExitCode.USAGE, "nothing is to be written down; give --owner, --purpose or --expires");
        }
        if (words.size() != (all ? 1 : 2)) {
            throw new Failure(
                    ExitCode.USAGE,
                    all ? "with --all name the role and no agent" : "name an agent and a role, or --all and a role");
        }
        var body = new LinkedHashMap<String, @Nullable Object>();
        notes.add(body);
        Operator operator = masters.operator(console);
        List<Booking> chosen = chosen(Booking.all(operator));
        body.put("reservations", chosen.stream().map(Booking::key).toList());
        var call = new JsonObject(body);
        if (preview.shows(console, call)) {
            return ExitCode.OK;
        }
        var _ = operator.order(Booking.PATH + "/note", call);
        var keys = chosen.stream().map(Booking::key).toList();
        List<Booking> now = Booking.all(operator).stream()
                .filter(one -> keys.contains(one.key()))
                .toList();
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                now.forEach(one -> output.element(one.json()));
            }
        } else {
            BookingTable.print(console.out(), now, Instant.now());
        }
        return ExitCode.OK;
    }

    private List<Booking> chosen(List<Booking> known) {
        String role = words.getLast();
        return all ? ofRole(known, role) : List.of(Bookings.only(known, words.getFirst(), role, principal));
    }

    private List<Booking> ofRole(List<Booking> known, String role) {
        List<Booking> chosen = known.stream()
                .filter(one -> one.isDynamic() && one.role().equals(role))
                .filter(one -> principal == null || one.principal().equals(principal))
                .toList();
        if (chosen.isEmpty()) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "nothing that could be noted is reserved for `" + role
                            + "`; nothing was changed; `meso reservation ls` shows what is reserved");
        }
        return chosen;
    }
}
