package org.mesolith.state.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OperationId;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.OperationRow;

/** Agents and operations as a command leaves them, as far as draining has to know. */
final class Drains {
    private record Key(FrameworkId framework, OperationId id) implements Comparable<Key> {
        static Key of(OperationRow row) {
            return new Key(row.framework(), row.id());
        }

        @Override
        public int compareTo(Key other) {
            int byFramework = framework.compareTo(other.framework);
            return byFramework != 0 ? byFramework : id.value().compareTo(other.id.value());
        }
    }

    private final Registry before;
    private final TreeMap<AgentId, AgentRow> changed = new TreeMap<>();
    private final TreeSet<AgentId> removed = new TreeSet<>();
    private final TreeSet<AgentId> looked = new TreeSet<>();
    private final TreeMap<Key, OperationRow> added = new TreeMap<>();
    private final TreeSet<Key> forgotten = new TreeSet<>();

    Drains(Registry before) {
        this.before = before;
    }

    void put(AgentRow row) {
        changed.put(row.id(), row);
        removed.remove(row.id());
        looked.add(row.id());
    }

    void removed(AgentId agent) {
        changed.remove(agent);
        removed.add(agent);
    }

    /** Agents that the command changed, null for one that it took out. */
    SortedMap<AgentId, @Nullable AgentRow> touched() {
        var touched = new TreeMap<AgentId, @Nullable AgentRow>(changed);
        removed.forEach(agent -> touched.put(agent, null));
        return touched;
    }

    void look(AgentId agent) {
        looked.add(agent);
    }

    void put(OperationRow operation) {
        added.put(Key.of(operation), operation);
    }

    void removed(OperationRow operation) {
        added.remove(Key.of(operation));
        forgotten.add(Key.of(operation));
        looked.add(operation.agent());
    }

    boolean isNew(FrameworkId framework, OperationId id) {
        return added.containsKey(new Key(framework, id));
    }

    int newCount() {
        return added.size();
    }

    boolean isForgotten(OperationRow operation) {
        return forgotten.contains(Key.of(operation));
    }

    /** Draining agents that the command has touched, reachable, and without an operation. */
    List<AgentRow> waiting() {
        var waiting = new ArrayList<AgentRow>();
        for (var agent : looked) {
            var row = agent(agent);
            if (row != null
                    && row.isDraining()
                    && row.isRegistered()
                    && operationsOf(agent).isEmpty()) {
                waiting.add(row);
            }
        }
        return waiting;
    }

    private @Nullable AgentRow agent(AgentId agent) {
        var row = changed.get(agent);
        if (row != null) {
            return row;
        }
        return removed.contains(agent) ? null : before.agent(agent);
    }

    /** Not acknowledged, and on this agent. */
    List<OperationRow> operationsOf(AgentId agent) {
        var found = new ArrayList<OperationRow>();
        for (var framework : before.operating()) {
            for (var operation : before.operationsOf(framework)) {
                if (operation.agent().equals(agent) && !forgotten.contains(Key.of(operation))) {
                    found.add(operation);
                }
            }
        }
        added.values().stream()
                .filter(operation -> operation.agent().equals(agent))
                .forEach(found::add);
        return found;
    }
}
