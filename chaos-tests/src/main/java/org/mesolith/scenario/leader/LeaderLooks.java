package org.mesolith.scenario.leader;

import static org.mesolith.scenario.grammar.Kinds.TEXT;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Grammar;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.MismatchException;
import org.mesolith.scenario.grammar.PartKinds;
import org.mesolith.scenario.grammar.Scenario;
import org.mesolith.scenario.grammar.Views;
import org.mesolith.scenario.grammar.WordKinds;

/** What was heard since the last look. */
final class LeaderLooks {
    private final Clues clues;
    private final StateLooks states;

    /** Rescinds that a count has looked at: counts for several frameworks, one behind the other, see the same. */
    private final SortedMap<String, List<String>> counted = new TreeMap<>();

    private int countedAt = -1;

    LeaderLooks(Clues clues) {
        this.clues = clues;
        this.states = new StateLooks(clues);
    }

    void expect(Scenario.Step step) {
        switch (step.name()) {
            case "expect-offers" -> clues.offers.expectOneOf(List.of(step.only(Kinds.OFFERS)));
            case "expect-offers-one-of" -> clues.offers.expectOneOf(step.only(Grammar.OFFERS_ONE_OF));
            case "expect-offer-totals" -> clues.offers.expectTotals(step.only(Kinds.USE));
            case "expect-no-offers" -> clues.offers.expectOneOf(List.of(new TreeMap<>()));
            case "expect-inverse-offers" -> Views.expectTaken(step.only(Grammar.AGENTS_OF), clues.inverse);
            case "expect-no-inverse-offers" -> Views.expectTaken(new TreeMap<>(), clues.inverse);
            case "expect-inverse-rescinded" -> Views.expectTaken(step.only(Grammar.AGENTS_OF), clues.inverseRescinded);
            case "expect-rescinded" -> Views.expectTaken(step.only(Grammar.AGENTS_OF), clues.rescinded);
            case "expect-no-rescinds" -> Views.expectTaken(new TreeMap<>(), clues.rescinded);
            case "expect-rescind-count" -> rescindCount(step.fields());
            case "expect-updates" -> updates(step.only(PartKinds.UPDATES), true);
            case "expect-updates-include" -> updates(step.only(PartKinds.UPDATES), false);
            case "expect-no-updates" -> updates(List.of(), true);
            default -> states.expect(step);
        }
    }

    private void rescindCount(Fields given) {
        if (!clues.rescinded.isEmpty() || clues.steps != countedAt + 1) {
            counted.clear();
            counted.putAll(clues.rescinded);
            clues.rescinded.clear();
        }
        countedAt = clues.steps;
        Views.expectBetween(
                given,
                counted.getOrDefault(given.get("framework", TEXT), List.of()).size());
    }

    private void updates(List<Fields> wanted, boolean all) {
        var left = new ArrayList<>(clues.updates);
        var got = List.copyOf(left);
        clues.updates.clear();
        for (var one : wanted) {
            var found = left.stream().filter(heard -> fits(one, heard)).findFirst();
            if (found.isEmpty()) {
                throw new MismatchException(
                        wanted.stream().map(LeaderLooks::shown).toList(), got);
            }
            left.remove(found.get());
        }
        if (all && !left.isEmpty()) {
            throw new MismatchException(wanted.stream().map(LeaderLooks::shown).toList(), got);
        }
    }

    private static boolean fits(Fields wanted, Clues.Heard heard) {
        var reason = wanted.find("reason", WordKinds.REASON);
        var source = wanted.find("source", WordKinds.SOURCE);
        return wanted.get("framework", TEXT).equals(heard.framework())
                && wanted.get("task", TEXT).equals(heard.task())
                && wanted.get("state", WordKinds.TASK_STATE).name().equals(heard.state())
                && (reason == null || AgentSide.renamed(reason).equals(heard.reason()))
                && (source == null || source.name().equals(heard.source()));
    }

    private static String shown(Fields update) {
        return update.get("framework", TEXT) + " " + update.get("task", TEXT) + " "
                + update.get("state", WordKinds.TASK_STATE) + " " + update.get("reason", WordKinds.REASON, "") + " "
                + (update.has("source") ? update.get("source", WordKinds.SOURCE) : "");
    }
}
