package org.mesolith.leader.offer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.mesolith.leader.event.Present;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;

/**
 * What frameworks do not want to see for a while. A filter lives for its time, at least for the allocation interval,
 * and at
 * least through the first periodic round after it was set.
 */
final class OfferFilters {
    /**
     * One refusal.
     *
     * @param until at this moment it is over, unless the first round is still to come
     * @param rounds periodic rounds there were when it was set
     * @param number tells equal ones apart
     */
    private record Filter(Place place, Resources refused, Instant until, long rounds, long number) {}

    private record Place(FrameworkId framework, String role, AgentId agent) {}

    private static final Comparator<Filter> BY_END =
            Comparator.comparing(Filter::until).thenComparingLong(Filter::number);

    private final Present present;
    private final Duration interval;
    private final TreeSet<Filter> byEnd = new TreeSet<>(BY_END);
    private final SortedMap<FrameworkId, SortedMap<String, SortedMap<AgentId, List<Resources>>>> refused =
            new TreeMap<>();
    private final List<Filter> overButNeeded = new ArrayList<>();
    private long rounds;
    private long numbers;

    /**
     * @param interval between periodic rounds
     */
    OfferFilters(Present present, Duration interval) {
        this.present = present;
        this.interval = interval;
    }

    /** Sets one; a time of zero or below, or nothing refused, sets none. */
    void add(FrameworkId framework, String role, AgentId agent, Resources resources, Duration time) {
        if (time.isZero() || time.isNegative() || resources.isEmpty()) {
            return;
        }
        var lasting = time.compareTo(interval) > 0 ? time : interval;
        var place = new Place(framework, role, agent);
        byEnd.add(new Filter(place, resources, present.now().plus(lasting), rounds, numbers++));
        refused.computeIfAbsent(framework, f -> new TreeMap<>())
                .computeIfAbsent(role, r -> new TreeMap<>())
                .computeIfAbsent(agent, a -> new ArrayList<>())
                .add(resources);
    }

    /** Before a round: those that are over go. */
    void beforeRound(boolean periodic) {
        while (!byEnd.isEmpty() && !byEnd.first().until().isAfter(present.now())) {
            var over = byEnd.pollFirst();
            if (over.rounds() == rounds) {
                overButNeeded.add(over);
            } else {
                forget(over);
            }
        }
        if (periodic) {
            rounds++;
        }
    }

    /** After a round: those that lived only for it go. */
    void afterRound() {
        overButNeeded.removeIf(filter -> {
            boolean over = filter.rounds() < rounds;
            if (over) {
                forget(filter);
            }
            return over;
        });
    }

    /** What the framework does not want for the role now, by agent; do not change it. */
    SortedMap<AgentId, List<Resources>> refused(FrameworkId framework, String role) {
        var byRole = refused.get(framework);
        var byAgent = byRole == null ? null : byRole.get(role);
        return byAgent == null ? new TreeMap<>() : byAgent;
    }

    void clear(FrameworkId framework) {
        removeAll(filter -> filter.place().framework().equals(framework));
        refused.remove(framework);
    }

    void clear(FrameworkId framework, Collection<String> roles) {
        removeAll(filter -> filter.place().framework().equals(framework)
                && roles.contains(filter.place().role()));
        var byRole = refused.get(framework);
        if (byRole != null) {
            byRole.keySet().removeAll(roles);
        }
    }

    void clear(AgentId agent) {
        removeAll(filter -> filter.place().agent().equals(agent));
        refused.values().forEach(byRole -> byRole.values().forEach(byAgent -> byAgent.remove(agent)));
    }

    /** How many live, by role. */
    SortedMap<String, Long> activeByRole() {
        var active = new TreeMap<String, Long>();
        refused.values()
                .forEach(byRole -> byRole.forEach((role, byAgent) -> {
                    long count = byAgent.values().stream().mapToLong(List::size).sum();
                    active.merge(role, count, Long::sum);
                }));
        return active;
    }

    private void removeAll(Predicate<Filter> gone) {
        byEnd.removeIf(gone);
        overButNeeded.removeIf(gone);
    }

    private void forget(Filter filter) {
        var place = filter.place();
        var byAgent = refused(place.framework(), place.role());
        var list = byAgent.get(place.agent());
        if (list != null) {
            list.remove(filter.refused());
            if (list.isEmpty()) {
                byAgent.remove(place.agent());
            }
        }
    }
}
