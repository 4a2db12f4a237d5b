package org.mesolith.check.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * The lines of a history that a problem speaks of: those with the numbers it names, and all about the tasks, offers,
 * marks, volumes and plans that it names; with the faults that lasted then.
 */
final class Evidence {
    private static final int LINES_MAX = 40;
    private static final int FIRST_LINES = 15;
    private static final int FACT_CHARS_MAX = 160;
    private static final Pattern LINE = Pattern.compile("line (\\d+)");
    private static final Pattern SPAN = Pattern.compile("\\[(\\d+), (\\d+|\\?)]");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");
    /** Facts by whose values things are known. */
    private static final Set<String> NAMES = Set.of("task", "tasks", "offer", "mark", "volume", "plan");

    private final History history;
    private final Map<String, List<HistoryEvent>> byName = new HashMap<>();
    private final Map<Long, HistoryEvent> ends = new HashMap<>();

    Evidence(History history) {
        this.history = history;
        for (HistoryEvent event : history.events()) {
            event.facts().forEach((fact, value) -> {
                if (NAMES.contains(fact)) {
                    byName.computeIfAbsent(value, _ -> new ArrayList<>()).add(event);
                }
            });
            boolean isEnd = event.operation() >= 0
                    && event.kind() != HistoryEvent.Kind.INVOKE
                    && event.kind() != HistoryEvent.Kind.FAULT;
            if (isEnd) {
                ends.put(event.operation(), event);
            }
        }
    }

    /** The lines of a problem, in order; empty if it speaks of none. */
    List<HistoryEvent> of(String problem) {
        SortedSet<Long> numbers = new TreeSet<>();
        Matcher line = LINE.matcher(problem);
        while (line.find()) {
            number(line.group(1), numbers);
        }
        Matcher span = SPAN.matcher(problem);
        while (span.find()) {
            number(span.group(1), numbers);
            number(span.group(2), numbers);
        }
        Matcher word = WORD.matcher(problem);
        while (word.find()) {
            byName.getOrDefault(word.group(), List.of()).forEach(event -> numbers.add(event.number()));
        }
        SortedSet<Long> whole = new TreeSet<>(numbers);
        for (Long number : numbers) {
            HistoryEvent event = history.events().get(number.intValue());
            HistoryEvent end = event.operation() >= 0 ? ends.get(event.operation()) : null;
            if (end != null && event.kind() == HistoryEvent.Kind.INVOKE) {
                whole.add(end.number());
            }
        }
        var all = whole.stream()
                .map(number -> history.events().get(number.intValue()))
                .toList();
        if (all.size() <= LINES_MAX) {
            return all;
        }
        // What comes last is what no order explains; how it began is needed to understand it.
        var shown = new ArrayList<>(all.subList(0, FIRST_LINES));
        shown.addAll(all.subList(all.size() - LINES_MAX + FIRST_LINES, all.size()));
        return shown;
    }

    private void number(String text, SortedSet<Long> numbers) {
        if (!text.equals("?") && text.length() < 10) {
            long number = Long.parseLong(text);
            if (number < history.events().size()) {
                numbers.add(number);
            }
        }
    }

    /** The lines as a table; empty without lines. */
    String table(String problem) {
        List<HistoryEvent> lines = of(problem);
        if (lines.isEmpty()) {
            return "";
        }
        var text = new StringBuilder("<details open><summary>the lines of the history that it speaks of (")
                .append(lines.size())
                .append(")</summary>\n<table class=\"lines\"><tr><th>line</th><th>second</th><th>who</th>"
                        + "<th>what</th><th></th><th>faults then</th></tr>\n");
        for (HistoryEvent event : lines) {
            text.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%d</td><td>%.3f</td><td>%s</td><td>%s %s</td><td>%s</td><td>%s</td></tr>\n",
                    event.number(),
                    event.nanos() / 1e9,
                    Html.text(event.process()),
                    event.kind().name().toLowerCase(Locale.ROOT),
                    Html.text(event.name()),
                    facts(event),
                    Html.text(faultsAt(event))));
        }
        return text.append("</table></details>\n").toString();
    }

    private static String facts(HistoryEvent event) {
        var text = new StringBuilder();
        event.facts().forEach((fact, value) -> {
            if (!value.isEmpty()) {
                String shown = value.length() > FACT_CHARS_MAX ? value.substring(0, FACT_CHARS_MAX) + "…" : value;
                text.append(text.isEmpty() ? "" : "; ")
                        .append("<i>")
                        .append(Html.text(fact))
                        .append("</i> ")
                        .append(Html.text(shown));
            }
        });
        return text.toString();
    }

    private String faultsAt(HistoryEvent event) {
        var names = new ArrayList<String>();
        for (History.Call fault : history.faults()) {
            HistoryEvent end = fault.end();
            boolean lasts =
                    fault.invoke().number() <= event.number() && (end == null || end.number() >= event.number());
            if (lasts) {
                names.add(fault.invoke().name() + " on " + fault.invoke().fact("on"));
            }
        }
        return String.join(", ", names);
    }
}
