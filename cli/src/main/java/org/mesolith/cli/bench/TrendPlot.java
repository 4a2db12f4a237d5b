package org.mesolith.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of samples over days as a picture (SVG), in MB from zero. */
final class TrendPlot {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 420;
    private static final int LEFT = 60;
    private static final int TOP = 20;
    private static final int RIGHT = 120;
    private static final int BOTTOM = 40;
    private static final int STEPS = 5;
    private static final List<String> COLORS = List.of("#2266aa", "#bb5522", "#338844");

    private TrendPlot() {}

    static List<String> svg(List<String> names, List<List<Trend.Point>> rows) {
        double days = 0;
        double top = 0;
        for (var row : rows) {
            for (var point : row) {
                days = Math.max(days, point.days());
                top = Math.max(top, point.value());
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
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f MB</text>",
                    LEFT - 6,
                    y(value, top) + 4,
                    value));
            lines.add(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">day %.1f</text>",
                    x(days * step / STEPS, days),
                    HEIGHT - 14,
                    days * step / STEPS));
        }
        for (int number = 0; number < rows.size(); number++) {
            var color = COLORS.get(number % COLORS.size());
            var points = new StringBuilder();
            for (var point : rows.get(number)) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.days(), days), y(point.value(), top)));
            }
            lines.add("<polyline fill=\"none\" stroke=\"" + color + "\" stroke-width=\"1.5\" points=\""
                    + points.toString().strip() + "\"/>");
            lines.add("<text x=\"" + (WIDTH - RIGHT + 10) + "\" y=\"" + (TOP + 20 + 18 * number) + "\" fill=\"" + color
                    + "\">" + names.get(number) + "</text>");
        }
        lines.add("</svg>");
        return lines;
    }

    private static double x(double days, double most) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (most == 0 ? 0 : days / most);
    }

    private static double y(double value, double top) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (top == 0 ? 0 : value / top);
    }
}
