package org.mesolith.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * No process needs more and more: after a third of the time as warm-up the least-squares slope of each figure is below
 * a share of its mean per hour. Runs that do not ask for it, by the setting {@code growth-percent-max}, pass: what was
 * killed begins anew, and an hour is needed to say something about an hour.
 */
final class UseIsFlat implements Checker {
    private static final double NANOS_PER_HOUR = 3_600e9;

    /** Facts of what was seen. */
    private static final List<String> FIGURES = List.of("memory_bytes", "disk_bytes", "threads", "handles");

    @Override
    public String claim() {
        return "no process needs more and more memory, disk, threads or handles";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        long most = history.setting("growth-percent-max", -1);
        if (most < 0) {
            return problems.verdict(claim());
        }
        var rows = rows(history);
        problems.unless(!rows.isEmpty(), "nothing was measured");
        rows.forEach((figure, points) -> {
            if (points.size() < Trend.SAMPLES_MIN) {
                problems.add(figure + " was measured " + points.size() + " times only");
                return;
            }
            var trend = Trend.of(points);
            problems.unless(
                    100 * trend.shareGrown() < most,
                    String.format(
                            Locale.ROOT,
                            "%s grows by %.1f %% of its mean of %.0f in an hour; at most %d %% are allowed",
                            figure,
                            100 * trend.shareGrown(),
                            trend.mean(),
                            most));
        });
        return problems.verdict(claim());
    }

    /** What each process needed, by {@code PROCESS FIGURE}; time in hours. */
    static Map<String, List<Trend.Point>> rows(History history) {
        var rows = new TreeMap<String, List<Trend.Point>>();
        history.seen("use").forEach(event -> add(rows, event));
        return rows;
    }

    private static void add(Map<String, List<Trend.Point>> rows, HistoryEvent event) {
        for (var figure : FIGURES) {
            if (!event.fact(figure).isEmpty()) {
                rows.computeIfAbsent(event.fact("of") + " " + figure, _ -> new ArrayList<>())
                        .add(new Trend.Point(event.nanos() / NANOS_PER_HOUR, event.number(figure)));
            }
        }
    }
}
