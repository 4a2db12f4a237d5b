package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.model.AgentId;
import org.mesolith.model.Resources;

/** What one framework refused for one role, by agent; each refusal has a number. */
final class Refusals {
    private final SortedMap<AgentId, List<Resources>> byAgent = new TreeMap<>();

    /** In step with the lists above. */
    private final SortedMap<AgentId, List<Long>> numbers = new TreeMap<>();

    private int size;

    void add(AgentId agent, long number, Resources resources) {
        byAgent.computeIfAbsent(agent, a -> new ArrayList<>()).add(resources);
        numbers.computeIfAbsent(agent, a -> new ArrayList<>()).add(number);
        size++;
    }

    boolean contains(AgentId agent, long number) {
        return numbers.getOrDefault(agent, List.of()).contains(number);
    }

    /** False when it was not there. */
    boolean remove(AgentId agent, long number) {
        var own = numbers.get(agent);
        int place = own == null ? -1 : own.indexOf(number);
        var resources = byAgent.get(agent);
        if (own == null || resources == null || place < 0) {
            return false;
        }
        own.remove(place);
        resources.remove(place);
        size--;
        if (own.isEmpty()) {
            numbers.remove(agent);
            byAgent.remove(agent);
        }
        return true;
    }

    /** All of an agent; says how many there were. */
    int remove(AgentId agent) {
        byAgent.remove(agent);
        var own = numbers.remove(agent);
        int gone = own == null ? 0 : own.size();
        size -= gone;
        return gone;
    }

    SortedMap<AgentId, List<Resources>> byAgent() {
        return byAgent;
    }

    int size() {
        return size;
    }
}
