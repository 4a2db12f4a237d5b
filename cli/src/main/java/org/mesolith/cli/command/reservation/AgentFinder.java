package org.mesolith.cli.command.reservation;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Confirmation;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.Table;
import picocli.CommandLine.Option;

/** Agents that the masters find for a reservation: how many, spread over what, and the plan that is shown of it. */
final class AgentFinder {
    @Option(
            names = "--agents",
            paramLabel = "N",
            description = "On so many agents, which the masters find: the emptiest that have room.")
    private @Nullable Integer count;

    @Option(
            names = "--spread",
            paramLabel = "ATTRIBUTE",
            description = "With --agents: evenly over the values of this attribute, or over `zone` or `region`.")
    private @Nullable String spread;

    @Option(names = "--uneven", description = "With --spread: also when a place has too little room for its part.")
    private boolean uneven;

    @Option(names = "--yes", description = "With --agents: does what the plan says without asking.")
    private boolean yes;

    boolean isWanted() {
        if (count == null && (spread != null || uneven || yes)) {
            throw new Failure(ExitCode.USAGE, "--spread, --uneven and --yes belong to --agents N");
        }
        if (count != null && count < 1) {
            throw new Failure(ExitCode.USAGE, "--agents is " + count + "; give 1 or more");
        }
        return count != null;
    }

    /**
     * The ids of the agents that were found and agreed to.
     *
     * @param reservation role, principal, labels and resources as the masters take them
     */
    List<String> find(Console console, Operator operator, JsonObject reservation, Order order) {
        var question = new LinkedHashMap<String, @Nullable Object>();
        question.put("agents", count);
        if (spread != null) {
            question.put("spread", spread);
            question.put("uneven", uneven);
        }
        question.putAll(reservation.fields());
        JsonObject plan = operator.question(Booking.PATH + "/plan", new JsonObject(question));
        print(console.err(), plan);
        if (!plan.text("problem").isEmpty()) {
            throw new Failure(ExitCode.FAILED, plan.text("problem") + "; nothing was reserved");
        }
        List<String> ids =
                plan.objects("agents").stream().map(one -> one.text("id")).toList();
        if (!yes && !order.isDryRun()) {
            Confirmation.typed(
                    console,
                    reservation.text("role"),
                    "this reserves " + reservation.text("resources") + " (memory and disk in MB) on each of "
                            + ids.size() + " agents",
                    "--yes");
        }
        return ids;
    }

    private void print(PrintStream err, JsonObject plan) {
        List<JsonObject> picks = plan.objects("agents");
        var ids = new ShortIds(picks.stream().map(one -> one.text("id")).toList());
        if (!picks.isEmpty()) {
            var table = new Table(
                    err, "AGENT", "HOST", spread == null ? "PLACE" : spread.toUpperCase(Locale.ROOT), "FREE BEFORE");
            for (JsonObject pick : picks) {
                table.row(
                        ids.of(pick.text("id")),
                        pick.text("host"),
                        pick.text("place"),
                        Booking.amounts(pick.object("free")));
            }
            table.end();
        }
        err.println(plan.whole("candidates", 0) + " of " + plan.whole("in_use", 0)
                + " agents that are in use have room for it");
        for (JsonObject place : plan.objects("places")) {
            err.println("  " + spread + " " + place.text("name") + ": " + place.whole("chosen", 0) + " of "
                    + place.whole("candidates", 0) + " with room");
        }
        if (!plan.text("problem").isEmpty()) {
            for (JsonObject lack : plan.objects("lacking")) {
                err.println("  " + lack.text("id") + " (" + lack.text("host") + "): " + lack.text("text"));
            }
        }
    }
}
