package org.mesolith.leader.offer;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.model.AgentId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;
import org.mesolith.state.Registry;

/** What each admitted agent has, and how much of it is free; kept up with every change instead of counted anew. */
final class Supplies {
    private final SortedMap<AgentId, Stock> stocks = new TreeMap<>();

    /** Of all registered agents. */
    private final Sums total = new Sums();

    /** The revocable part of it. */
    private final Sums lent = new Sums();

    private final Sums lentAndUsed = new Sums();

    private final Sums held = new Sums();

    /** What quota is about: sums over agents, and the agents whose part in them is old. */
    private final Sums free = new Sums();

    private final RoleSums consumed = new RoleSums();
    private final SortedMap<AgentId, Stock> uncounted = new TreeMap<>();

    private @Nullable SortedSet<String> whitelist;
    private int linked;

    /** @param whitelist host names of the only agents that are offered; null for all */
    Supplies(Registry registry, @Nullable SortedSet<String> whitelist) {
        this.whitelist = whitelist;
        for (var row : registry.agents()) {
            refresh(row.id(), registry);
        }
    }

    /** Host names of the only agents that are offered from now on. */
    void setWhitelist(SortedSet<String> hosts) {
        whitelist = hosts;
    }

    /** Scalars of all registered agents. */
    Quantities total() {
        return total.value();
    }

    /** Revocable scalars of all registered agents. */
    Quantities lent() {
        return lent.value();
    }

    /** Revocable scalars that tasks hold on registered agents. */
    Quantities lentAndUsed() {
        return lentAndUsed.value();
    }

    /** Scalars offered or allocated on registered agents. */
    Quantities held() {
        return held.value();
    }

    /** Takes over what the registry says of the agent. */
    void refresh(AgentId id, Registry registry) {
        var row = registry.agent(id);
        var stock = stocks.get(id);
        if (stock != null) {
            leave(stock);
        }
        if (row == null) {
            link(stock, false);
            stocks.remove(id);
            if (stock != null) {
                recount(stock, Stock.Part.NONE);
                uncounted.remove(id);
            }
            return;
        }
        if (stock == null) {
            stock = new Stock(row);
            stocks.put(id, stock);
        }
        if (!row.isRegistered()) {
            link(stock, false);
            stock.setOffered(Resources.EMPTY);
        }
        stock.refresh(row, registry.allocated(id).unallocated());
        enter(stock);
    }

    private void leave(Stock stock) {
        if (stock.row().isRegistered()) {
            total.remove(stock.row().total().scalarQuantities());
            lent.remove(stock.row().total().revocable().scalarQuantities());
            lentAndUsed.remove(stock.lentAndUsed());
            held.remove(stock.held());
        }
    }

    private void enter(Stock stock) {
        if (stock.row().isRegistered()) {
            total.add(stock.row().total().scalarQuantities());
            lent.add(stock.row().total().revocable().scalarQuantities());
            lentAndUsed.add(stock.lentAndUsed());
            held.add(stock.held());
        }
        uncounted.put(stock.row().id(), stock);
    }

    // ---- quota

    /** Of all registered agents what is free of what quota is about. */
    Quantities free(Registry registry) {
        countAll(registry);
        return free.value();
    }

    /** What a top-level role and those below it consume of quota on all admitted agents, without what is offered. */
    Quantities consumed(String topRole, Registry registry) {
        countAll(registry);
        return consumed.of(topRole);
    }

    private void countAll(Registry registry) {
        uncounted.values().forEach(stock -> recount(stock, stock.part(registry)));
        uncounted.clear();
    }

    private void recount(Stock stock, Stock.Part part) {
        var before = stock.counted();
        free.remove(before.free());
        before.uses().forEach(use -> consumed.remove(use.role(), use.scalars()));
        free.add(part.free());
        part.uses().forEach(use -> consumed.add(use.role(), use.scalars()));
        stock.setCounted(part);
    }

    // ---- offers

    /** Whether more is offered than the agent has left: it has become smaller. */
    boolean isOverdrawn(AgentId id) {
        var stock = registered(id);
        return stock != null && stock.isOverdrawn();
    }

    private @Nullable Stock registered(AgentId id) {
        var stock = stocks.get(id);
        return stock != null && stock.row().isRegistered() ? stock : null;
    }

    void linked(AgentId id, boolean yes) {
        var stock = registered(id);
        link(stock, yes);
    }

    private void link(@Nullable Stock stock, boolean yes) {
        if (stock != null && stock.isLinked() != yes) {
            stock.setLinked(yes);
            linked += yes ? 1 : -1;
        }
    }

    /** How many registered agents have a link. */
    int linkedCount() {
        return linked;
    }

    void offered(AgentId id, Resources resources) {
        var stock = registered(id);
        if (stock != null) {
            setOffered(stock, stock.offered().plus(resources));
        }
    }

    void returned(AgentId id, Resources resources) {
        var stock = registered(id);
        if (stock != null) {
            setOffered(stock, stock.offered().without(resources));
        }
    }

    private void setOffered(Stock stock, Resources offered) {
        held.remove(stock.held());
        stock.setOffered(offered);
        held.add(stock.held());
        uncounted.put(stock.row().id(), stock);
    }

    boolean isOfferable(AgentId id) {
        var stock = stocks.get(id);
        return stock != null && isOfferable(stock);
    }

    private boolean isOfferable(Stock stock) {
        return stock.isOfferable()
                && (whitelist == null || whitelist.contains(stock.row().info().hostname()));
    }

    /** Those that may not be offered at present. */
    List<AgentSupply> aside() {
        var aside = new ArrayList<AgentSupply>();
        for (var stock : stocks.values()) {
            if (stock.row().isRegistered() && !isOfferable(stock)) {
                aside.add(stock.supply());
            }
        }
        return aside;
    }

    /** Those that may be offered; of these only, unless null. */
    List<AgentSupply> offerable(@Nullable SortedSet<AgentId> only) {
        var supplies = new ArrayList<AgentSupply>();
        if (only == null) {
            for (var stock : stocks.values()) {
                if (isOfferable(stock)) {
                    supplies.add(stock.supply());
                }
            }
            return supplies;
        }
        for (var id : only) {
            var stock = stocks.get(id);
            if (stock != null && isOfferable(stock)) {
                supplies.add(stock.supply());
            }
        }
        return supplies;
    }
}
