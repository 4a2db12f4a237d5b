package org.mesolith.scenario.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** Shares over time as a picture (SVG): a line for each role, and one for what nobody uses. */
public final class FindingsPlot {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 480;
    private static final int LEFT = 60;
    private static final int TOP = 20;
    private static final int RIGHT = 220;
    private static final int BOTTOM = 50;
    private static final int LINES_MAX = 40;

    private final Plan plan;
    private final Findings findings;
    private final List<String> lines = new ArrayList<>();

    private FindingsPlot(Plan plan, Findings findings) {
        this.plan = plan;
        this.findings = findings;
    }

    /** Lines of the picture. */
    public static List<String> svg(Plan plan, Findings findings) {
        return new FindingsPlot(plan, findings).draw();
    }

    private List<String> draw() {
        lines.add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" height=\"" + HEIGHT
                + "\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" font-family=\"sans-serif\" font-size=\"12\">");
        lines.add("<rect width=\"" + WIDTH + "\" height=\"" + HEIGHT + "\" fill=\"white\"/>");
        axes();
        var roles = new TreeSet<String>();
        findings.samples().forEach(sample -> roles.addAll(sample.shareByRole().keySet()));
        int number = 0;
        for (var role : roles) {
            if (number < LINES_MAX) {
                line(number, role, "", sample -> sample.shareByRole().getOrDefault(role, 0.0));
            }
            number++;
        }
        line(
                Math.min(number, LINES_MAX),
                "unused",
                " stroke-dasharray=\"5 4\"",
                sample -> sample.unusedByName().values().stream()
                        .mapToDouble(part -> part)
                        .min()
                        .orElse(0));
        lines.add("</svg>");
        return lines;
    }

    private void axes() {
        for (int percent = 0; percent <= 100; percent += 20) {
            double y = y(percent / 100.0);
            lines.add(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d %%</text>",
                    LEFT,
                    y,
                    WIDTH - RIGHT,
                    y,
                    LEFT - 6,
                    y + 4,
                    percent));
        }
        long end = plan.duration().toMillis();
        for (int fifth = 0; fifth <= 5; fifth++) {
            long at = end * fifth / 5;
            lines.add(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f s</text>",
                    x(at),
                    HEIGHT - BOTTOM + 20,
                    at / 1000.0));
        }
        lines.add("<text x=\"" + LEFT + "\" y=\"" + (HEIGHT - 8)
                + "\">dominant share of each role over time; dashed: the scarcest resource's unused part</text>");
    }

    private void line(int number, String name, String style, ToDoubleFunction<Findings.Sample> value) {
        var points = new StringBuilder();
        for (var sample : findings.samples()) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(sample.at()), y(value.applyAsDouble(sample))));
        }
        // Steps of the golden angle: neighbours differ, however many there are.
        var colour = String.format(Locale.ROOT, "hsl(%d,65%%,45%%)", number * 137 % 360);
        lines.add("<polyline fill=\"none\" stroke-width=\"1.6\" stroke=\"" + colour + "\"" + style + " points=\""
                + points.toString().strip() + "\"/>");
        int y = TOP + 10 + number * 11;
        lines.add("<text x=\"" + (WIDTH - RIGHT + 12) + "\" y=\"" + y + "\" fill=\"" + colour + "\">" + escaped(name)
                + "</text>");
    }

    private double x(long at) {
        return LEFT + (double) (WIDTH - LEFT - RIGHT) * at / plan.duration().toMillis();
    }

    private static double y(double part) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - Math.clamp(part, 0, 1));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
