package org.mesolith.leader.offer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.Allocation;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.Allocator;
import org.mesolith.allocator.AllocatorRules;
import org.mesolith.allocator.FilterPicture;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.GrantCounts;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.RoundsHeld;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.Effect.WakeAfter;
import org.mesolith.leader.event.LeaderEvent.ExtraRoundDue;
import org.mesolith.leader.event.LeaderEvent.OfferExpired;
import org.mesolith.leader.event.LeaderEvent.RoundDue;
import org.mesolith.leader.event.LeaderEvent.SoonRoundDue;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Offer;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;

/** When the allocator runs, over which agents, and how its answer becomes offers. */
public final class Rounds {
    /** Updates of an agent that comes back wait for company before they are proposed: a little longer than that. */
    private static final Duration FIRST_WORDS = Duration.ofMillis(5);

    /** Offers in one event; a framework that is offered more gets several events. */
    private static final int OFFERS_PER_EVENT_MAX = 500;

    /**
     * How rounds are made.
     *
     * @param interval between periodic rounds
     * @param offerTimeout null for never
     * @param sharing what of it is a switch; its limits are in the rules already
     * @param seed of this process' dice
     */
    public record Settings(
            Duration interval, @Nullable Duration offerTimeout, AllocatorRules rules, Sharing sharing, long seed) {}

    private final OfferDesk desk;
    private final Settings settings;
    private final InverseBook inverse;
    private final Recovery recovery;
    private final GrantCounts grants = new GrantCounts();
    private final Wanted wanted = new Wanted();

    /** For which roles there was somebody in the last round. */
    private SortedSet<String> roles = new TreeSet<>();

    private boolean scheduled;
    private @Nullable Instant wantedSince;
    private Duration waited = Duration.ZERO;
    private long rounds;

    Rounds(OfferDesk desk, InverseBook inverse, Settings settings) {
        this.desk = desk;
        this.inverse = inverse;
        this.settings = settings;
        this.recovery = new Recovery(desk.present(), desk.supplies(), settings.sharing());
    }

    /** The first periodic round is one interval away. */
    List<Effect> began() {
        return List.of(new WakeAfter(settings.interval(), new RoundDue()));
    }

    /** A periodic round, over all agents. */
    List<Effect> due() {
        var effects = new ArrayList<Effect>();
        effects.add(new WakeAfter(settings.interval(), new RoundDue()));
        effects.addAll(round(null, true));
        return effects;
    }

    /** A round that was asked for. */
    List<Effect> extraDue() {
        scheduled = false;
        return wanted.isNothing() ? List.of() : round(wanted.agents(), false);
    }

    /** A round over agents that came back a while ago. */
    List<Effect> soonDue() {
        boolean again = wanted.soonIsNow();
        var effects = new ArrayList<>(extraDue());
        if (again) {
            effects.add(new WakeAfter(FIRST_WORDS, new SoonRoundDue()));
        }
        return effects;
    }

    /** Asks for a round over all agents; many requests share one. */
    List<Effect> want() {
        wanted.all();
        return schedule();
    }

    /** Asks for a round over this agent. */
    List<Effect> want(AgentId agent) {
        wanted.now(agent);
        return schedule();
    }

    /** Whether one was asked for and not made yet. */
    boolean waits() {
        return scheduled;
    }

    /** How long the last one waited from the wish for it to its beginning. */
    Duration waited() {
        return waited;
    }

    /** Asks for a round over an agent that has just come back, as soon as what it says of its tasks is decided. */
    List<Effect> wantSoon(AgentId agent) {
        return wanted.soon(agent) ? List.of(new WakeAfter(FIRST_WORDS, new SoonRoundDue())) : List.of();
    }

    /** The input of a round over all agents as it would be now; for questions why something is not offered. */
    AllocationInput input() {
        return input(null);
    }

    /** The same as a value that nothing changes any more. */
    AllocationInput picture(FilterPicture filters) {
        var input = input(null);
        var quotas = quotas();
        var tops = new TreeSet<>(quotas.keySet());
        roles.forEach(role -> tops.add(QuotaBook.topOf(role)));
        return input.still(book(quotas, tops), filters);
    }

    /** What rounds wait for now; null if for nothing. */
    @Nullable
    RoundsHeld roundsHeld() {
        return recovery.held();
    }

    private List<Effect> schedule() {
        if (scheduled) {
            return List.of();
        }
        scheduled = true;
        wantedSince = desk.present().now();
        return List.of(new WakeAfter(Duration.ZERO, new ExtraRoundDue()));
    }

    private List<Effect> round(@Nullable SortedSet<AgentId> only, boolean periodic) {
        if (roundsHeld() != null) {
            // The round that will be is over all agents.
            wanted.all();
            return List.of();
        }
        wanted.made(only);
        rounds++;
        desk.tally().count("allocator/mesos/allocation_runs");
        waited = wantedSince == null
                ? Duration.ZERO
                : Duration.between(wantedSince, desk.present().now());
        wantedSince = null;
        desk.filters().beforeRound(periodic);
        var allocations = Allocator.allocate(input(only));
        desk.filters().afterRound();
        var effects = new ArrayList<>(offer(allocations));
        effects.addAll(inverse.ask(only));
        return effects;
    }

    private AllocationInput input(@Nullable SortedSet<AgentId> only) {
        var demands = desk.wishes().demands();
        shape(demands);
        var weights = new TreeMap<String, Double>();
        desk.present().registry().weights().forEach(weight -> weights.put(weight.role(), weight.value()));
        // An odd multiplier spreads the round's number over all bits, so that each round has dice of its own.
        long seed = settings.seed() ^ (desk.present().term() << 32) ^ (rounds * 0x9E3779B97F4A7C15L);
        return new AllocationInput(
                seed,
                desk.supplies().total(),
                desk.supplies().offerable(only),
                demands,
                weights,
                grants,
                quota(),
                settings.rules());
    }

    /** The counts of grants are told when roles come or go. */
    private void shape(List<FrameworkDemand> demands) {
        var now = new TreeSet<String>();
        demands.forEach(demand -> now.addAll(demand.roles().keySet()));
        if (!now.equals(roles)) {
            grants.shape(now);
            roles = now;
        }
    }

    /** What guarantees and limits have to do with a round; free of cost while nobody has any. */
    private QuotaBook quota() {
        var quotas = quotas();
        return quotas.isEmpty() ? QuotaBook.NONE : book(quotas, new TreeSet<>(quotas.keySet()));
    }

    private SortedMap<String, Quota> quotas() {
        var quotas = new TreeMap<String, Quota>();
        desk.present().registry().quotas().forEach(quota -> quotas.put(quota.role(), quota));
        return quotas;
    }

    /** @param tops top-level roles whose consumption it says */
    private QuotaBook book(SortedMap<String, Quota> quotas, SortedSet<String> tops) {
        var registry = desk.present().registry();
        var consumed = new TreeMap<String, Quantities>();
        for (var role : tops) {
            consumed.put(
                    role,
                    desk.supplies().consumed(role, registry).plus(desk.book().offeredTo(role)));
        }
        return new QuotaBook(quotas, consumed, desk.supplies().free(registry));
    }

    /** The framework has ended: how often it was served is of no use any more. */
    void forget(FrameworkId framework) {
        grants.forget(framework);
    }

    private List<Effect> offer(List<Allocation> allocations) {
        SortedMap<FrameworkId, List<Offer>> byFramework = new TreeMap<>();
        for (var allocation : allocations) {
            grants.add(allocation.role(), allocation.framework());
            var offer = offer(allocation);
            if (offer != null) {
                desk.book().add(offer, allocation.resources());
                desk.tally().countFor(offer.framework(), "offers/sent");
                byFramework
                        .computeIfAbsent(offer.framework(), f -> new ArrayList<>())
                        .add(offer);
            }
        }
        var effects = new ArrayList<Effect>();
        byFramework.forEach((framework, offers) -> tell(framework, offers, effects));
        return effects;
    }

    private void tell(FrameworkId framework, List<Offer> offers, List<Effect> effects) {
        for (int from = 0; from < offers.size(); from += OFFERS_PER_EVENT_MAX) {
            var some = offers.subList(from, Math.min(offers.size(), from + OFFERS_PER_EVENT_MAX));
            effects.add(new Raise(new Tell(framework, new SchedulerEvent.Offers(some))));
        }
        if (settings.offerTimeout() != null) {
            for (var offer : offers) {
                effects.add(new WakeAfter(settings.offerTimeout(), new OfferExpired(offer.id())));
            }
        }
    }

    private @Nullable Offer offer(Allocation allocation) {
        var row = desk.present().registry().agent(allocation.agent());
        if (row == null) {
            return null;
        }
        var info = row.info();
        return new Offer(
                desk.book().nextId(),
                allocation.framework(),
                allocation.agent(),
                allocation.role(),
                allocation.resources().allocatedTo(allocation.role()),
                info.hostname(),
                row.address(),
                info.port(),
                info.attributes(),
                info.domain(),
                executors(allocation),
                desk.present().registry().maintenance().of(info.hostname(), row.address()));
    }

    private List<ExecutorId> executors(Allocation allocation) {
        var executors = new TreeSet<ExecutorId>();
        for (var executor : desk.present().registry().executorsOfAgent(allocation.agent())) {
            if (executor.framework().equals(allocation.framework())) {
                executors.add(executor.id());
            }
        }
        return List.copyOf(executors);
    }
}
