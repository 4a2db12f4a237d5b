package org.mesolith.check;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * The run was one from which something can be learned: written down to its end, with enough operations that succeeded
 * and few of which nobody knows, every fault of the run unless it says why it could not be done, and a change of the
 * leader.
 */
final class RunMeansSomething implements Checker {
    private static final int UNKNOWN_PERCENT_MAX = 20;

    @Override
    public String claim() {
        return "the run meant something";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        problems.unless(history.isComplete(), "the history ends before the run did");
        var calls = history.calls();
        long ok = calls.stream().filter(History.Call::isOk).count();
        long open = calls.stream().filter(History.Call::isOpen).count();
        long okMin = history.setting("operations-min", 1);
        problems.unless(ok >= okMin, ok + " operations succeeded; the profile wants " + okMin);
        problems.unless(
                open * 100 <= (long) UNKNOWN_PERCENT_MAX * calls.size(),
                "of " + open + " of " + calls.size() + " operations nobody knows the outcome; at most "
                        + UNKNOWN_PERCENT_MAX + " % may be");
        Set<String> struck = history.faults().stream()
                .filter(fault -> fault.end() != null)
                .map(fault -> fault.invoke().name())
                .collect(Collectors.toCollection(HashSet::new));
        // What a machine cannot do says why; the report shows it.
        history.seen("skipped")
                .filter(event -> !event.fact("why").isBlank())
                .map(event -> event.fact("fault"))
                .forEach(struck::add);
        for (String kind : history.setting("faults").split(" ")) {
            boolean isNone = kind.isEmpty() || kind.equals("none");
            problems.unless(isNone || struck.contains(kind), "the fault " + kind + " never came and went");
        }
        Set<String> leaders = new HashSet<>();
        history.seen("leader").map(event -> event.fact("at")).forEach(leaders::add);
        // Where no fault could change the leader, the run does not say that one did.
        problems.unless(
                leaders.size() >= history.setting("leaders-min", 2),
                "only " + leaders + " led: the leader never changed");
        problems.unless(
                history.events().stream().noneMatch(RunMeansSomething::isTrouble),
                "the controller could not do what it was to do: "
                        + history.events().stream()
                                .filter(RunMeansSomething::isTrouble)
                                .map(event -> event.fact("what"))
                                .limit(3)
                                .toList());
        return problems.verdict(claim());
    }

    private static boolean isTrouble(HistoryEvent event) {
        return event.kind() == HistoryEvent.Kind.SEEN && event.name().equals("trouble");
    }
}
