package org.mesolith.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Spans of time, kept exactly. One thread while they are added. */
final class Latencies {

    private long[] nanos = new long[4_096];
    private int count;
    private boolean sorted;

    void add(long span) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = span;
        sorted = false;
    }

    void addAll(Latencies other) {
        for (int at = 0; at < other.count; at++) {
            add(other.nanos[at]);
        }
    }

    int count() {
        return count;
    }

    /** The smallest span that {@code share} (0 to 1) of all are not above, in milliseconds; 0 without any. */
    double millisAt(double share) {
        if (count == 0) {
            return 0;
        }
        if (!sorted) {
            Arrays.sort(nanos, 0, count);
            sorted = true;
        }
        int rank = (int) Math.ceil(share * count);
        return nanos[Math.clamp(rank - 1, 0, count - 1)] / 1e6;
    }

    /** How they spread: for each span the share of all, in percent, that took no longer. */
    List<LinePlot.Point> spread() {
        var points = new ArrayList<LinePlot.Point>();
        for (int rank = 1; rank <= count; rank++) {
            double share = (double) rank / count;
            points.add(new LinePlot.Point(millisAt(share), 100 * share));
        }
        return points;
    }
}
