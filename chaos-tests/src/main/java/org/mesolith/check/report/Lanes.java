package org.mesolith.check.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A drawing of time: rows below each other, all with the same seconds from left to right. */
final class Lanes {
    private static final int WIDTH = 1_180;
    private static final int LEFT = 150;
    private static final int RIGHT = 20;
    private static final int GAP = 8;
    private static final int TICKS = 12;

    private final double seconds;
    private final List<String> lines = new ArrayList<>();
    private int height = GAP;

    Lanes(double seconds) {
        this.seconds = Math.max(1, seconds);
    }

    /** Something that lasted. */
    record Bar(double from, double to, String color, String title) {}

    /** A value at a moment. */
    record Point(double at, double value) {}

    private double x(double second) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.clamp(second / seconds, 0, 1);
    }

    private void label(String name, int rowHeight) {
        lines.add(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                LEFT - 8,
                height + rowHeight / 2 + 4,
                Html.text(name)));
        lines.add(String.format(
                Locale.ROOT,
                "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"#ddd\"/>",
                LEFT,
                WIDTH - RIGHT,
                height + rowHeight,
                height + rowHeight));
    }

    /** A row of bars. */
    void bars(String name, List<Bar> bars) {
        int rowHeight = 16;
        label(name, rowHeight);
        for (Bar bar : bars) {
            lines.add(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"><title>%s</title></rect>",
                    x(bar.from()),
                    height + 2,
                    Math.max(1.5, x(bar.to()) - x(bar.from())),
                    rowHeight - 4,
                    bar.color(),
                    Html.text(bar.title())));
        }
        height += rowHeight + GAP / 2;
    }

    /** A row of values as a line; {@code most} is the top of the row. */
    void line(String name, List<Point> points, double most, String color) {
        int rowHeight = 60;
        label(name, rowHeight);
        double top = Math.max(1e-9, most);
        var path = new StringBuilder();
        for (Point point : points) {
            path.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    x(point.at()),
                    height + rowHeight * (1 - Math.min(1, point.value() / top))));
        }
        lines.add("<polyline fill=\"none\" stroke=\"" + color + "\" stroke-width=\"1.2\" points=\"" + path + "\"/>");
        lines.add(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" fill=\"#777\" text-anchor=\"end\">up to %.0f</text>",
                LEFT - 8,
                height + rowHeight / 2 + 20,
                most));
        height += rowHeight + GAP;
    }

    /** All of it, with the seconds below. */
    String svg() {
        var text = new StringBuilder();
        int total = height + 24;
        text.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"100%%\" font-size=\"11\""
                        + " font-family=\"sans-serif\">\n",
                WIDTH,
                total));
        for (int tick = 0; tick <= TICKS; tick++) {
            double second = seconds * tick / TICKS;
            text.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\" stroke=\"#f0f0f0\"/>"
                            + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#777\">%.0f s</text>\n",
                    x(second),
                    x(second),
                    height,
                    x(second),
                    height + 16,
                    second));
        }
        lines.forEach(line -> text.append(line).append('\n'));
        return text.append("</svg>").toString();
    }
}
