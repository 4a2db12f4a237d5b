package org.mesolith.check.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mesolith.check.Verdict;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;
import org.mesolith.check.history.HistoryEvent.Kind;

/** A run as a line of a table has a value in every column. */
final class RunRowTest {
    private static final Verdict GREEN = new Verdict("a", Verdict.Outcome.PASSED, 1, List.of());

    private final List<HistoryEvent> events = new ArrayList<>();

    private void line(Kind kind, long operation, String name, Map<String, String> facts) {
        events.add(new HistoryEvent(
                events.size(), events.size() * 1_000_000_000L, kind, "p", operation, name, new TreeMap<>(facts)));
    }

    private Map<String, String> row(List<Verdict> verdicts) {
        String[] names = RunRow.HEADER.split("\t", -1);
        String[] values = RunRow.of("abc1234", new History(events), verdicts).split("\t", -1);
        assertThat(values).hasSameSizeAs(names);
        var row = new TreeMap<String, String>();
        for (int column = 0; column < names.length; column++) {
            row.put(names[column], values[column]);
        }
        return row;
    }

    @Test
    void everyColumnSaysWhatTheHistoryHolds() {
        line(Kind.BEGIN, -1, "run", Map.of("profile", "standard", "seed", "7", "masters", "5"));
        line(Kind.INVOKE, 1, "set", Map.of());
        line(Kind.OK, 1, "set", Map.of());
        line(Kind.INVOKE, 2, "set", Map.of());
        line(Kind.FAIL, 2, "set", Map.of());
        line(Kind.INVOKE, 3, "set", Map.of());
        line(Kind.FAULT, 4, "master-crash", Map.of());
        line(Kind.HEAL, 4, "master-crash", Map.of());
        line(Kind.SEEN, -1, "skipped", Map.of("fault", "power-cut", "why", "no root"));
        line(Kind.SEEN, -1, "leader", Map.of("at", "master-1"));
        line(Kind.END, -1, "run", Map.of());

        assertThat(row(List.of(GREEN)))
                .containsEntry("commit", "abc1234")
                .containsEntry("profile", "standard")
                .containsEntry("seed", "7")
                .containsEntry("masters", "5")
                .containsEntry("seconds", "10")
                .containsEntry("strikes", "1")
                .containsEntry("kinds", "1")
                .containsEntry("skipped", "power-cut")
                .containsEntry("leaders", "1")
                .containsEntry("ok", "1")
                .containsEntry("failed", "1")
                .containsEntry("unknown", "1")
                .containsEntry("verdict", "green")
                .containsEntry("claims that failed", "");
    }

    @Test
    void whatFailedIsNamed() {
        line(Kind.BEGIN, -1, "run", Map.of("profile", "quick", "seed", "7", "masters", "3"));
        var red = new Verdict("b", Verdict.Outcome.FAILED, 1, List.of("why"));
        var unknown = new Verdict("c", Verdict.Outcome.UNKNOWN, 1, List.of("too much"));

        assertThat(row(List.of(GREEN, red, unknown)))
                .containsEntry("verdict", "red")
                .containsEntry("claims that failed", "b; c");
    }
}
