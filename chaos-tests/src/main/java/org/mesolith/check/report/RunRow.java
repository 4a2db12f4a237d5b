package org.mesolith.check.report;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.mesolith.check.Verdict;
import org.mesolith.check.history.History;

/** A run as one line of a table of runs: tab-separated values. */
public final class RunRow {
    /** The names of the columns. */
    public static final String HEADER = String.join(
            "\t",
            "commit",
            "profile",
            "seed",
            "masters",
            "seconds",
            "strikes",
            "kinds",
            "skipped",
            "leaders",
            "ok",
            "failed",
            "unknown",
            "verdict",
            "claims that failed");

    private RunRow() {}

    /**
     * The line of a run.
     *
     * @param commit what ran, as somebody says who knows
     */
    public static String of(String commit, History history, List<Verdict> verdicts) {
        var calls = history.calls();
        var faults = history.faults();
        var red = verdicts.stream()
                .filter(verdict -> !verdict.isGreen())
                .map(Verdict::claim)
                .toList();
        var events = history.events();
        long nanos = events.isEmpty()
                ? 0
                : events.getLast().nanos() - events.getFirst().nanos();
        return String.join(
                "\t",
                commit,
                history.setting("profile"),
                history.setting("seed"),
                history.setting("masters"),
                text(TimeUnit.NANOSECONDS.toSeconds(nanos)),
                text(faults.size()),
                text(faults.stream()
                        .map(fault -> fault.invoke().name())
                        .distinct()
                        .count()),
                history.seen("skipped")
                        .map(event -> event.fact("fault"))
                        .sorted()
                        .collect(Collectors.joining(" ")),
                text(history.seen("leader").count()),
                text(calls.stream().filter(History.Call::isOk).count()),
                text(calls.stream().filter(History.Call::isFailed).count()),
                text(calls.stream().filter(History.Call::isOpen).count()),
                red.isEmpty() ? "green" : "red",
                String.join("; ", red));
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
