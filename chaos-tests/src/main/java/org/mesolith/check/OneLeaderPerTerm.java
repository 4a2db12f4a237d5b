package org.mesolith.check;

import java.util.HashMap;
import java.util.Map;
import org.mesolith.check.history.History;

/** No two masters were seen to lead in one term. */
final class OneLeaderPerTerm implements Checker {

    @Override
    public String claim() {
        return "no term has two leaders";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, String> leaders = new HashMap<>();
        history.seen("leader").forEach(event -> {
            String before = leaders.putIfAbsent(event.fact("term"), event.fact("at"));
            problems.unless(
                    before == null || before.equals(event.fact("at")),
                    "in term " + event.fact("term") + " " + before + " led, and " + event.fact("at") + " too");
        });
        return problems.verdict(claim());
    }
}
