package org.mesolith.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mesolith.check.history.History;

/**
 * While a limit of quota is in force, what its role has, in tasks and in offers, never grows beyond it. A limit is
 * certainly in force from the line at which it was acknowledged to the line at which the next one is sent; after
 * one whose outcome nobody knows no limit is certain any more. Lowering a limit takes nothing away: so it is
 * judged from the first read on of whose time no launch of the role's framework may have been under way, for what
 * is neither in an offer nor in a task any more would be missing there. Later reads may show no more than it and
 * the limit.
 */
final class LimitsHold implements Checker {

    /** The role has this limit for certain between two lines. */
    private record Span(String role, BigDecimal limit, long from, long until) {}

    /** An ACCEPT was under way between two lines, perhaps. */
    private record Flight(long from, long until) {}

    @Override
    public String claim() {
        return "no role grows beyond a limit that was acknowledged";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        SortedSet<String> roles = new TreeSet<>();
        history.calls("limit-set").forEach(call -> roles.add(call.invoke().fact("role")));
        for (String role : roles) {
            List<Flight> flights = flights(history, role);
            for (Span span : spans(history, role)) {
                check(history, span, flights, problems);
            }
        }
        return problems.verdict(claim());
    }

    private static List<Span> spans(History history, String role) {
        var ofRole = history.calls("limit-set").stream()
                .filter(call -> call.invoke().fact("role").equals(role) && !call.isFailed())
                .toList();
        var spans = new ArrayList<Span>();
        boolean certain = true;
        for (int at = 0; at < ofRole.size(); at++) {
            History.Call call = ofRole.get(at);
            if (call.isOpen()) {
                // It may still take effect, at any later time.
                certain = false;
            }
            if (certain) {
                long until =
                        at + 1 < ofRole.size() ? ofRole.get(at + 1).invoke().number() : Long.MAX_VALUE;
                spans.add(new Span(role, new BigDecimal(call.invoke().fact("cpus")), call.returned(), until));
            }
        }
        return spans;
    }

    private static void check(History history, Span span, List<Flight> flights, Problems problems) {
        @Nullable BigDecimal allowed = null;
        for (History.Call call : history.calls("agents-get")) {
            String shown = call.answer("role:" + span.role());
            boolean within = call.isOk()
                    && !shown.isEmpty()
                    && call.invoke().number() > span.from()
                    && call.returned() < span.until();
            if (!within) {
                continue;
            }
            BigDecimal has = new BigDecimal(shown);
            if (allowed == null) {
                boolean isClean = flights.stream()
                        .noneMatch(flight -> flight.from() < call.returned()
                                && flight.until() > call.invoke().number());
                allowed = isClean ? span.limit().max(has) : null;
                continue;
            }
            problems.unless(
                    has.compareTo(allowed) <= 0,
                    "line " + call.returned() + ": " + span.role() + " has cpus:" + has.toPlainString()
                            + " in tasks and offers; its limit of "
                            + span.limit().toPlainString()
                            + " was acknowledged at line " + span.from() + ", and no more than "
                            + allowed.toPlainString() + " were left from before");
        }
    }

    /** Launches of the frameworks of a role: one without an answer is under way until its task is heard of. */
    private static List<Flight> flights(History history, String role) {
        Set<String> frameworks = history.calls("limit-set").stream()
                .filter(call -> call.invoke().fact("role").equals(role))
                .map(call -> call.invoke().fact("framework"))
                .collect(Collectors.toSet());
        Map<String, Long> heard = new HashMap<>();
        history.seen("update").forEach(update -> heard.putIfAbsent(update.fact("task"), update.number()));
        var flights = new ArrayList<Flight>();
        for (History.Call call : history.calls("launch")) {
            if (frameworks.contains(call.invoke().process())) {
                long until = call.isOpen()
                        ? heard.getOrDefault(call.invoke().fact("tasks"), Long.MAX_VALUE)
                        : call.returned();
                flights.add(new Flight(call.invoke().number(), call.isFailed() ? endOf(call) : until));
            }
        }
        return flights;
    }

    private static long endOf(History.Call call) {
        var end = call.end();
        return end == null ? Long.MAX_VALUE : end.number();
    }
}
