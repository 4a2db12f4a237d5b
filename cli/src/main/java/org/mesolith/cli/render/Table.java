package org.mesolith.cli.render;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.cli.console.Console;

/**
 * A table for people: a header in capitals, columns as wide as they need, two spaces between them, nothing after the
 * last. The widths are taken from the first rows; then rows are printed as they come, so that a long list needs little
 * memory. On a terminal it is at most 100 columns wide, see {@link Fit}; elsewhere nothing is cut.
 */
public final class Table {

    /** What fits on every terminal. */
    public static final int TERMINAL_COLUMNS = 100;

    private static final int ROWS_MEASURED = 1_000;
    private static final int GAP = 2;

    private final PrintStream out;
    private final int columnsMax;
    private final List<String> header;
    private final int[] widths;
    private final List<List<String>> waiting = new ArrayList<>();
    private Fit fit = Fit.WHOLE;
    private boolean measured;

    /** A table with these column names, as wide as it gets. */
    public Table(PrintStream out, String... columns) {
        this(out, Integer.MAX_VALUE, columns);
    }

    private Table(PrintStream out, int columnsMax, String... columns) {
        this.out = out;
        this.columnsMax = columnsMax;
        this.header = List.of(columns);
        this.widths = new int[columns.length];
        measure(header);
    }

    /** A table on stdout, that fits where somebody looks at it. */
    public static Table of(Console console, String... columns) {
        return new Table(console.out(), console.isSeen() ? TERMINAL_COLUMNS : Integer.MAX_VALUE, columns);
    }

    /** Adds a row; an empty cell is shown as a dash, control characters as spaces. */
    public void row(String... cells) {
        var clean = new ArrayList<String>(cells.length);
        for (String cell : cells) {
            clean.add(cell.isEmpty() ? "-" : visible(cell));
        }
        if (measured) {
            print(fit.of(clean));
            return;
        }
        waiting.add(clean);
        measure(clean);
        if (waiting.size() == ROWS_MEASURED) {
            flush();
        }
    }

    /** Prints what still waits. To be called once, after the last row. */
    public void end() {
        if (!measured) {
            flush();
        }
    }

    private void flush() {
        measured = true;
        int whole = GAP * (widths.length - 1);
        for (int width : widths) {
            whole += width;
        }
        if (whole > columnsMax) {
            fit = Fit.into(columnsMax - GAP * (widths.length - 1), header, waiting);
            java.util.Arrays.fill(widths, 0);
            measure(header);
            waiting.forEach(cells -> measure(fit.of(cells)));
        }
        print(header);
        waiting.forEach(cells -> print(fit.of(cells)));
        waiting.clear();
    }

    private void measure(List<String> cells) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], cells.get(column).length());
        }
    }

    private void print(List<String> cells) {
        var line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell);
            if (column < cells.size() - 1) {
                line.repeat(' ', Math.max(0, widths[column] - cell.length()) + GAP);
            }
        }
        out.println(line);
    }

    /** A cell may come from a framework: it must not move the cursor of the operator's terminal. */
    private static String visible(String cell) {
        for (int at = 0; at < cell.length(); at++) {
            if (Character.isISOControl(cell.charAt(at))) {
                var clean = new StringBuilder(cell);
                for (int fix = at; fix < clean.length(); fix++) {
                    if (Character.isISOControl(clean.charAt(fix))) {
                        clean.setCharAt(fix, ' ');
                    }
                }
                return clean.toString();
            }
        }
        return cell;
    }
}
