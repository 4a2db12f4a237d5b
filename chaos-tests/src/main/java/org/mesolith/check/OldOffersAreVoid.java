package org.mesolith.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * What a leader granted ends with its leadership. Ids of offers name epoch and term, {@code 1.7-O0000000042}: once
 * anybody has seen a newer one, a launch that is sent afterwards with an older offer starts nothing, whoever is asked.
 */
final class OldOffersAreVoid implements Checker {
    private static final Pattern ID = Pattern.compile("(\\d+)\\.(\\d+)-O\\d+");

    /** When an offer was made: by which leadership. */
    private record Reign(long epoch, long term) implements Comparable<Reign> {
        @Override
        public int compareTo(Reign other) {
            return epoch == other.epoch ? Long.compare(term, other.term) : Long.compare(epoch, other.epoch);
        }
    }

    @Override
    public String claim() {
        return "an offer of an earlier leadership starts nothing once a newer one was seen";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Set<String> ran = new HashSet<>();
        history.seen("ran").filter(event -> event.number("times") > 0).forEach(event -> ran.add(event.fact("task")));
        Map<String, Reign> newestAt = new HashMap<>();
        Reign newest = new Reign(-1, -1);
        for (HistoryEvent event : history.events()) {
            if (event.kind() == HistoryEvent.Kind.SEEN && event.name().equals("offer")) {
                Reign of = reign(event.fact("offer"));
                newest = of.compareTo(newest) > 0 ? of : newest;
            } else if (event.kind() == HistoryEvent.Kind.INVOKE && event.name().equals("launch")) {
                newestAt.put(event.fact("tasks"), newest);
            }
        }
        for (History.Call call : history.calls("launch")) {
            String task = call.invoke().fact("tasks");
            Reign of = reign(call.invoke().fact("offer"));
            Reign then = newestAt.getOrDefault(task, of);
            problems.unless(
                    of.compareTo(then) >= 0 || !ran.contains(task),
                    task + " was started with the offer " + call.invoke().fact("offer") + " at line "
                            + call.invoke().number() + ", when one of " + then + " had been seen");
        }
        return problems.verdict(claim());
    }

    /** The oldest of all where the id does not tell. */
    private static Reign reign(String offer) {
        Matcher id = ID.matcher(offer);
        return id.matches() ? new Reign(Long.parseLong(id.group(1)), Long.parseLong(id.group(2))) : new Reign(0, 0);
    }
}
