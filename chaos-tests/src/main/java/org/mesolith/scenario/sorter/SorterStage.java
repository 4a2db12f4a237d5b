package org.mesolith.scenario.sorter;

import static org.mesolith.scenario.grammar.Kinds.RESOURCES;
import static org.mesolith.scenario.grammar.Kinds.TEXT;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.allocator.ShareTree;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.MismatchException;
import org.mesolith.scenario.grammar.Scenario;
import org.mesolith.scenario.grammar.Stage;

/** Clients, totals and allocations around one {@link ShareTree}. */
public final class SorterStage implements Stage {
    private static final String AGENT = "a1";

    private final ShareTree<String> tree;
    private final SortedMap<String, Resources> totals = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Resources>> allocations = new TreeMap<>();

    /** An empty one; the excluded names do not enter shares. */
    public SorterStage(List<String> excluded) {
        this.tree = new ShareTree<>(excluded);
    }

    @Override
    public void play(Scenario.Step step) {
        var given = step.fields();
        switch (step.name()) {
            case "add-client" -> add(given);
            case "remove-client" -> {
                tree.remove(client(given));
                allocations.remove(client(given));
            }
            case "activate" -> tree.setActive(client(given), true);
            case "deactivate" -> tree.setActive(client(given), false);
            case "set-weight" -> tree.setWeight(client(given), given.get("weight", Kinds.POSITIVE));
            case "allocated" -> allocated(client(given), agent(given), given.get("resources", RESOURCES));
            case "unallocated" -> unallocated(client(given), agent(given), given.get("resources", RESOURCES));
            case "update-allocation" -> changed(given);
            case "set-total" -> setTotal(agent(given), given.get("total", RESOURCES));
            case "remove-agent" -> setTotal(given.get("agent", TEXT), Resources.EMPTY);
            case "expect-order" -> expect(step.only(Kinds.TEXTS), tree.order());
            case "expect-members" ->
                expect(List.copyOf(new TreeSet<>(step.only(Kinds.TEXTS))), List.copyOf(new TreeSet<>(tree.order())));
            case "expect-clients" -> expectClients(given);
            case "expect-allocation" -> expectAllocation(given);
            default -> throw new IllegalStateException("step " + step.name() + " is not played at this level");
        }
    }

    private static String client(Fields given) {
        return given.get("client", TEXT);
    }

    private static String agent(Fields given) {
        return given.get("agent", TEXT, AGENT);
    }

    private void add(Fields given) {
        tree.add(client(given), given.get("active", Kinds.TRUTH, true), client(given));
        var allocated = given.get("allocated", RESOURCES, Resources.EMPTY);
        if (!allocated.isEmpty()) {
            allocated(client(given), AGENT, allocated);
        }
    }

    private void allocated(String client, String agent, Resources resources) {
        tree.allocated(client, agent, resources);
        hold(client, agent, held(client, agent).plus(resources));
    }

    private void unallocated(String client, String agent, Resources resources) {
        var left = held(client, agent).minus(resources);
        tree.unallocated(client, agent, resources);
        hold(client, agent, left);
    }

    private void changed(Fields given) {
        var from = given.get("from", RESOURCES);
        var to = given.get("to", RESOURCES);
        var left = held(client(given), agent(given)).minus(from);
        tree.changed(client(given), agent(given), from, to);
        hold(client(given), agent(given), left.plus(to));
    }

    private Resources held(String client, String agent) {
        return allocations.getOrDefault(client, new TreeMap<>()).getOrDefault(agent, Resources.EMPTY);
    }

    private void hold(String client, String agent, Resources resources) {
        var byAgent = allocations.computeIfAbsent(client, c -> new TreeMap<>());
        if (resources.isEmpty()) {
            byAgent.remove(agent);
        } else {
            byAgent.put(agent, resources);
        }
    }

    private void setTotal(String agent, Resources total) {
        totals.put(agent, total);
        tree.setTotal(
                totals.values().stream().map(Resources::scalarQuantities).reduce(Quantities.NONE, Quantities::plus));
    }

    private void expectClients(Fields given) {
        var count = given.find("count", Kinds.COUNT);
        if (count != null) {
            expect(count + " clients", tree.size() + " clients");
        }
        for (var client : given.get("present", Kinds.TEXTS, List.of())) {
            expect(client + " is there", client + (tree.contains(client) ? " is there" : " is not there"));
        }
        for (var client : given.get("absent", Kinds.TEXTS, List.of())) {
            expect(client + " is not there", client + (tree.contains(client) ? " is there" : " is not there"));
        }
    }

    private void expectAllocation(Fields given) {
        var client = given.find("client", TEXT);
        var byAgent = new ArrayList<SortedMap<String, Resources>>();
        if (client == null) {
            byAgent.addAll(allocations.values());
        } else {
            byAgent.add(allocations.getOrDefault(client, new TreeMap<>()));
        }
        var resources = given.find("resources", RESOURCES);
        if (resources != null) {
            var agent = agent(given);
            var got = byAgent.stream()
                    .map(all -> all.getOrDefault(agent, Resources.EMPTY))
                    .reduce(Resources.EMPTY, Resources::plus);
            if (!got.isSameAs(resources)) {
                throw new MismatchException(resources, got);
            }
        }
        var quantities = given.find("quantities", Kinds.QUANTITIES);
        if (quantities != null) {
            var got = byAgent.stream()
                    .flatMap(all -> all.values().stream())
                    .map(Resources::scalarQuantities)
                    .reduce(Quantities.NONE, Quantities::plus);
            expect(quantities, got);
        }
        var agents = given.find("agents", Kinds.COUNT);
        if (agents != null) {
            var names = new TreeSet<String>();
            byAgent.forEach(all -> names.addAll(all.keySet()));
            expect(agents + " agents", names.size() + " agents");
        }
    }

    private static void expect(Object expected, Object got) {
        if (!expected.equals(got)) {
            throw new MismatchException(expected, got);
        }
    }
}
