package org.mesolith.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * Nothing is in two offers at once. Of an offer that was accepted, and of which a task then ran, we know for certain
 * that it was open from the line at which it was received to the line before its ACCEPT; all such offers of an agent
 * that were open at one line hold together no more than the agent has. Of offers that were declined, taken back or lost
 * we do not know when their master gave them up, and judge nothing.
 */
final class OffersAreExclusive implements Checker {

    private record Open(String offer, String agent, Amounts has, long from, long until) {}

    @Override
    public String claim() {
        return "what is in one open offer is in no other";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, Amounts> totals = totals(history);
        Map<String, List<Open>> byAgent = new LinkedHashMap<>();
        open(history)
                .forEach(open -> byAgent.computeIfAbsent(open.agent(), _ -> new ArrayList<>())
                        .add(open));
        byAgent.forEach((agent, offers) -> {
            Amounts total = totals.get(agent);
            if (total != null) {
                offers.forEach(offer -> together(offer, offers, total, problems));
            }
        });
        return problems.verdict(claim());
    }

    /** What each agent has, as its first read shows. */
    private static Map<String, Amounts> totals(History history) {
        Map<String, Amounts> totals = new HashMap<>();
        for (History.Call call : history.calls("agents-get")) {
            for (String agent : call.answer("agents").split(" ")) {
                if (call.isOk() && !agent.isEmpty()) {
                    totals.putIfAbsent(agent, Amounts.of(call.answer("total:" + agent)));
                }
            }
        }
        return totals;
    }

    private static List<Open> open(History history) {
        Map<String, HistoryEvent> received = new HashMap<>();
        history.seen("offer").forEach(offer -> received.putIfAbsent(offer.fact("offer"), offer));
        Set<String> ran = tasksThatRan(history);
        var open = new ArrayList<Open>();
        for (History.Call call : history.calls("launch")) {
            HistoryEvent offer = received.get(call.invoke().fact("offer"));
            boolean wasGood = ran.contains(call.invoke().fact("tasks"));
            if (offer != null && wasGood && !offer.fact("has").isEmpty()) {
                open.add(new Open(
                        offer.fact("offer"),
                        offer.fact("agent"),
                        Amounts.of(offer.fact("has")),
                        offer.number(),
                        call.invoke().number()));
            }
        }
        return open;
    }

    private static Set<String> tasksThatRan(History history) {
        var ran = new HashSet<String>();
        history.seen("ran").filter(event -> event.number("times") > 0).forEach(event -> ran.add(event.fact("task")));
        history.seen("update")
                .filter(event -> event.fact("state").equals("TASK_RUNNING"))
                .forEach(event -> ran.add(event.fact("task")));
        return ran;
    }

    /** All that were open when this one came. */
    private static void together(Open offer, List<Open> others, Amounts total, Problems problems) {
        Amounts sum = Amounts.NONE;
        var names = new ArrayList<String>();
        for (Open other : others) {
            if (other.from() <= offer.from() && offer.from() < other.until()) {
                sum = sum.plus(other.has());
                names.add(other.offer());
            }
        }
        problems.unless(
                sum.fitsInto(total),
                "at line " + offer.from() + " the offers " + names + " of " + offer.agent() + " held " + sum
                        + " together, and it has only " + total);
    }
}
