package org.mesolith.allocator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.model.AgentId;
import org.mesolith.model.Resources;

/** What one framework refused for one role, by agent; each refusal has a number. */
final class Refusals {
    /** Which refusal, and when its time is over. */
    private record Mark(long number, Instant end) {}

    private SortedMap<AgentId, List<Resources>> byAgent = new TreeMap<>();

    /** In step with the lists above. */
    private SortedMap<AgentId, List<Mark>> marks = new TreeMap<>();

    /** Whether somebody keeps the maps as they are: the next change makes new ones. */
    private boolean kept;

    private int size;

    void add(AgentId agent, long number, Instant end, Resources resources) {
        own();
        byAgent.put(agent, with(byAgent.getOrDefault(agent, List.of()), resources));
        marks.put(agent, with(marks.getOrDefault(agent, List.of()), new Mark(number, end)));
        size++;
    }

    boolean contains(AgentId agent, long number) {
        return place(agent, number) >= 0;
    }

    /** False when it was not there. */
    boolean remove(AgentId agent, long number) {
        int place = place(agent, number);
        if (place < 0) {
            return false;
        }
        own();
        byAgent.put(agent, without(byAgent.getOrDefault(agent, List.of()), place));
        marks.put(agent, without(marks.getOrDefault(agent, List.of()), place));
        size--;
        if (marks.getOrDefault(agent, List.of()).isEmpty()) {
            marks.remove(agent);
            byAgent.remove(agent);
        }
        return true;
    }

    /** All of an agent; says how many there were. */
    int remove(AgentId agent) {
        if (!marks.containsKey(agent)) {
            return 0;
        }
        own();
        byAgent.remove(agent);
        int gone = org.mesolith.base.Check.present(marks.remove(agent), "marks").size();
        size -= gone;
        return gone;
    }

    SortedMap<AgentId, List<Resources>> byAgent() {
        return byAgent;
    }

    /** As they are now; later changes are not seen in it. Any thread may read it. */
    Kept keep() {
        kept = true;
        var ends = marks;
        return new Kept(
                byAgent,
                agent -> ends.getOrDefault(agent, List.of()).stream()
                        .map(Mark::end)
                        .toList());
    }

    int size() {
        return size;
    }

    private int place(AgentId agent, long number) {
        var own = marks.getOrDefault(agent, List.of());
        for (int place = 0; place < own.size(); place++) {
            if (own.get(place).number() == number) {
                return place;
            }
        }
        return -1;
    }

    private void own() {
        if (kept) {
            byAgent = new TreeMap<>(byAgent);
            marks = new TreeMap<>(marks);
            kept = false;
        }
    }

    private static <T> List<T> with(List<T> list, T more) {
        var longer = new ArrayList<>(list);
        longer.add(more);
        return List.copyOf(longer);
    }

    private static <T> List<T> without(List<T> list, int place) {
        var shorter = new ArrayList<>(list);
        shorter.remove(place);
        return List.copyOf(shorter);
    }

    /** Refusals of one moment: resources by agent, and the end of each in the same order. */
    record Kept(
            SortedMap<AgentId, List<Resources>> byAgent, java.util.function.Function<AgentId, List<Instant>> ends) {}
}
