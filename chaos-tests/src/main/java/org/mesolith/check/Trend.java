package org.mesolith.check;

import java.util.List;

/**
 * How a row of samples moves: the least-squares line through those that are left when the first third is taken for
 * warm-up.
 *
 * @param mean of those that count
 * @param slope of the line, in the unit of time of the samples
 */
public record Trend(double mean, double slope) {
    /** The fewest samples that make a trend. */
    public static final int SAMPLES_MIN = 6;

    /** What was measured at a time. */
    public record Point(double at, double value) {}

    /** Of samples in their order, {@value #SAMPLES_MIN} or more. */
    public static Trend of(List<Point> points) {
        if (points.size() < SAMPLES_MIN) {
            throw new IllegalArgumentException("a trend needs " + SAMPLES_MIN + " samples, not " + points.size());
        }
        var counted = points.subList(points.size() / 3, points.size());
        double middle = counted.stream().mapToDouble(Point::at).average().orElse(0);
        double mean = counted.stream().mapToDouble(Point::value).average().orElse(0);
        double above = 0;
        double below = 0;
        for (var point : counted) {
            above += (point.at - middle) * (point.value - mean);
            below += (point.at - middle) * (point.at - middle);
        }
        return new Trend(mean, below == 0 ? 0 : above / below);
    }

    /** Of the mean, in a unit of time: 0.02 is two in a hundred. */
    public double shareGrown() {
        return mean == 0 ? 0 : slope / mean;
    }
}
