package org.mesolith.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of points as a picture (SVG), both ways from zero. */
final class LinePlot {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 420;
    private static final int LEFT = 60;
    private static final int TOP = 20;
    private static final int RIGHT = 180;
    private static final int BOTTOM = 40;
    private static final int STEPS = 5;
    private static final List<String> COLORS = List.of("#2266aa", "#bb5522", "#338844", "#884499", "#777777");

    private LinePlot() {}

    /** A point of a line. */
    record Point(double across, double up) {}

    /**
     * One line for each row.
     *
     * @param across how a place on the axis below is written, a format of one number
     * @param up the same for the axis on the left
     */
    static List<String> svg(List<String> names, List<List<Point>> rows, String across, String up) {
        double most = 0;
        double top = 0;
        for (var row : rows) {
            for (var point : row) {
                most = Math.max(most, point.across());
                top = Math.max(top, point.up());
            }
        }
        var lines = new ArrayList<String>();
        lines.add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" height=\"" + HEIGHT
                + "\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" font-family=\"sans-serif\" font-size=\"12\">");
        lines.add("<rect width=\"" + WIDTH + "\" height=\"" + HEIGHT + "\" fill=\"white\"/>");
        for (int step = 0; step <= STEPS; step++) {
            double value = top * step / STEPS;
            lines.add(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - 6,
                    y(value, top) + 4,
                    String.format(Locale.ROOT, up, value)));
            lines.add(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x(most * step / STEPS, most),
                    HEIGHT - 14,
                    String.format(Locale.ROOT, across, most * step / STEPS)));
        }
        for (int number = 0; number < rows.size(); number++) {
            var color = COLORS.get(number % COLORS.size());
            var points = new StringBuilder();
            for (var point : rows.get(number)) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.across(), most), y(point.up(), top)));
            }
            lines.add("<polyline fill=\"none\" stroke=\"" + color + "\" stroke-width=\"1.5\" points=\""
                    + points.toString().strip() + "\"/>");
            lines.add("<text x=\"" + (WIDTH - RIGHT + 10) + "\" y=\"" + (TOP + 20 + 18 * number) + "\" fill=\"" + color
                    + "\">" + names.get(number) + "</text>");
        }
        lines.add("</svg>");
        return lines;
    }

    private static double x(double value, double most) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (most == 0 ? 0 : value / most);
    }

    private static double y(double value, double top) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (top == 0 ? 0 : value / top);
    }
}
