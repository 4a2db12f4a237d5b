package org.mesolith.cli.render;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How rows that are too wide are made to fit: ids lose the beginning that all of a column have, which leaves an ending
 * that commands take; then the widest columns are cut, and end with an ellipsis. The first column names the row: it
 * keeps as much as tells its rows apart, which is a beginning that commands take.
 *
 * @param dropped characters that cells of a column lose at their beginning when they begin like it
 * @param limits widest cell by column
 */
record Fit(List<String> dropped, int[] limits) {
    static final Fit WHOLE = new Fit(List.of(), new int[0]);

    /** Ids that masters make: {@code 3dad3cdc-0001-S0000000001}. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9]{4}-[A-Z][0-9]+");

    /** Narrower than this nothing is recognised. */
    private static final int CELL_MIN = 8;

    /** For cells of together so many characters. */
    static Fit into(int chars, List<String> header, List<List<String>> rows) {
        var dropped = new ArrayList<String>();
        for (int column = 0; column < header.size(); column++) {
            dropped.add(sameBeginning(rows, column));
        }
        int[] limits = new int[header.size()];
        java.util.Arrays.fill(limits, Integer.MAX_VALUE);
        var fit = new Fit(List.copyOf(dropped), limits);
        int[] widths = new int[header.size()];
        int[] least = new int[header.size()];
        int sum = 0;
        for (int column = 0; column < widths.length; column++) {
            widths[column] = header.get(column).length();
            for (List<String> row : rows) {
                widths[column] =
                        Math.max(widths[column], fit.of(row).get(column).length());
            }
            least[column] = Math.max(CELL_MIN, header.get(column).length());
            sum += widths[column];
        }
        least[0] = Math.max(least[0], distinct(rows, fit));
        while (sum > chars) {
            int widest = -1;
            for (int column = 0; column < widths.length; column++) {
                if (widths[column] > least[column] && (widest < 0 || widths[column] > widths[widest])) {
                    widest = column;
                }
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
            limits[widest] = widths[widest];
            sum--;
        }
        return fit;
    }

    /** The row as it is shown. */
    List<String> of(List<String> cells) {
        if (limits.length == 0) {
            return cells;
        }
        var shown = new ArrayList<String>(cells.size());
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String begin = dropped.get(column);
            String left = !begin.isEmpty() && cell.startsWith(begin) ? cell.substring(begin.length()) : cell;
            shown.add(left.length() <= limits[column] ? left : left.substring(0, limits[column] - 1) + "…");
        }
        return shown;
    }

    /** Up to a dash; empty unless all of them are ids. */
    private static String sameBeginning(List<List<String>> rows, int column) {
        String same = null;
        for (List<String> row : rows) {
            String cell = row.get(column);
            if (cell.equals("-")) {
                continue;
            }
            if (!ID.matcher(cell).matches()) {
                return "";
            }
            String begin = cell.substring(0, cell.lastIndexOf('-') + 1);
            while (same != null && !begin.startsWith(same)) {
                same = same.substring(0, same.lastIndexOf('-', same.length() - 2) + 1);
            }
            same = same == null ? begin : same;
        }
        return same == null ? "" : same;
    }

    /** How wide the first column has to be for its cells to differ where they differ whole, the ellipsis included. */
    private static int distinct(List<List<String>> rows, Fit fit) {
        var whole = new HashSet<String>();
        rows.forEach(row -> whole.add(fit.of(row).getFirst()));
        int widest = whole.stream().mapToInt(String::length).max().orElse(0);
        for (int chars = CELL_MIN; chars < widest; chars++) {
            var cut = new HashSet<String>();
            for (String cell : whole) {
                cut.add(cell.length() <= chars + 1 ? cell : cell.substring(0, chars));
            }
            if (cut.size() == whole.size()) {
                return chars + 1;
            }
        }
        return widest;
    }
}
