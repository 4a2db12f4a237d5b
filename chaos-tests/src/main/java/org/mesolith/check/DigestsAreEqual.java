package org.mesolith.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * Masters that have applied the log up to the same index have the same fingerprint, and none of them raised the alarm
 * that they raise themselves. At least two must have been seen at one index.
 */
final class DigestsAreEqual implements Checker {

    @Override
    public String claim() {
        return "masters at the same index are equal";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, HistoryEvent> byIndex = new HashMap<>();
        Set<String> compared = new HashSet<>();
        history.seen("digest").forEach(event -> {
            HistoryEvent before = byIndex.putIfAbsent(event.fact("index"), event);
            if (before != null && !before.fact("at").equals(event.fact("at"))) {
                compared.add(event.fact("at"));
                problems.unless(
                        before.fact("digest").equals(event.fact("digest")),
                        "at index " + event.fact("index") + " " + before.fact("at") + " has "
                                + before.fact("digest") + " and " + event.fact("at") + " has "
                                + event.fact("digest"));
            }
        });
        history.seen("alarm")
                .forEach(event -> problems.unless(
                        event.fact("digest").equals("0"), event.fact("at") + " says itself that it differs"));
        if (compared.isEmpty()) {
            problems.add("no two masters were seen at the same index");
        }
        return problems.verdict(claim());
    }
}
