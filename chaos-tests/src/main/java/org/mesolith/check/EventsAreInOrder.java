package org.mesolith.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * Every reader of events was told what every master tells at the end: in one order, without a gap, nothing twice and
 * nothing else, at whichever master it read.
 */
final class EventsAreInOrder implements Checker {

    @Override
    public String claim() {
        return "readers of events miss nothing, see nothing twice, and all in one order";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, List<HistoryEvent>> byReader = new LinkedHashMap<>();
        history.seen("told")
                .forEach(event -> byReader.computeIfAbsent(event.process(), _ -> new ArrayList<>())
                        .add(event));
        List<HistoryEvent> longest = List.of();
        for (var reader : byReader.entrySet()) {
            tokensGrow(reader.getValue(), problems);
            if (reader.getKey().startsWith(AcknowledgedWritesStay.FINAL)
                    && reader.getValue().size() > longest.size()) {
                longest = reader.getValue();
            }
        }
        if (longest.isEmpty()) {
            problems.add("no master told its events at the end");
            return problems.verdict(claim());
        }
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < longest.size(); place++) {
            places.put(longest.get(place).fact("token"), place);
        }
        for (var reader : byReader.entrySet()) {
            compare(reader.getKey(), reader.getValue(), longest, places, problems);
        }
        return problems.verdict(claim());
    }

    private static void tokensGrow(List<HistoryEvent> told, Problems problems) {
        for (int at = 1; at < told.size(); at++) {
            HistoryEvent before = told.get(at - 1);
            HistoryEvent now = told.get(at);
            problems.unless(
                    compare(before.fact("token"), now.fact("token")) < 0,
                    now.process() + " was told " + now.fact("token") + " by " + now.fact("at") + " after "
                            + before.fact("token") + " by " + before.fact("at"));
        }
    }

    /** What a reader was told is a run of what the longest list tells, without a hole. */
    private static void compare(
            String reader,
            List<HistoryEvent> told,
            List<HistoryEvent> all,
            Map<String, Integer> places,
            Problems problems) {
        Integer place = places.get(told.getFirst().fact("token"));
        for (HistoryEvent event : told) {
            problems.looked();
            if (place == null || place >= all.size()) {
                problems.add(reader + " was told " + event.fact("token") + " by " + event.fact("at")
                        + ", which the masters do not tell at the end");
                return;
            }
            HistoryEvent same = all.get(place);
            if (!what(same).equals(what(event))) {
                problems.add(reader + " was told \"" + what(event) + "\" by " + event.fact("at") + " where "
                        + same.fact("at") + " tells \"" + what(same) + "\" at the end");
                return;
            }
            place++;
        }
    }

    private static String what(HistoryEvent event) {
        return String.join(" ", event.fact("token"), event.fact("kind"), event.fact("subject"), event.fact("value"));
    }

    /** Tokens are numbers joined by {@code -}, and compare by them. */
    static int compare(String token, String other) {
        String[] numbers = token.split("-");
        String[] others = other.split("-");
        for (int at = 0; at < Math.min(numbers.length, others.length); at++) {
            int order = Long.compare(Long.parseLong(numbers[at]), Long.parseLong(others[at]));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(numbers.length, others.length);
    }
}
