package org.mesolith.leader.offer;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.model.AgentId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;

/** What each registered agent has, and how much of it is free; kept up with every change instead of counted anew. */
final class Supplies {
    private static final class Stock {
        private AgentRow row;
        private Resources allocated = Resources.EMPTY;
        private Resources offered = Resources.EMPTY;
        private boolean linked;
        private @Nullable AgentSupply supply;

        Stock(AgentRow row) {
            this.row = row;
        }

        boolean isOfferable() {
            return linked && !row.deactivated();
        }

        AgentSupply supply() {
            var known = supply;
            if (known == null) {
                var free = row.total()
                        .nonShared()
                        .without(allocated.nonShared())
                        .without(offered.nonShared())
                        .plus(row.total().shared().withSingleCopies());
                known = new AgentSupply(row.id(), row.info(), row.total(), free);
                supply = known;
            }
            return known;
        }
    }

    private final SortedMap<AgentId, Stock> stocks = new TreeMap<>();
    private Quantities total = Quantities.NONE;

    Supplies(Registry registry) {
        for (var row : registry.agents()) {
            refresh(row.id(), registry);
        }
    }

    /** Scalars of all registered agents. */
    Quantities total() {
        return total;
    }

    /** Scalars offered or allocated on registered agents. */
    Quantities held() {
        var held = Quantities.NONE;
        for (var stock : stocks.values()) {
            held = held.plus(stock.allocated.scalarQuantities()).plus(stock.offered.scalarQuantities());
        }
        return held;
    }

    /** Of all registered agents what is free of what quota is about. */
    Quantities free() {
        var free = Quantities.NONE;
        for (var stock : stocks.values()) {
            free = free.plus(QuotaBook.chargeable(stock.supply().free()).scalarQuantities());
        }
        return free;
    }

    /** Takes over what the registry says of the agent. */
    void refresh(AgentId id, Registry registry) {
        var row = registry.agent(id);
        var stock = stocks.get(id);
        if (stock != null) {
            total = total.without(stock.row.total().scalarQuantities());
        }
        if (row == null || !row.isRegistered()) {
            stocks.remove(id);
            return;
        }
        total = total.plus(row.total().scalarQuantities());
        if (stock == null) {
            stock = new Stock(row);
            stocks.put(id, stock);
        }
        stock.row = row;
        stock.allocated = registry.allocated(id).unallocated();
        stock.supply = null;
    }

    /** Whether more is offered than the agent has left: it has become smaller. */
    boolean isOverdrawn(AgentId id) {
        var stock = stocks.get(id);
        if (stock == null) {
            return false;
        }
        // Of a shared volume any number of copies may be out.
        var out = stock.allocated.plus(stock.offered).withSingleCopies();
        return !stock.row.total().contains(out);
    }

    void linked(AgentId id, boolean yes) {
        var stock = stocks.get(id);
        if (stock != null) {
            stock.linked = yes;
        }
    }

    void offered(AgentId id, Resources resources) {
        var stock = stocks.get(id);
        if (stock != null) {
            stock.offered = stock.offered.plus(resources);
            stock.supply = null;
        }
    }

    void returned(AgentId id, Resources resources) {
        var stock = stocks.get(id);
        if (stock != null) {
            stock.offered = stock.offered.without(resources);
            stock.supply = null;
        }
    }

    boolean isOfferable(AgentId id) {
        var stock = stocks.get(id);
        return stock != null && stock.isOfferable();
    }

    /** Those that may be offered; of these only, unless null. */
    List<AgentSupply> offerable(@Nullable SortedSet<AgentId> only) {
        var supplies = new ArrayList<AgentSupply>();
        if (only == null) {
            stocks.values().stream().filter(Stock::isOfferable).forEach(stock -> supplies.add(stock.supply()));
            return supplies;
        }
        for (var id : only) {
            var stock = stocks.get(id);
            if (stock != null && stock.isOfferable()) {
                supplies.add(stock.supply());
            }
        }
        return supplies;
    }
}
