package org.mesolith.leader.offer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.base.Check;
import org.mesolith.leader.event.Present;
import org.mesolith.model.AgentId;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;

/** Every offer of this leadership that holds resources. Those of an older one are not in it, so nobody can use them. */
final class OfferBook {
    private final Present present;
    private final Supplies supplies;
    private final Wishes wishes;
    private final SortedMap<OfferId, OpenOffer> byId = new TreeMap<>();
    private final SortedMap<FrameworkId, SortedMap<OfferId, OpenOffer>> byFramework = new TreeMap<>();
    private final SortedMap<AgentId, SortedMap<OfferId, OpenOffer>> byAgent = new TreeMap<>();
    private final RoleSums offered = new RoleSums();
    private long counter;
    private long version;

    OfferBook(Present present, Supplies supplies, Wishes wishes) {
        this.present = present;
        this.supplies = supplies;
        this.wishes = wishes;
    }

    /** Offers that can be used now, by id. */
    List<Offer> open() {
        return byId.values().stream()
                .filter(offer -> !offer.taken())
                .map(OpenOffer::offer)
                .toList();
    }

    /** What quota is about of all that is offered to a top-level role and its subroles, also in offers just taken. */
    Quantities offeredTo(String topRole) {
        return offered.of(topRole);
    }

    /** How many offers can be used now. */
    int openCount() {
        return (int) byId.values().stream().filter(offer -> !offer.taken()).count();
    }

    /** Changes whenever an offer comes or goes. */
    long version() {
        return version;
    }

    /** A name that no other offer has: epoch and term of this leadership, and a number. */
    OfferId nextId() {
        counter++;
        var fence = present.fence();
        return new OfferId(fence.epoch() + "." + fence.term() + "-O" + padded(counter));
    }

    private static String padded(long number) {
        var digits = Long.toString(number);
        return "0".repeat(Math.max(0, 10 - digits.length())) + digits;
    }

    void add(Offer offer, Resources resources) {
        put(new OpenOffer(offer, resources, false, Filters.NONE));
        offered.add(offer.role(), QuotaBook.chargeable(resources).scalarQuantities());
        supplies.offered(offer.agent(), resources);
        wishes.offered(offer.framework(), offer.role(), resources.scalarQuantities());
    }

    /** The offer if it can be used by this framework. */
    @Nullable
    OpenOffer usable(OfferId id, FrameworkId by) {
        var offer = byId.get(id);
        return offer != null && !offer.taken() && offer.offer().framework().equals(by) ? offer : null;
    }

    /** The same for an operation of the call. */
    static String unusable(String problem) {
        return "Operation attempted with invalid offers: " + problem;
    }

    /** What hinders the framework from using these together, or null. */
    @Nullable
    String problem(List<OfferId> ids, FrameworkId by) {
        if (ids.isEmpty()) {
            return "No offers specified";
        }
        if (new TreeSet<>(ids).size() != ids.size()) {
            return "Duplicate offers in the offer list";
        }
        OpenOffer first = null;
        for (var id : ids) {
            var offer = usable(id, by);
            if (offer == null) {
                return "Offer " + id + " is no longer valid";
            }
            first = first == null ? offer : first;
            if (!offer.offer().agent().equals(first.offer().agent())) {
                return "Aggregated offers must belong to one single agent; offer " + id + " uses agent "
                        + offer.offer().agent() + " and another one uses agent "
                        + first.offer().agent();
            }
            if (!offer.offer().role().equals(first.offer().role())) {
                return "Aggregated offers must be allocated to the same role; offer " + id + " uses role '"
                        + offer.offer().role() + "' and another one uses role '"
                        + first.offer().role() + "'";
            }
        }
        return null;
    }

    /** The framework uses the offer: it stays held until its accept is decided. */
    Offer take(OfferId id, Filters filters) {
        var offer = Check.present(byId.get(id), "offer to be taken");
        put(offer.takenWith(filters));
        return offer.offer();
    }

    /** The offer ends and its resources are free again; null when it is not in the book. */
    @Nullable
    OpenOffer remove(OfferId id) {
        var offer = byId.remove(id);
        if (offer == null) {
            return null;
        }
        version++;
        drop(byFramework, offer.offer().framework(), id);
        drop(byAgent, offer.offer().agent(), id);
        offered.remove(
                offer.offer().role(), QuotaBook.chargeable(offer.resources()).scalarQuantities());
        supplies.returned(offer.offer().agent(), offer.resources());
        wishes.returned(
                offer.offer().framework(),
                offer.offer().role(),
                offer.resources().scalarQuantities());
        return offer;
    }

    /** Whether there is such an offer that can be used. */
    boolean isOpen(OfferId id) {
        var offer = byId.get(id);
        return offer != null && !offer.taken();
    }

    /** Offers of a framework that can be used. */
    List<OfferId> openOf(FrameworkId framework) {
        return open(byFramework.get(framework));
    }

    /** Offers of an agent that can be used. */
    List<OfferId> openOf(AgentId agent) {
        return open(byAgent.get(agent));
    }

    /** What an offer in the book holds, naming no role. */
    Resources resources(OfferId id) {
        return Check.present(byId.get(id), "offer in the book").resources();
    }

    FrameworkId framework(OfferId id) {
        return Check.present(byId.get(id), "offer in the book").offer().framework();
    }

    String role(OfferId id) {
        return Check.present(byId.get(id), "offer in the book").offer().role();
    }

    /** Frameworks that have an offer of the agent, sorted. */
    SortedSet<FrameworkId> holders(AgentId agent) {
        var holders = new TreeSet<FrameworkId>();
        byAgent.getOrDefault(agent, new TreeMap<>())
                .values()
                .forEach(offer -> holders.add(offer.offer().framework()));
        return holders;
    }

    /** Offers that can be used and pass. */
    List<OfferId> openThat(Predicate<Offer> passes) {
        return byId.values().stream()
                .filter(offer -> !offer.taken() && passes.test(offer.offer()))
                .map(offer -> offer.offer().id())
                .toList();
    }

    private static List<OfferId> open(@Nullable SortedMap<OfferId, OpenOffer> offers) {
        Collection<OpenOffer> all = offers == null ? List.of() : offers.values();
        var open = new ArrayList<OfferId>();
        for (var offer : all) {
            if (!offer.taken()) {
                open.add(offer.offer().id());
            }
        }
        return open;
    }

    private void put(OpenOffer offer) {
        version++;
        var id = offer.offer().id();
        byId.put(id, offer);
        byFramework
                .computeIfAbsent(offer.offer().framework(), f -> new TreeMap<>())
                .put(id, offer);
        byAgent.computeIfAbsent(offer.offer().agent(), a -> new TreeMap<>()).put(id, offer);
    }

    private static <K> void drop(SortedMap<K, SortedMap<OfferId, OpenOffer>> index, K key, OfferId id) {
        var offers = index.get(key);
        if (offers != null) {
            offers.remove(id);
            if (offers.isEmpty()) {
                index.remove(key);
            }
        }
    }
}
