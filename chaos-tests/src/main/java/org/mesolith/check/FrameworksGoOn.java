package org.mesolith.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * A framework keeps its id over all its lives. One that was killed, stopped or cut off hears from the masters again
 * within the limit of an offer, counted from the end of that fault, if the faults that last then leave enough of the
 * cluster; after it was killed that is that it is subscribed. What the next fault cut short is not judged. Time in
 * which the machine itself stood still is added.
 */
final class FrameworksGoOn implements Checker {
    private static final String OF_FRAMEWORKS = "framework-";
    private static final String CRASH = "framework-crash";

    @Override
    public String claim() {
        return "a framework that was killed, stopped or cut off goes on as the same one";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, String> ids = new HashMap<>();
        history.seen("subscribed").forEach(event -> {
            String before = ids.putIfAbsent(event.process(), event.fact("framework"));
            problems.unless(
                    before == null || before.equals(event.fact("framework")),
                    event.process() + " was " + before + " and is " + event.fact("framework") + " at line "
                            + event.number());
        });
        List<HistoryEvent> events = history.events();
        var standing = new Standing(history.setting("masters", 3), history.setting("agents", 1));
        for (int at = 0; at < events.size(); at++) {
            HistoryEvent event = events.get(at);
            if (event.kind() == HistoryEvent.Kind.FAULT) {
                standing.begin(event);
            } else if (event.kind() == HistoryEvent.Kind.HEAL) {
                standing.end(event);
                if (event.name().startsWith(OF_FRAMEWORKS) && standing.servesFrameworks()) {
                    judge(history, at, problems);
                }
            }
        }
        return problems.verdict(claim());
    }

    private static void judge(History history, int from, Problems problems) {
        List<HistoryEvent> events = history.events();
        HistoryEvent heal = events.get(from);
        String framework = heal.fact("on");
        long limitMillis = history.setting("limit-offer-ms", -1);
        long stalls = 0;
        for (HistoryEvent event : events.subList(from + 1, events.size())) {
            long took = (event.nanos() - heal.nanos()) / 1_000_000;
            if (event.kind() == HistoryEvent.Kind.SEEN && event.name().equals("stall")) {
                stalls += event.number("millis");
            }
            boolean heard = event.process().equals(framework) && isHeard(event, heal.name());
            if (heard || took > limitMillis + stalls) {
                problems.unless(
                        took <= limitMillis + stalls,
                        "after line " + heal.number() + " (" + heal.name() + ") " + framework
                                + (heard ? " heard of a master after " : " had not heard of a master after ") + took
                                + " ms; allowed are " + (limitMillis + stalls) + " ms");
                return;
            }
            if (event.kind() == HistoryEvent.Kind.FAULT || event.name().equals("settling")) {
                return;
            }
        }
    }

    /** That it is subscribed comes first in each life. */
    private static boolean isHeard(HistoryEvent event, String fault) {
        return event.kind() == HistoryEvent.Kind.SEEN
                && switch (event.name()) {
                    case "subscribed" -> true;
                    case "offer", "update", "rescinded" -> !fault.equals(CRASH);
                    default -> false;
                };
    }
}
