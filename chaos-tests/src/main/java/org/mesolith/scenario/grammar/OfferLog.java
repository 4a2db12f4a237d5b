package org.mesolith.scenario.grammar;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.model.Resources;

/** Offers since the last look, by framework, role and agent; several of one kind add up. */
public final class OfferLog {
    private final SortedMap<String, SortedMap<String, SortedMap<String, Resources>>> offers = new TreeMap<>();

    /** One more. */
    public void add(String framework, String role, String agent, Resources resources) {
        offers.computeIfAbsent(framework, f -> new TreeMap<>())
                .computeIfAbsent(role, r -> new TreeMap<>())
                .merge(agent, resources, Resources::plus);
    }

    /** Compares with one of the alternatives and empties the log. */
    public void expectOneOf(List<SortedMap<String, SortedMap<String, SortedMap<String, Resources>>>> alternatives) {
        var got = take();
        if (alternatives.stream().noneMatch(wanted -> flat(wanted).equals(flat(got)))) {
            throw new MismatchException(
                    alternatives.size() == 1 ? alternatives.getFirst() : "one of " + alternatives, got);
        }
    }

    /** Compares sums over agents and empties the log. */
    public void expectTotals(SortedMap<String, SortedMap<String, Resources>> wanted) {
        var got = new TreeMap<String, SortedMap<String, Resources>>();
        take().forEach((framework, byRole) -> byRole.forEach((role, byAgent) -> byAgent.values()
                .forEach(resources ->
                        got.computeIfAbsent(framework, f -> new TreeMap<>()).merge(role, resources, Resources::plus))));
        var wantedFlat = new TreeMap<String, String>();
        wanted.forEach((framework, byRole) ->
                byRole.forEach((role, resources) -> wantedFlat.put(framework + " " + role, shown(resources))));
        var gotFlat = new TreeMap<String, String>();
        got.forEach((framework, byRole) ->
                byRole.forEach((role, resources) -> gotFlat.put(framework + " " + role, shown(resources))));
        if (!wantedFlat.equals(gotFlat)) {
            throw new MismatchException(wanted, got);
        }
    }

    private SortedMap<String, SortedMap<String, SortedMap<String, Resources>>> take() {
        var taken = new TreeMap<>(offers);
        offers.clear();
        return taken;
    }

    private static SortedMap<String, String> flat(
            SortedMap<String, SortedMap<String, SortedMap<String, Resources>>> offers) {
        var flat = new TreeMap<String, String>();
        offers.forEach((framework, byRole) -> byRole.forEach((role, byAgent) -> byAgent.forEach((agent, resources) -> {
            if (!resources.isEmpty()) {
                flat.put(framework + " " + role + " " + agent, shown(resources));
            }
        })));
        return flat;
    }

    /** The same text for the same resources: how a volume is mounted does not matter. */
    static String shown(Resources resources) {
        return resources
                .mapKinds(kind -> {
                    var disk = kind.disk();
                    var persistence = disk == null ? null : disk.persistence();
                    return disk == null || persistence == null
                            ? kind
                            : kind.withDisk(new org.mesolith.model.Disk(
                                    disk.source(),
                                    new org.mesolith.model.Disk.Persistence(persistence.id(), null),
                                    null));
                })
                .toString();
    }
}
