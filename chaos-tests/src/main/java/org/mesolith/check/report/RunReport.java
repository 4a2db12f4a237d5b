package org.mesolith.check.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.mesolith.check.Verdict;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;
import org.mesolith.check.history.HistoryEvent.Kind;

/** The page of a run: verdicts first, then what happened when, then every fault. No script, nothing from a network. */
public final class RunReport {
    private static final String GOOD = "#2e7d32";
    private static final String BAD = "#c62828";
    private static final String UNSURE = "#ef6c00";
    private static final List<String> COLORS = List.of("#5c6bc0", "#26a69a", "#8d6e63", "#ab47bc", "#78909c");
    private static final int BUCKETS = 240;
    private static final int PROBLEMS_SHOWN_WITH_LINES = 3;

    private final History history;
    private final List<Verdict> verdicts;
    private final double seconds;
    private final Evidence evidence;
    private final Figures figures;

    private RunReport(History history, List<Verdict> verdicts) {
        this.history = history;
        this.verdicts = verdicts;
        this.seconds = Math.max(1, second(history.events().getLast()));
        this.evidence = new Evidence(history);
        this.figures = new Figures(history);
    }

    /** The page. */
    public static String html(History history, List<Verdict> verdicts) {
        return new RunReport(history, verdicts).page();
    }

    private static double second(HistoryEvent event) {
        return event.nanos() / 1e9;
    }

    private String page() {
        long failed = verdicts.stream().filter(verdict -> !verdict.isGreen()).count();
        String title = "Chaos run, profile " + history.setting("profile") + ", seed " + history.setting("seed");
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + Html.text(title)
                + "</title><style>body{font-family:sans-serif;max-width:1200px;margin:2em auto;padding:0 1em;"
                + "color:#222}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;"
                + "padding:.3em .6em;text-align:left;vertical-align:top}pre{background:#f6f6f6;padding:.8em;"
                + "overflow-x:auto;white-space:pre-wrap}h2{margin-top:2em}.lines{font-size:.8em}summary{cursor:pointer}"
                + "</style></head>\n<body>\n<h1>"
                + Html.text(title) + "</h1>\n<p><b"
                + " style=\"color:" + (failed == 0 ? GOOD : BAD) + "\">" + (verdicts.size() - failed) + " passed, "
                + failed + " failed</b></p>\n" + figures.troubles() + reds() + "<h2>What happened</h2>\n" + drawing()
                + claims() + faults() + figures.skipped() + figures.operations() + figures.stalls() + settings()
                + "</body></html>\n";
    }

    /** What to read first: each claim that does not hold, with the lines that show it. */
    private String reds() {
        var red = verdicts.stream().filter(verdict -> !verdict.isGreen()).toList();
        if (red.isEmpty()) {
            return "<p>Every claim held.</p>\n";
        }
        var text = new StringBuilder("<h2>What did not hold</h2>\n");
        for (Verdict verdict : red) {
            text.append("<h3 style=\"color:")
                    .append(color(verdict))
                    .append("\">")
                    .append(verdict.outcome())
                    .append(": ")
                    .append(Html.text(verdict.claim()))
                    .append("</h3>\n");
            int shown = 0;
            for (String problem : verdict.problems()) {
                text.append("<pre>").append(Html.text(problem)).append("</pre>\n");
                text.append(shown++ < PROBLEMS_SHOWN_WITH_LINES ? evidence.table(problem) : "");
            }
        }
        return text.toString();
    }

    private static String color(Verdict verdict) {
        return verdict.isGreen() ? GOOD : verdict.outcome() == Verdict.Outcome.UNKNOWN ? UNSURE : BAD;
    }

    /** Where the lines are that problems speak of, for the drawing. */
    private List<Lanes.Bar> marks() {
        var bars = new ArrayList<Lanes.Bar>();
        for (Verdict verdict : verdicts) {
            for (String problem : verdict.problems()) {
                var lines = evidence.of(problem);
                if (!lines.isEmpty()) {
                    double at = second(lines.getLast());
                    bars.add(new Lanes.Bar(at, at, BAD, verdict.claim() + ": " + problem));
                }
            }
        }
        return bars;
    }

    private String claims() {
        var text =
                new StringBuilder("<h2>Claims</h2>\n<table><tr><th>claim</th><th>verdict</th><th>compared</th></tr>\n");
        for (Verdict verdict : verdicts) {
            text.append("<tr><td>")
                    .append(Html.text(verdict.claim()))
                    .append("</td><td style=\"color:")
                    .append(color(verdict))
                    .append("\"><b>")
                    .append(verdict.outcome())
                    .append("</b></td><td>")
                    .append(verdict.looked())
                    .append("</td></tr>\n");
        }
        return text.append("</table>\n").toString();
    }

    // ---- the drawing

    private String drawing() {
        var lanes = new Lanes(seconds);
        lanes.bars("violations", marks());
        faultBars().forEach((kind, bars) -> lanes.bars(kind, bars));
        leaderBars().forEach((master, bars) -> lanes.bars(master + " leads", bars));
        lanes.bars(
                "machine stood still",
                history.seen("stall")
                        .map(event -> new Lanes.Bar(
                                second(event) - event.number("millis") / 1e3,
                                second(event),
                                BAD,
                                event.fact("millis") + " ms"))
                        .toList());
        rate(lanes, "ok per s", event -> event.kind() == Kind.OK, GOOD);
        rate(lanes, "failed per s", event -> event.kind() == Kind.FAIL, "#999");
        rate(lanes, "unknown per s", event -> event.kind() == Kind.UNKNOWN, UNSURE);
        rate(lanes, "offers per s", event -> isSeen(event, "offer"), "#1565c0");
        rate(lanes, "updates per s", event -> isSeen(event, "update"), "#6a1b9a");
        latency(lanes);
        return lanes.svg();
    }

    private static boolean isSeen(HistoryEvent event, String name) {
        return event.kind() == Kind.SEEN && event.name().equals(name);
    }

    private Map<String, List<Lanes.Bar>> faultBars() {
        Map<String, List<Lanes.Bar>> byKind = new TreeMap<>();
        for (History.Call fault : history.faults()) {
            HistoryEvent end = fault.end();
            byKind.computeIfAbsent(fault.invoke().name(), _ -> new ArrayList<>())
                    .add(new Lanes.Bar(
                            second(fault.invoke()),
                            end == null ? seconds : second(end),
                            "#e57373",
                            fault.invoke().name() + " on " + fault.invoke().fact("on")));
        }
        return byKind;
    }

    /** Who led: from the moment it was seen until the next one was. */
    private Map<String, List<Lanes.Bar>> leaderBars() {
        Map<String, List<Lanes.Bar>> byMaster = new TreeMap<>();
        List<HistoryEvent> seen = history.seen("leader").toList();
        for (int at = 0; at < seen.size(); at++) {
            HistoryEvent event = seen.get(at);
            double until = at + 1 < seen.size() ? second(seen.get(at + 1)) : seconds;
            byMaster.computeIfAbsent(event.fact("at"), _ -> new ArrayList<>())
                    .add(new Lanes.Bar(
                            second(event),
                            until,
                            COLORS.get((int) (event.number("term") % COLORS.size())),
                            "term " + event.fact("term")));
        }
        return byMaster;
    }

    private void rate(Lanes lanes, String name, Predicate<HistoryEvent> wanted, String color) {
        double width = seconds / BUCKETS;
        double[] counts = new double[BUCKETS + 1];
        history.events().stream()
                .filter(wanted)
                .forEach(event -> counts[(int) Math.min(BUCKETS, second(event) / width)] += 1 / width);
        var points = new ArrayList<Lanes.Point>();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            points.add(new Lanes.Point((bucket + 0.5) * width, counts[bucket]));
        }
        lanes.line(name, points, Arrays.stream(counts).max().orElse(0), color);
    }

    /** The longest call that was answered in each span; what nobody answered has none. */
    private void latency(Lanes lanes) {
        double width = seconds / BUCKETS;
        double[] longest = new double[BUCKETS + 1];
        for (History.Call call : history.calls()) {
            HistoryEvent end = call.end();
            if (end != null && call.isOk()) {
                double millis = (end.nanos() - call.invoke().nanos()) / 1e6;
                int bucket = (int) Math.min(BUCKETS, second(end) / width);
                longest[bucket] = Math.max(longest[bucket], millis);
            }
        }
        var points = new ArrayList<Lanes.Point>();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            points.add(new Lanes.Point((bucket + 0.5) * width, longest[bucket]));
        }
        lanes.line("longest answer, ms", points, Arrays.stream(longest).max().orElse(0), "#37474f");
    }

    // ---- tables

    private String faults() {
        var text = new StringBuilder(
                "<h2>Faults</h2>\n<table><tr><th>from</th><th>to</th><th>fault</th><th>on</th></tr>\n");
        for (History.Call fault : history.faults()) {
            HistoryEvent end = fault.end();
            text.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%.2f s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n",
                    second(fault.invoke()),
                    end == null ? "never" : String.format(Locale.ROOT, "%.2f s", second(end)),
                    Html.text(fault.invoke().name()),
                    Html.text(fault.invoke().fact("on"))));
        }
        return text.append("</table>\n").toString();
    }

    private String settings() {
        var rows = new LinkedHashMap<String, String>(history.events().getFirst().facts());
        rows.put("lines of the history", Integer.toString(history.events().size()));
        var calls = history.calls();
        rows.put("operations", Integer.toString(calls.size()));
        rows.put(
                "of which nobody knows the outcome",
                Long.toString(calls.stream().filter(History.Call::isOpen).count()));
        var text = new StringBuilder("<h2>The run</h2>\n<table>\n");
        rows.forEach((name, value) -> text.append("<tr><td>")
                .append(Html.text(name))
                .append("</td><td>")
                .append(Html.text(value))
                .append("</td></tr>\n"));
        return text.append("</table>\n").toString();
    }
}
