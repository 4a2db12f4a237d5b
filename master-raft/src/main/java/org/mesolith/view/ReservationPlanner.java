package org.mesolith.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Milli;
import org.mesolith.model.Ranges;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;

/**
 * Finds agents for a reservation: of those with enough that is neither reserved nor used by a task the emptiest ones,
 * as evenly over places as is wished. Looks at one moment; whether it can be done is decided when it is.
 */
public final class ReservationPlanner {
    private static final int LACKS_SHOWN_MAX = 10;

    private final Registry registry;
    private final Wanted wanted;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Lacking> shorts = new ArrayList<>();
    private final TreeMap<String, Integer> byResource = new TreeMap<>();
    private int asked;

    /**
     * What is to be found.
     *
     * @param reservation that is to be made
     * @param resources on each agent, without a reservation
     * @param count of agents
     * @param spread the name of an attribute over whose values the agents are spread, or {@code zone} or
     *     {@code region} for those of their fault domain; null for wherever there is most room
     * @param uneven whether places may differ by more than one agent
     */
    public record Wanted(
            Reservation reservation,
            Resources resources,
            int count,
            @Nullable String spread,
            boolean uneven) {}

    private record Candidate(AgentRow row, String place, Resources free, boolean has, long room) {}

    private record Lacking(AgentRow row, String text, int lacking) {}

    private ReservationPlanner(Registry registry, Wanted wanted) {
        this.registry = registry;
        this.wanted = wanted;
    }

    /** The plan for this moment. */
    public static ReservationPlan of(Registry registry, Wanted wanted) {
        return new ReservationPlanner(registry, wanted).plan();
    }

    private ReservationPlan plan() {
        var places = new TreeMap<String, List<Candidate>>();
        int nowhere = 0;
        for (var row : registry.agents()) {
            if (!row.isRegistered() || row.deactivated() || row.drain() != null) {
                continue;
            }
            asked++;
            var place = place(row);
            if (place == null) {
                nowhere++;
                continue;
            }
            var there = places.computeIfAbsent(place, _ -> new ArrayList<>());
            var candidate = candidate(row, place);
            if (candidate != null) {
                candidates.add(candidate);
                there.add(candidate);
            }
        }
        places.values().forEach(list -> list.sort(best()));
        return chosen(places, nowhere);
    }

    /** Rather where the role has nothing yet, then where most is left. */
    private static Comparator<Candidate> best() {
        return Comparator.comparing(Candidate::has)
                .thenComparing(Comparator.comparingLong(Candidate::room).reversed())
                .thenComparing(candidate -> candidate.row().id());
    }

    /** Null for an agent without a place. */
    private @Nullable String place(AgentRow row) {
        var spread = wanted.spread();
        if (spread == null) {
            return "";
        }
        for (var attribute : row.info().attributes()) {
            if (attribute.name().equals(spread)) {
                return text(attribute.value());
            }
        }
        var domain = row.info().domain();
        return domain == null
                ? null
                : spread.equals("zone") ? domain.zone() : spread.equals("region") ? domain.region() : null;
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Text(var text) -> text;
            case Value.Scalar(long milli) -> Milli.text(milli);
            case Ranges _, Value.Items _ -> value.toString();
        };
    }

    private @Nullable Candidate candidate(AgentRow row, String place) {
        var used = registry.allocated(row.id()).unallocated().nonShared();
        var free = row.total().without(used).unreserved().nonRevocable();
        var lacking = new ArrayList<String>();
        long room = Long.MAX_VALUE;
        for (var needed : wanted.resources()) {
            if (!free.contains(Resources.of(needed))) {
                lacking.add(lacking(needed, free));
                byResource.merge(needed.name(), 1, Integer::sum);
            } else if (needed.isScalar()) {
                room = Math.min(room, free.milli(needed.name()) * Milli.ONE / Math.max(1, needed.milli()));
            }
        }
        if (!lacking.isEmpty()) {
            shorts.add(new Lacking(row, String.join(", ", lacking), lacking.size()));
            return null;
        }
        boolean has = row.total().entries().stream()
                .anyMatch(
                        entry -> entry.kind().isReservedTo(wanted.reservation().role()));
        return new Candidate(row, place, free, has, room);
    }

    private static String lacking(Resource needed, Resources free) {
        return needed.isScalar()
                ? needed.name() + " " + Milli.text(needed.milli()) + " wanted, "
                        + Milli.text(free.filter(entry -> entry.kind().equals(needed.kind()))
                                .milli(needed.name()))
                        + " free"
                : needed + " wanted, " + Resources.of(needed).intersect(free) + " free";
    }

    private ReservationPlan chosen(SortedMap<String, List<Candidate>> places, int nowhere) {
        var sites = new ArrayList<Site>();
        places.forEach((name, list) -> sites.add(new Site(name, list)));
        var picks = new ArrayList<ReservationPlan.Pick>();
        while (picks.size() < wanted.count()) {
            var site = sites.stream().filter(Site::hasMore).min(Site.NEXT).orElse(null);
            if (site == null) {
                break;
            }
            var one = site.take();
            picks.add(new ReservationPlan.Pick(one.row().id(), one.row().info().hostname(), one.place(), one.free()));
        }
        var shown = new ArrayList<ReservationPlan.Place>();
        if (wanted.spread() != null) {
            sites.forEach(site -> shown.add(new ReservationPlan.Place(site.name, site.ranked.size(), site.taken)));
        }
        return new ReservationPlan(
                picks, shown, candidates.size(), asked, lacks(), problem(picks.size(), shown, nowhere));
    }

    /** One place: its agents with room, the best first, and how many of them were taken. */
    private static final class Site {
        /** The one with the fewest taken; of several that with the best agent left. */
        static final Comparator<Site> NEXT =
                Comparator.<Site>comparingInt(site -> site.taken).thenComparing(Site::first, best());

        final String name;
        final List<Candidate> ranked;
        int taken;

        Site(String name, List<Candidate> ranked) {
            this.name = name;
            this.ranked = ranked;
        }

        boolean hasMore() {
            return taken < ranked.size();
        }

        Candidate first() {
            return ranked.get(taken);
        }

        Candidate take() {
            return ranked.get(taken++);
        }
    }

    private List<ReservationPlan.Lack> lacks() {
        return shorts.stream()
                .sorted(Comparator.comparingInt(Lacking::lacking)
                        .thenComparing(one -> one.row().id()))
                .limit(LACKS_SHOWN_MAX)
                .map(one -> new ReservationPlan.Lack(
                        one.row().id(), one.row().info().hostname(), one.text()))
                .toList();
    }

    private @Nullable String problem(int found, List<ReservationPlan.Place> places, int nowhere) {
        var spread = wanted.spread();
        if (spread != null && places.isEmpty()) {
            return "no agent that is in use has an attribute '" + spread + "'"
                    + (spread.equals("zone") || spread.equals("region") ? " or a " + spread + " of its own" : "");
        }
        if (found < wanted.count()) {
            var without = new ArrayList<String>();
            byResource.forEach((name, agents) -> without.add(name + " on " + agents));
            return found + " of the " + wanted.count() + " agents that are wanted have room for {"
                    + wanted.resources() + "}: of " + asked + " that are in use "
                    + (without.isEmpty() ? "no other is left" : "too little is free of " + String.join(", ", without))
                    + (nowhere == 0 ? "" : "; " + nowhere + " have no '" + spread + "'");
        }
        int most = places.stream().mapToInt(ReservationPlan.Place::chosen).max().orElse(0);
        for (var place : places) {
            if (!wanted.uneven() && place.chosen() < most - 1) {
                return "an even spread of " + wanted.count() + " agents over " + places.size() + " places needs "
                        + wanted.count() / places.size() + " or more in each, and " + spread + " '" + place.name()
                        + "' has room on " + place.candidates() + "; ask for fewer, or allow an uneven spread";
            }
        }
        return null;
    }
}
