package org.mesolith.cli.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mesolith.check.Trend;
import org.mesolith.store.RegistryStore;

/**
 * What a member needed at a moment of the churn, and the verdict over many of them.
 *
 * @param days since the beginning
 * @param figures in the order of {@link Figure}
 */
record RetentionSample(double days, List<Long> figures) {
    /** Share of the mean by which a figure may grow in a day. */
    static final double GROWTH_MAX = 0.02;

    /** What is measured. */
    enum Figure {
        HEAP("heap_bytes", "live heap"),
        NATIVE("database_memory_bytes", "write buffers and indexes of the database"),
        /** Takes days to fill and then stays: judged by its bound, for the slope says nothing of that. */
        CACHE("database_cache_bytes", "cache of the database", RegistryStore.CACHE_BYTES_MAX),
        DISK("disk_bytes", "files"),
        ROWS("registry_rows", "rows of the registry"),
        /** Among all rows they are so few that their growth alone would hardly show. */
        AGENTS("agents_kept", "agents, with those that are gone"),
        EVENTS("events_kept", "events"),
        AUDITS("audit_rows_kept", "audit rows");

        private final String column;
        private final String words;
        private final long bound;

        Figure(String column, String words) {
            this(column, words, Long.MAX_VALUE);
        }

        Figure(String column, String words, long bound) {
            this.column = column;
            this.words = words;
            this.bound = bound;
        }

        private String verdict(boolean grows) {
            if (isBounded()) {
                return (grows ? "above" : "within") + " its bound of " + bound;
            }
            return grows ? "it grows" : "flat";
        }

        private boolean isBounded() {
            return bound != Long.MAX_VALUE;
        }
    }

    RetentionSample {
        figures = List.copyOf(figures);
    }

    /** Names of the figures, with tabs between. */
    static String columns() {
        return Arrays.stream(Figure.values()).map(figure -> figure.column).collect(Collectors.joining("\t"));
    }

    /** Says of each figure how it moves; true when none grows. */
    static boolean judge(List<RetentionSample> samples, PrintStream out) {
        boolean flat = true;
        for (var figure : Figure.values()) {
            var trend = Trend.of(row(samples, figure, 1));
            boolean grows = figure.isBounded()
                    ? samples.stream().anyMatch(sample -> sample.figures.get(figure.ordinal()) > figure.bound)
                    : trend.shareGrown() >= GROWTH_MAX;
            flat &= !grows;
            out.println(String.format(
                    Locale.ROOT,
                    "# %s: mean %.0f, slope %.2f %% of it in a day: %s",
                    figure.words,
                    trend.mean(),
                    100 * trend.shareGrown(),
                    figure.verdict(grows)));
        }
        return flat;
    }

    /** Memory and disk as a picture. */
    static List<String> svg(List<RetentionSample> samples) {
        var shown = List.of(Figure.HEAP, Figure.NATIVE, Figure.CACHE, Figure.DISK);
        return LinePlot.svg(
                shown.stream().map(figure -> figure.words).toList(),
                shown.stream()
                        .map(figure -> row(samples, figure, 1e6).stream()
                                .map(point -> new LinePlot.Point(point.at(), point.value()))
                                .toList())
                        .toList(),
                "day %.1f",
                "%.0f MB");
    }

    private static List<Trend.Point> row(List<RetentionSample> samples, Figure figure, double unit) {
        return samples.stream()
                .map(sample -> new Trend.Point(sample.days, sample.figures.get(figure.ordinal()) / unit))
                .toList();
    }
}
