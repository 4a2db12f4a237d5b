package org.mesolith.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * From the moment at which a majority is up and connected, without any operator: a leader takes writes and reads,
 * offers are made, tasks are launched and run, each within its limit. Such a moment is the end of a fault, and the time
 * at which one has begun, if the faults that last then leave enough: see {@link Standing}. Only what was asked for
 * after the moment counts, be it not for the first time. Time in which the machine itself stood still is added. What
 * the next fault cut short is not judged: that fault's own beginning and end are such moments again.
 */
final class ServiceComesBack implements Checker {
    /** Somebody who had no answer asks for the same again. */
    private static final String SENT_AGAIN = "sent-again";

    /** What must come back. */
    private enum Sign {
        WRITE("a write", "limit-write-ms"),
        READ("a linearizable read", "limit-write-ms"),
        OFFER("an offer", "limit-offer-ms"),
        TASK("a launched task that runs", "limit-task-ms");

        private final String what;
        private final String limit;

        Sign(String what, String limit) {
            this.what = what;
            this.limit = limit;
        }

        private boolean isOwed(Standing standing) {
            return switch (this) {
                case WRITE, READ -> standing.servesOperators();
                case OFFER, TASK -> standing.servesFrameworks();
            };
        }
    }

    @Override
    public String claim() {
        return "while a majority is up, a write, an offer and a task come within their limits";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        List<HistoryEvent> events = history.events();
        int[] asked = asked(events);
        var standing = new Standing(history.setting("masters", 3), history.setting("agents", 1));
        for (int at = 0; at < events.size(); at++) {
            HistoryEvent event = events.get(at);
            boolean begins = event.kind() == HistoryEvent.Kind.HEAL || isSeen(event, "struck");
            if (event.kind() == HistoryEvent.Kind.FAULT) {
                standing.begin(event);
            } else if (event.kind() == HistoryEvent.Kind.HEAL) {
                standing.end(event);
            }
            for (Sign sign : Sign.values()) {
                if (begins && sign.isOwed(standing)) {
                    judge(history, asked, at, sign, problems);
                }
            }
        }
        return problems.verdict(claim());
    }

    /** For each line at which line that was asked for, the last time, which it answers; itself where nobody asked. */
    private static int[] asked(List<HistoryEvent> events) {
        Map<Long, Integer> byOperation = new HashMap<>();
        Map<String, Integer> byTask = new HashMap<>();
        int[] asked = new int[events.size()];
        for (int at = 0; at < asked.length; at++) {
            HistoryEvent event = events.get(at);
            asked[at] = at;
            if (event.kind() == HistoryEvent.Kind.INVOKE) {
                byOperation.put(event.operation(), at);
                if (event.name().equals("launch")) {
                    byTask.put(event.fact("tasks"), at);
                }
            } else if (isSeen(event, SENT_AGAIN)) {
                byOperation.put(event.number("operation"), at);
            } else if (event.kind() == HistoryEvent.Kind.OK) {
                asked[at] = byOperation.getOrDefault(event.operation(), at);
            } else if (isSeen(event, "update")) {
                asked[at] = byTask.getOrDefault(event.fact("task"), 0);
            }
        }
        return asked;
    }

    private static boolean isSeen(HistoryEvent event, String name) {
        return event.kind() == HistoryEvent.Kind.SEEN && event.name().equals(name);
    }

    private static boolean shows(HistoryEvent event, Sign sign) {
        return switch (sign) {
            case WRITE -> event.kind() == HistoryEvent.Kind.OK && event.name().endsWith("-set");
            case READ -> event.kind() == HistoryEvent.Kind.OK && event.name().endsWith("-get");
            case OFFER -> isSeen(event, "offer");
            case TASK -> isSeen(event, "update") && event.fact("state").equals("TASK_RUNNING");
        };
    }

    private static void judge(History history, int[] asked, int from, Sign sign, Problems problems) {
        List<HistoryEvent> events = history.events();
        long limitMillis = history.setting(sign.limit, -1);
        HistoryEvent begin = events.get(from);
        long stalls = 0;
        for (int at = from + 1; at < events.size(); at++) {
            HistoryEvent event = events.get(at);
            long took = (event.nanos() - begin.nanos()) / 1_000_000;
            if (isSeen(event, "stall")) {
                stalls += event.number("millis");
            }
            boolean came = shows(event, sign) && asked[at] > from;
            if (came || took > limitMillis + stalls) {
                problems.unless(
                        took <= limitMillis + stalls,
                        "after line " + begin.number() + " (" + begin.name() + " " + begin.fact("on") + ") "
                                + sign.what + (came ? " came after " : " had not come after ") + took
                                + " ms; allowed are " + (limitMillis + stalls) + " ms");
                return;
            }
            if (event.kind() == HistoryEvent.Kind.FAULT || isSeen(event, "settling")) {
                return;
            }
        }
    }
}
