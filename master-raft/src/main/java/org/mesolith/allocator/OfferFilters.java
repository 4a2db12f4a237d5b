package org.mesolith.allocator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;

/**
 * What frameworks do not want to see for a while. A filter lives for its time, at least for the allocation interval,
 * and at least through the first periodic round after it was set. One thread.
 */
public final class OfferFilters {
    /**
     * Ends of filters that were cleared stay in the queue until there are more of them than this and than live ones.
     */
    private static final int CLEARED_MAX = 1_000;

    /**
     * When a filter is over.
     *
     * @param at unless the first round is still to come
     * @param number of the filter
     * @param rounds periodic rounds there were when it was set
     */
    private record End(Instant at, long number, long rounds, FrameworkId framework, String role, AgentId agent) {}

    private static final Comparator<End> SOONEST_FIRST =
            Comparator.comparing(End::at).thenComparingLong(End::number);

    private static final SortedMap<AgentId, List<Resources>> NONE = Collections.emptySortedMap();

    private final Supplier<Instant> clock;
    private final Duration interval;
    private final SortedMap<FrameworkId, SortedMap<String, Refusals>> refusals = new TreeMap<>();
    private final TreeSet<End> ends = new TreeSet<>(SOONEST_FIRST);
    private final List<End> overButNeeded = new ArrayList<>();
    private long rounds;
    private long numbers;
    private int live;

    /**
     * Without any filter.
     *
     * @param clock says what time it is
     * @param interval between periodic rounds
     */
    public OfferFilters(Supplier<Instant> clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
    }

    /** Sets one; a time of zero or below, or nothing refused, sets none. */
    public void add(FrameworkId framework, String role, AgentId agent, Resources resources, Duration time) {
        if (time.isZero() || time.isNegative() || resources.isEmpty()) {
            return;
        }
        var lasting = time.compareTo(interval) > 0 ? time : interval;
        numbers++;
        live++;
        var end = clock.get().plus(lasting);
        ends.add(new End(end, numbers, rounds, framework, role, agent));
        refusals.computeIfAbsent(framework, f -> new TreeMap<>())
                .computeIfAbsent(role, r -> new Refusals())
                .add(agent, numbers, end, resources);
    }

    /** Before a round: those that are over go. */
    public void beforeRound(boolean periodic) {
        while (!ends.isEmpty() && !ends.first().at().isAfter(clock.get())) {
            var over = ends.removeFirst();
            if (over.rounds() == rounds) {
                overButNeeded.add(over);
            } else {
                forget(over);
            }
        }
        if (ends.size() > 2 * live + CLEARED_MAX) {
            ends.removeIf(end -> !isLive(end));
        }
        if (periodic) {
            rounds++;
        }
    }

    /** After a round: those that lived only for it go. */
    public void afterRound() {
        overButNeeded.removeIf(end -> {
            boolean over = end.rounds() < rounds;
            if (over) {
                forget(end);
            }
            return over;
        });
    }

    /** What the framework does not want for the role now, by agent; do not change it. */
    public SortedMap<AgentId, List<Resources>> refused(FrameworkId framework, String role) {
        var found = refusals(framework, role);
        return found == null ? NONE : found.byAgent();
    }

    /** What all frameworks refuse, as it is now: later changes are not seen in it. Any thread may read it. */
    public FilterPicture picture() {
        var kept = new TreeMap<FrameworkId, SortedMap<String, Refusals.Kept>>();
        refusals.forEach((framework, byRole) -> {
            var roles = new TreeMap<String, Refusals.Kept>();
            byRole.forEach((role, some) -> roles.put(role, some.keep()));
            kept.put(framework, roles);
        });
        return new FilterPicture(kept);
    }

    /** Ends those of a framework. */
    public void clear(FrameworkId framework) {
        var byRole = refusals.remove(framework);
        if (byRole != null) {
            byRole.values().forEach(gone -> live -= gone.size());
        }
    }

    /** Ends those of a framework for these roles. */
    public void clear(FrameworkId framework, Collection<String> roles) {
        var byRole = refusals.get(framework);
        if (byRole != null) {
            for (var role : roles) {
                var gone = byRole.remove(role);
                live -= gone == null ? 0 : gone.size();
            }
        }
    }

    /** Ends those about an agent. */
    public void clear(AgentId agent) {
        refusals.values().forEach(byRole -> byRole.values().forEach(some -> live -= some.remove(agent)));
    }

    /** How many live, by role. */
    public SortedMap<String, Long> activeByRole() {
        var active = new TreeMap<String, Long>();
        refusals.values()
                .forEach(byRole -> byRole.forEach((role, some) -> active.merge(role, (long) some.size(), Long::sum)));
        return active;
    }

    private void forget(End end) {
        var some = refusals(end.framework(), end.role());
        if (some != null && some.remove(end.agent(), end.number())) {
            live--;
        }
    }

    private boolean isLive(End end) {
        var some = refusals(end.framework(), end.role());
        return some != null && some.contains(end.agent(), end.number());
    }

    private @Nullable Refusals refusals(FrameworkId framework, String role) {
        var byRole = refusals.get(framework);
        return byRole == null ? null : byRole.get(role);
    }
}
