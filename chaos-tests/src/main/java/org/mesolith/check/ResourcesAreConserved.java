package org.mesolith.check;

import java.util.HashMap;
import java.util.Map;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * What an agent has is never more nor less than it began with, however it is reserved or made into volumes; what is
 * used and offered of it at one moment is never more than that; and no master shows more tasks on it than fit, nor two
 * that have the same port.
 */
final class ResourcesAreConserved implements Checker {
    private static final String TOTAL = "total:";
    private static final String USED = "used:";
    private static final String PORTS = "ports:";

    @Override
    public String claim() {
        return "nothing of an agent is lost, made up or given twice";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, Amounts> totals = new HashMap<>();
        for (History.Call call : history.calls("agents-get")) {
            HistoryEvent answer = call.end();
            if (call.isOk() && answer != null) {
                for (String agent : agents(answer)) {
                    agent(answer, agent, totals, problems);
                }
            }
        }
        for (History.Call call : history.calls("tasks-get", "tasks-look")) {
            HistoryEvent answer = call.end();
            if (call.isOk() && answer != null) {
                answer.facts().forEach((fact, value) -> {
                    if (fact.startsWith(USED)) {
                        tasks(answer, fact.substring(USED.length()), totals, problems);
                    } else if (fact.startsWith(PORTS)) {
                        ports(answer, fact.substring(PORTS.length()), value, problems);
                    }
                });
            }
        }
        return problems.verdict(claim());
    }

    private static String[] agents(HistoryEvent answer) {
        String agents = answer.fact("agents");
        return agents.isEmpty() ? new String[0] : agents.split(" ");
    }

    private static void agent(HistoryEvent answer, String agent, Map<String, Amounts> totals, Problems problems) {
        Amounts total = Amounts.of(answer.fact(TOTAL + agent));
        Amounts used = Amounts.of(answer.fact(USED + agent));
        Amounts offered = Amounts.of(answer.fact("offered:" + agent));
        Amounts first = totals.computeIfAbsent(agent, _ -> total);
        problems.unless(
                total.isAsMuchAs(first),
                where(answer) + " shows that " + agent + " has " + total + "; it had " + first + " before");
        problems.unless(
                used.plus(offered).fitsInto(total),
                where(answer) + " shows that of " + agent + " " + used + " is used and " + offered
                        + " offered, and it has only " + total);
    }

    private static void tasks(HistoryEvent answer, String agent, Map<String, Amounts> totals, Problems problems) {
        Amounts total = totals.get(agent);
        Amounts used = Amounts.of(answer.fact(USED + agent));
        problems.unless(
                total == null || used.fitsInto(total),
                where(answer) + " shows tasks on " + agent + " that use " + used + ", and it has only " + total);
    }

    /** The fact is {@code port:task} words. */
    private static void ports(HistoryEvent answer, String agent, String words, Problems problems) {
        Map<String, String> owners = new HashMap<>();
        for (String word : words.split(" ")) {
            int colon = word.indexOf(':');
            if (colon > 0) {
                String port = word.substring(0, colon);
                String before = owners.put(port, word.substring(colon + 1));
                problems.unless(
                        before == null,
                        where(answer) + " shows port " + port + " of " + agent + " in " + before + " and in "
                                + word.substring(colon + 1));
            }
        }
    }

    private static String where(HistoryEvent answer) {
        return "line " + answer.number() + ": " + answer.fact("at");
    }
}
