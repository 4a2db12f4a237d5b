package org.mesolith.cli.command.reservation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso reservation ls}. */
@Command(
        description = {
            "Lists what is reserved on the agents: for which role, whether it is used, who owns it, what for, how old",
            "it is and when it expires. Below the table stands what is over and what nobody needs, and why it is left.",
            "An orphan is reserved for a role that no framework has, nor one below it."
        },
        footer = {
            "",
            "Example: meso reservation ls --role ads",
            "          meso reservation ls --orphans --for 7d",
            "          meso reservation ls --owner ann --age 30d --json"
        })
public final class ReservationLs implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--role", paramLabel = "ROLE", description = "Only for this role and those below it.")
    private String role = "";

    @Option(
            names = "--agent",
            paramLabel = "AGENT",
            description = "Only on agents whose id begins or ends so, or whose host name it is.")
    private String agent = "";

    @Option(names = "--owner", paramLabel = "NAME", description = "Only of this owner.")
    private @Nullable String owner;

    @Option(
            names = "--age",
            paramLabel = "SPAN",
            description = "Only what was reserved so long ago or longer, as `30d`; what is of unknown age is left out.")
    private @Nullable String age;

    @Option(names = "--orphans", description = "Only for roles that no framework has.")
    private boolean orphans;

    @Option(
            names = "--for",
            paramLabel = "SPAN",
            defaultValue = "1h",
            description = "With --orphans: without a framework for so long at least (default: ${DEFAULT-VALUE}).")
    private String orphaned = "1h";

    @Option(names = "--json", description = "One JSON array: agent, role, stack, amounts, users, owner, expires, …")
    private boolean json;

    /** The command in these surroundings. */
    public ReservationLs(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Duration oldest = age == null ? null : SpanText.read("--age", age);
        Duration alone = SpanText.read("--for", orphaned);
        var now = Instant.now();
        List<Booking> asked = Booking.all(masters.operator(console)).stream()
                .filter(one -> role.isEmpty() || one.isOf(role))
                .filter(one -> agent.isEmpty() || one.isOn(agent))
                .filter(one -> owner == null || one.json().text("owner").equals(owner))
                .filter(one -> !orphans || one.isOrphanFor(alone, now))
                .toList();
        List<Booking> shown = oldest == null
                ? asked
                : asked.stream().filter(one -> isOld(one, oldest, now)).toList();
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                shown.forEach(one -> output.element(one.json()));
            }
            return ExitCode.OK;
        }
        BookingTable.print(console.out(), shown, now);
        BookingTable.explain(console.out(), shown, now);
        long unknown = asked.stream().filter(one -> one.made() == null).count();
        if (oldest != null && unknown > 0) {
            console.err()
                    .println(unknown + " of unknown age are not shown; frameworks or the agents made them, or"
                            + " they were made before ages were written down");
        }
        return ExitCode.OK;
    }

    private static boolean isOld(Booking one, Duration oldest, Instant now) {
        var made = one.made();
        return made != null && !made.plus(oldest).isAfter(now);
    }
}
