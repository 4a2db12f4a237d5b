package org.mesolith.cli.command.top;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.render.Table;
import org.mesolith.cli.render.Texts;

/** What is to be seen: lines of text, no wider and no more than the terminal has room for. */
final class Screen {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss XXX", Locale.ROOT);
    private static final int NAME_CHARS = 24;
    private static final int ID_CHARS = 16;

    /** Lines that are no rows: two above, the table's header, one below. */
    private static final int FRAME_LINES = 4;

    private Screen() {}

    static int rowsThatFit(int height) {
        return Math.max(1, height - FRAME_LINES);
    }

    /** The whole screen. */
    static List<String> lines(Reading reading, AgentUse use, View view, View.Sort sort, int from, Size size) {
        var lines = new ArrayList<String>();
        int fit = rowsThatFit(size.height());
        lines.add("meso top: " + view.word() + " by " + sort.name().toLowerCase(Locale.ROOT) + ", " + reading.count()
                + " in all, " + CLOCK.format(reading.at().atZone(ZoneId.systemDefault())) + ", "
                + reading.answeredBy());
        lines.add("allocated: cpus "
                + Row.share(reading.allocated().cpus(), reading.total().cpus()) + ", mem "
                + Row.sizeShare(reading.allocated().mem(), reading.total().mem()) + ", disk "
                + Row.sizeShare(reading.allocated().disk(), reading.total().disk()));
        lines.addAll(table(reading.rows().stream().skip(from).limit(fit).toList(), use, view));
        int last = Math.min(reading.rows().size(), from + fit);
        lines.add((reading.rows().isEmpty() ? "none" : from + 1 + "-" + last + " of " + reading.count())
                + "  q quit  tab view  s sort  up/down scroll");
        return lines.stream().map(line -> cut(line, size.width())).toList();
    }

    /** Only the table, as it is printed where nobody looks. */
    static List<String> table(List<Row> rows, AgentUse use, View view) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            var table = new Table(out, header(view));
            rows.forEach(row -> table.row(cells(row, use, view)));
            table.end();
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String[] header(View view) {
        return switch (view) {
            case AGENTS -> new String[] {"HOST", "AGENT", "STATE", "CPUS", "MEM", "DISK", "USED MEM", "USED DISK"};
            case ROLES -> new String[] {"ROLE", "FRAMEWORKS", "CPUS", "MEM", "DISK"};
            case TASKS -> new String[] {"TASK", "FRAMEWORK", "STATE", "CPUS", "MEM", "DISK", "USED MEM", "USED DISK"};
        };
    }

    private static String[] cells(Row row, AgentUse use, View view) {
        String cpus = percent(
                row.allocated().cpus(),
                row.total().cpus(),
                Texts.decimal(round(row.allocated().cpus())));
        String mem = percent(
                row.allocated().mem(),
                row.total().mem(),
                Row.size(row.allocated().mem()));
        String disk = percent(
                row.allocated().disk(),
                row.total().disk(),
                Row.size(row.allocated().disk()));
        String name = shortened(row.name(), NAME_CHARS);
        return view == View.ROLES
                ? new String[] {name, row.id(), cpus, mem, disk}
                : new String[] {
                    name,
                    tail(row.id()),
                    row.state(),
                    cpus,
                    mem,
                    disk,
                    megabytes(use.memBytes(row)),
                    megabytes(use.diskBytes(row))
                };
    }

    private static String percent(double part, double whole, String text) {
        return whole <= 0 ? text : text + " " + Math.round(100 * part / whole) + "%";
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static String megabytes(@Nullable Long bytes) {
        return bytes == null ? "" : Row.size(bytes / 1_048_576.0);
    }

    /** The end of an id differs, its beginning is that of the cluster. */
    private static String tail(String id) {
        return id.length() <= ID_CHARS ? id : "…" + id.substring(id.length() - ID_CHARS + 1);
    }

    private static String shortened(String text, int chars) {
        return text.length() <= chars ? text : text.substring(0, chars - 1) + "…";
    }

    private static String cut(String line, int width) {
        return line.length() <= width ? line : line.substring(0, Math.max(0, width));
    }

    /**
     * Of a terminal, in characters.
     *
     * @param width columns
     * @param height lines
     */
    record Size(int width, int height) {}
}
