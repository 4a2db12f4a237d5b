package org.mesolith.check;

import java.util.HashMap;
import java.util.Map;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;
import org.mesolith.check.history.Pairs;

/**
 * What an operator was doing when his command was killed he can order again, in the same words, and then it is so:
 * each wish ({@code wished}) was ordered again with success ({@code again}), and what the cluster then shows
 * ({@code became}) is what was wished, no more and no less; {@code meso diff} finds nothing to do.
 */
final class CutOrdersAreFinished implements Checker {

    @Override
    public String claim() {
        return "a command that was killed can be given again, and then it is carried out, once";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, HistoryEvent> became = new HashMap<>();
        history.seen("became").forEach(event -> became.put(event.fact("wish"), event));
        history.seen("wished").forEach(wished -> {
            HistoryEvent end = became.get(wished.fact("wish"));
            String where = wished.fact("command") + " of line " + wished.number();
            if (end == null) {
                problems.add(where + " was killed, and never came to its end when it was given again");
                return;
            }
            for (String fact : wished.facts().keySet()) {
                boolean isCompared = !fact.equals("wish") && !fact.equals("command");
                problems.unless(
                        !isCompared || Pairs.of(wished.fact(fact)).equals(Pairs.of(end.fact(fact))),
                        where + " was killed and given again: " + fact + " should be " + wished.fact(fact)
                                + ", but at line " + end.number() + " are " + end.fact(fact));
            }
        });
        return problems.verdict(claim());
    }
}
