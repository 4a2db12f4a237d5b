package org.mesolith.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;
import org.mesolith.check.history.Pairs;

/**
 * A volume that was seen stays on its agent until somebody asks to destroy it, is on no other, and never comes
 * back. What tasks write on it stays, too: a task that is launched when an earlier one is known to have finished
 * finds a line more than that one.
 */
final class VolumesStay implements Checker {

    /** A task that said how many lines it found, its own included. */
    private record Use(String task, long launched, long finished, long lines) {}

    @Override
    public String claim() {
        return "volumes and what is written on them stay until they are destroyed";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, Long> destroyed = new HashMap<>();
        Map<String, List<History.Call>> launches = new LinkedHashMap<>();
        for (History.Call call : history.calls("launch")) {
            String volume = call.invoke().fact("volume");
            if (volume.isEmpty()) {
                continue;
            }
            if (call.invoke().fact("step").equals("destroy")) {
                destroyed.merge(volume, call.invoke().number(), Math::min);
            } else {
                launches.computeIfAbsent(volume, _ -> new ArrayList<>()).add(call);
            }
        }
        stays(history, destroyed, problems);
        launches.forEach((volume, calls) -> keeps(history, volume, calls, problems));
        return problems.verdict(claim());
    }

    private static void stays(History history, Map<String, Long> destroyed, Problems problems) {
        Map<String, String> home = new HashMap<>();
        Map<String, Long> seen = new HashMap<>();
        Map<String, Long> missed = new HashMap<>();
        for (History.Call call : history.calls("agents-get")) {
            HistoryEvent answer = call.end();
            if (!call.isOk() || answer == null) {
                continue;
            }
            for (String agent : answer.fact("agents").split(" ")) {
                var volumes = Pairs.of(answer.fact("volumes:" + agent));
                for (String volume : volumes.keySet()) {
                    String before = home.putIfAbsent(volume, agent);
                    problems.unless(
                            before == null || before.equals(agent),
                            "line " + answer.number() + ": " + volume + " is on " + agent + "; it was on " + before);
                    seen.merge(volume, answer.number(), Math::min);
                    problems.unless(
                            missed.getOrDefault(volume, Long.MAX_VALUE)
                                    >= call.invoke().number(),
                            "line " + answer.number() + ": " + volume + " is back; it was gone at line "
                                    + missed.get(volume));
                }
                home.forEach((volume, place) -> {
                    boolean isMissing = place.equals(agent)
                            && !volumes.containsKey(volume)
                            && seen.getOrDefault(volume, Long.MAX_VALUE)
                                    < call.invoke().number();
                    if (isMissing) {
                        missed.merge(volume, answer.number(), Math::min);
                        problems.unless(
                                destroyed.getOrDefault(volume, Long.MAX_VALUE) < answer.number(),
                                "line " + answer.number() + ": " + volume + " is gone from " + agent
                                        + ", and nobody had asked to destroy it");
                    }
                });
            }
        }
    }

    private static void keeps(History history, String volume, List<History.Call> launches, Problems problems) {
        Map<String, Long> lines = new HashMap<>();
        history.seen("wrote").forEach(event -> lines.put(event.fact("task"), event.number("lines")));
        Map<String, Long> finished = new HashMap<>();
        history.seen("update")
                .filter(event -> event.fact("state").equals("TASK_FINISHED"))
                .forEach(event -> finished.putIfAbsent(event.fact("task"), event.number()));
        var uses = new ArrayList<Use>();
        for (History.Call call : launches) {
            String task = call.invoke().fact("tasks");
            Long found = lines.get(task);
            if (found != null) {
                long end = finished.getOrDefault(task, Long.MAX_VALUE);
                uses.add(new Use(task, call.invoke().number(), end, found));
            }
        }
        for (Use earlier : uses) {
            for (Use later : uses) {
                problems.unless(
                        earlier.finished() >= later.launched() || later.lines() > earlier.lines(),
                        later.task() + " found " + later.lines() + " lines on " + volume + " where " + earlier.task()
                                + " had left " + earlier.lines());
            }
        }
    }
}
