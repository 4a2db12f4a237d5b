package org.mesolith.cli.bench;

import java.util.List;

/**
 * How a row of samples moves: the least-squares line through those that are left when the first third is taken for
 * warm-up.
 *
 * @param mean of those that count
 * @param slopePerDay of the line
 */
record Trend(double mean, double slopePerDay) {
    /** What was measured at a time. */
    record Point(double days, double value) {}

    static Trend of(List<Point> points) {
        if (points.size() < 6) {
            throw new IllegalArgumentException("a trend needs 6 samples, not " + points.size());
        }
        var counted = points.subList(points.size() / 3, points.size());
        double meanDays = counted.stream().mapToDouble(Point::days).average().orElse(0);
        double mean = counted.stream().mapToDouble(Point::value).average().orElse(0);
        double above = 0;
        double below = 0;
        for (var point : counted) {
            above += (point.days - meanDays) * (point.value - mean);
            below += (point.days - meanDays) * (point.days - meanDays);
        }
        return new Trend(mean, below == 0 ? 0 : above / below);
    }

    /** Of the mean, in a day: 0.02 is two in a hundred. */
    double shareGrownPerDay() {
        return mean == 0 ? 0 : slopePerDay / mean;
    }
}
