package org.mesolith.cli.render;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for people: a header in capitals, columns as wide as they need, two spaces between them, nothing after the
 * last. The widths are taken from the first rows; then rows are printed as they come, so that a long list needs little
 * memory.
 */
public final class Table {

    private static final int ROWS_MEASURED = 1_000;

    private final PrintStream out;
    private final List<String> header;
    private final int[] widths;
    private final List<List<String>> waiting = new ArrayList<>();
    private boolean measured;

    /** A table with these column names. */
    public Table(PrintStream out, String... columns) {
        this.out = out;
        this.header = List.of(columns);
        this.widths = new int[columns.length];
        measure(header);
    }

    /** Adds a row; an empty cell is shown as a dash, control characters as spaces. */
    public void row(String... cells) {
        var clean = new ArrayList<String>(cells.length);
        for (String cell : cells) {
            clean.add(cell.isEmpty() ? "-" : visible(cell));
        }
        if (measured) {
            print(clean);
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
        print(header);
        waiting.forEach(this::print);
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
                line.repeat(' ', Math.max(0, widths[column] - cell.length()) + 2);
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
