package org.mesolith.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mesolith.check.history.History;

/**
 * A plan to empty agents goes from running to done (or late) and from there, or before, to cancelled; whoever
 * looks after somebody else has seen a step, or after a cancellation was acknowledged, never sees an earlier one,
 * nor that the plan is not there.
 */
final class PlansGoForward implements Checker {

    /** A moment from which on a plan is known to have come so far. */
    private record Reached(int rank, long since, String how) {}

    @Override
    public String claim() {
        return "plans to empty agents only go forward, and are not forgotten";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, List<Reached>> reached = new HashMap<>();
        for (History.Call call : history.calls("drain-set")) {
            if (call.isOk() && call.invoke().fact("step").equals("cancel")) {
                add(reached, call.invoke().fact("plan"), new Reached(2, call.returned(), "its cancellation"));
            } else if (call.isOk() && !call.answer("id").isEmpty()) {
                add(reached, call.answer("id"), new Reached(0, call.returned(), "its making"));
            }
        }
        for (History.Call call : history.calls("plan-get")) {
            if (call.isOk()) {
                String state = call.answer("state");
                String plan = call.invoke().fact("plan");
                add(reached, plan, new Reached(rank(state), call.returned(), "`" + state + "`"));
            }
        }
        for (History.Call call : history.calls("plan-get")) {
            String plan = call.invoke().fact("plan");
            int rank = call.isOk() ? rank(call.answer("state")) : -1;
            // Refused because nobody leads says nothing; that it is not known says that it was lost.
            if (call.isOk() || call.answer("why").startsWith("404")) {
                problems.looked();
                reached.getOrDefault(plan, List.of()).stream()
                        .filter(one -> one.since() < call.invoke().number() && one.rank() > rank)
                        .findFirst()
                        .ifPresent(one -> problems.add("line " + call.invoke().number() + ": " + plan + " is "
                                + (call.isOk() ? call.answer("state") : "not known") + "; line " + one.since()
                                + " told of " + one.how()));
            }
        }
        return problems.verdict(claim());
    }

    private static void add(Map<String, List<Reached>> reached, String plan, Reached one) {
        reached.computeIfAbsent(plan, _ -> new ArrayList<>()).add(one);
    }

    private static int rank(String state) {
        return switch (state) {
            case "running", "paused" -> 0;
            case "done", "late" -> 1;
            case "cancelled" -> 2;
            default -> -1;
        };
    }
}
