package org.mesolith.cli.command.reservation;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.render.Table;

/** Reservations in a hundred columns, and why those that nobody needs are left. */
final class BookingTable {
    private static final int ID_CHARS = 11;
    private static final int NAME_CHARS = 18;
    private static final int AMOUNT_CHARS = 18;
    private static final int OWNER_CHARS = 8;
    private static final int PURPOSE_CHARS = 8;

    private BookingTable() {}

    static void print(PrintStream out, List<Booking> bookings, Instant now) {
        var ids = new ShortIds(bookings.stream().map(Booking::agent).toList());
        var table = new Table(out, "AGENT", "RESERVATION", "RESOURCES", "STATE", "OWNER", "PURPOSE", "AGE", "EXPIRES");
        for (Booking one : bookings) {
            table.row(
                    cut(ids.of(one.agent()), ID_CHARS),
                    cut(one.name(), NAME_CHARS),
                    cut(one.amounts(), AMOUNT_CHARS),
                    one.isDynamic() ? one.state(now) : "static",
                    cut(one.json().text("owner"), OWNER_CHARS),
                    cut(one.json().text("purpose"), PURPOSE_CHARS),
                    SpanText.coarse(one.made(), now),
                    SpanText.coarse(now, one.expires()));
        }
        table.end();
    }

    /** One line for each that is over or that nobody needs. */
    static void explain(PrintStream out, List<Booking> bookings, Instant now) {
        var ids = new ShortIds(bookings.stream().map(Booking::agent).toList());
        boolean first = true;
        for (Booking one : bookings) {
            String why = one.explanation(now);
            if (!why.isEmpty()) {
                out.print(first ? System.lineSeparator() : "");
                first = false;
                out.println(ids.of(one.agent()) + " " + one.role() + ": " + why);
            }
        }
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 1) + "…";
    }
}
