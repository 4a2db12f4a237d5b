package org.mesolith.scenario.pool;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.mesolith.allocator.Allocator;
import org.mesolith.allocator.InverseOffers;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.scenario.grammar.Grammar;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.MismatchException;
import org.mesolith.scenario.grammar.OfferLog;
import org.mesolith.scenario.grammar.PartKinds;
import org.mesolith.scenario.grammar.Scenario;
import org.mesolith.scenario.grammar.Views;

/** What was made since the last look, and how the pool is now. */
final class PoolLooks {
    private final Pool pool;
    private final OfferLog offers = new OfferLog();
    private final SortedMap<String, List<String>> asked = new TreeMap<>();
    private final SortedMap<String, List<String>> withdrawn = new TreeMap<>();

    PoolLooks(Pool pool) {
        this.pool = pool;
    }

    void made(Pool.Run run, Consumer<String> trace) {
        for (var one : run.made()) {
            trace.accept("    offer " + one.framework() + " " + one.role() + " " + one.agent() + " " + one.resources());
            offers.add(one.framework().value(), one.role(), one.agent().value(), one.resources());
        }
        run.asked().forEach(one -> {
            trace.accept("    inverse offer " + one.framework() + " " + one.agent());
            Views.add(asked, one.framework().value(), one.agent().value());
        });
    }

    void withdrawn(List<InverseOffers.Asked> void_) {
        void_.forEach(
                one -> Views.add(withdrawn, one.framework().value(), one.agent().value()));
    }

    void expect(Scenario.Step step) {
        switch (step.name()) {
            case "expect-offers" -> offers.expectOneOf(List.of(step.only(Kinds.OFFERS)));
            case "expect-offers-one-of" -> offers.expectOneOf(step.only(Grammar.OFFERS_ONE_OF));
            case "expect-offer-totals" -> offers.expectTotals(step.only(Kinds.USE));
            case "expect-no-offers" -> offers.expectOneOf(List.of(new TreeMap<>()));
            case "expect-inverse-offers" -> Views.expectTaken(step.only(Grammar.AGENTS_OF), asked);
            case "expect-no-inverse-offers" -> Views.expectTaken(new TreeMap<>(), asked);
            case "expect-inverse-rescinded" -> Views.expectTaken(step.only(Grammar.AGENTS_OF), withdrawn);
            case "expect-rescinded" -> Views.expectTaken(step.only(Grammar.AGENTS_OF), new TreeMap<>());
            case "expect-no-rescinds" -> {}
            case "expect-rescind-count" -> Views.expectBetween(step.fields(), 0);
            default -> expectState(step);
        }
    }

    private void expectState(Scenario.Step step) {
        switch (step.name()) {
            case "expect-available" ->
                step.only(Kinds.RESOURCES_BY_NAME)
                        .forEach((agent, wanted) ->
                                expectSame(agent, wanted, pool.agent(agent).free()));
            case "expect-agent-total" ->
                step.only(Kinds.RESOURCES_BY_NAME)
                        .forEach((agent, wanted) ->
                                expectSame(agent, wanted, pool.agent(agent).total()));
            case "expect-totals" -> {
                var given = step.fields();
                Views.expectIfSaid(given.find("total", Kinds.QUANTITIES), pool.total());
                Views.expectIfSaid(given.find("allocated", Kinds.QUANTITIES), pool.held());
            }
            case "expect-quota" -> expectQuota(step);
            case "expect-weights" ->
                step.only(Kinds.NUMBERS)
                        .forEach((role, wanted) -> Views.expect(wanted, pool.weights.getOrDefault(role, 1.0)));
            case "expect-shares" -> Views.expectShares(step.only(Grammar.SHARES), shares());
            case "expect-filters" -> {
                var active = pool.filters.activeByRole();
                step.only(Kinds.COUNTS)
                        .forEach((role, wanted) ->
                                Views.expect(role + ": " + wanted, role + ": " + active.getOrDefault(role, 0L)));
            }
            case "expect-allocation-runs" -> Views.expect(step.only(Kinds.COUNT), pool.runs());
            default -> throw new IllegalStateException("step " + step.name() + " is not played at this level");
        }
    }

    private SortedMap<String, Double> shares() {
        var shares = new TreeMap<>(Allocator.shares(pool.input(null)));
        var subscribed = new TreeSet<String>();
        pool.frameworks.values().forEach(framework -> subscribed.addAll(framework.roles));
        shares.keySet().retainAll(subscribed);
        return shares;
    }

    private void expectQuota(Scenario.Step step) {
        var consumed = pool.quotaBook().consumed();
        step.only(PartKinds.QUOTA_VIEWS)
                .forEach((role, wanted) -> Views.expectQuota(
                        wanted,
                        pool.quotas.getOrDefault(role, Quota.none(role)),
                        consumed.getOrDefault(role, Quantities.NONE)));
    }

    private static void expectSame(String agent, Resources wanted, Resources got) {
        if (!wanted.isSameAs(got)) {
            throw new MismatchException(agent + ": " + wanted, agent + ": " + got);
        }
    }
}
