package org.mesolith.check.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/** The numbers of a run as tables: operations, how long they took, what was skipped, when the machine stood still. */
final class Figures {
    private static final int STALLS_MAX = 20;

    private final History history;

    Figures(History history) {
        this.history = history;
    }

    /** How many there were of each kind, and how long those that succeeded took. */
    String operations() {
        SortedMap<String, List<History.Call>> byName = new TreeMap<>();
        history.calls()
                .forEach(call -> byName.computeIfAbsent(call.invoke().name(), _ -> new ArrayList<>())
                        .add(call));
        var text = new StringBuilder("<h2>Operations</h2>\n<table><tr><th>operation</th><th>ok</th><th>failed</th>"
                + "<th>unknown</th><th>median</th><th>99 %</th><th>longest</th></tr>\n");
        byName.forEach((name, calls) -> {
            var millis = new ArrayList<Double>();
            for (History.Call call : calls) {
                HistoryEvent end = call.end();
                if (call.isOk() && end != null) {
                    millis.add((end.nanos() - call.invoke().nanos()) / 1e6);
                }
            }
            Collections.sort(millis);
            text.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%s</td><td>%d</td><td>%d</td><td>%d</td><td>%s</td><td>%s</td><td>%s</td></tr>\n",
                    Html.text(name),
                    millis.size(),
                    calls.stream().filter(History.Call::isFailed).count(),
                    calls.stream().filter(History.Call::isOpen).count(),
                    quantile(millis, 0.5),
                    quantile(millis, 0.99),
                    quantile(millis, 1)));
        });
        return text.append("</table>\n").toString();
    }

    private static String quantile(List<Double> sorted, double part) {
        if (sorted.isEmpty()) {
            return "";
        }
        int at = (int) Math.ceil(part * sorted.size()) - 1;
        return String.format(Locale.ROOT, "%.1f ms", sorted.get(Math.clamp(at, 0, sorted.size() - 1)));
    }

    /** Faults that this machine cannot do, and why; and those that could hit nobody. */
    String skipped() {
        List<HistoryEvent> skipped = history.seen("skipped").toList();
        long missed = history.seen("not-struck").count();
        var text = new StringBuilder("<h2>Skipped faults</h2>\n<p>");
        text.append(skipped.isEmpty() ? "None" : skipped.size() + " kinds of fault, which this machine cannot do")
                .append(missed == 0 ? "" : "; " + missed + " more found nobody left to hit")
                .append(".</p>\n");
        if (!skipped.isEmpty()) {
            text.append("<table><tr><th>fault</th><th>why</th></tr>\n");
            skipped.forEach(event -> text.append("<tr><td>")
                    .append(Html.text(event.fact("fault")))
                    .append("</td><td>")
                    .append(Html.text(event.fact("why")))
                    .append("</td></tr>\n"));
            text.append("</table>\n");
        }
        return text.toString();
    }

    /** When the machine itself stood still, the longest first: what went wrong then may be its fault. */
    String stalls() {
        var stalls = history.seen("stall")
                .sorted((one, other) -> Long.compare(other.number("millis"), one.number("millis")))
                .toList();
        long sum = stalls.stream().mapToLong(event -> event.number("millis")).sum();
        var text = new StringBuilder("<h2>Stalls of the machine</h2>\n<p>")
                .append(stalls.size())
                .append(" of more than 200 ms, ")
                .append(sum)
                .append(" ms together; they are added to the limits for coming back.</p>\n");
        if (!stalls.isEmpty()) {
            text.append("<table><tr><th>until</th><th>length</th></tr>\n");
            stalls.stream()
                    .limit(STALLS_MAX)
                    .forEach(event -> text.append(String.format(
                            Locale.ROOT,
                            "<tr><td>%.2f s</td><td>%s ms</td></tr>\n",
                            event.nanos() / 1e9,
                            Html.text(event.fact("millis")))));
            text.append("</table>\n");
        }
        return text.toString();
    }

    /** What kept the controller from its work; empty if nothing did. */
    String troubles() {
        List<HistoryEvent> troubles = history.seen("trouble").toList();
        if (troubles.isEmpty()) {
            return "";
        }
        var text = new StringBuilder("<h2>What was in the way of the run</h2>\n");
        troubles.forEach(event -> text.append(String.format(
                Locale.ROOT,
                "<p>line %d, %.2f s, %s:</p><pre>%s</pre>\n",
                event.number(),
                event.nanos() / 1e9,
                Html.text(event.process()),
                Html.text(event.fact("what")))));
        return text.toString();
    }
}
