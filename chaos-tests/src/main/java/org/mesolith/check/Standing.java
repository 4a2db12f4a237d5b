package org.mesolith.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.mesolith.check.history.HistoryEvent;

/**
 * Who is up and who reaches whom, as the faults say that last: each names those that it takes away ({@code down}) and
 * the directions in which nothing arrives ({@code cut}, as {@code a>b}), or says that no majority is left whoever is up
 * ({@code majority=lost}). So it does not matter how many faults overlap. One thread.
 */
final class Standing {
    private static final String FRAMEWORKS = "frameworks";
    private static final String OPERATORS = "operators";

    private final List<String> masters;
    private final List<String> agents;
    private final Map<Long, HistoryEvent> faults = new TreeMap<>();
    private final Set<String> down = new HashSet<>();
    private final Set<String> cut = new HashSet<>();
    private Set<String> leaders = Set.of();

    /**
     * Everybody is up.
     *
     * @param masters how many, called {@code master-1} and so on
     * @param agents the same, {@code agent-1}
     */
    Standing(long masters, long agents) {
        this.masters = named("master-", masters);
        this.agents = named("agent-", agents);
        look();
    }

    private static List<String> named(String prefix, long count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(number -> prefix + number)
                .toList();
    }

    /** A line FAULT. */
    void begin(HistoryEvent fault) {
        faults.put(fault.operation(), fault);
        look();
    }

    /** A line HEAL. */
    void end(HistoryEvent heal) {
        faults.remove(heal.operation());
        look();
    }

    /**
     * True if a majority of the masters is up, each of it reaches each other of it in both directions, and operators
     * reach whoever may lead it.
     */
    boolean servesOperators() {
        return !leaders.isEmpty() && reach(OPERATORS);
    }

    /**
     * True if there is such a majority and whoever may lead it reaches the frameworks and an agent that is up, in both
     * directions. It has to be the same agent for all who may lead.
     */
    boolean servesFrameworks() {
        return !leaders.isEmpty() && reach(FRAMEWORKS) && agents.stream().anyMatch(this::reach);
    }

    private boolean reach(String other) {
        return !down.contains(other) && leaders.stream().allMatch(leader -> joined(leader, other));
    }

    private boolean joined(String one, String other) {
        return !cut.contains(one + ">" + other) && !cut.contains(other + ">" + one);
    }

    private void look() {
        down.clear();
        cut.clear();
        boolean lost = false;
        for (HistoryEvent fault : faults.values()) {
            down.addAll(words(fault.fact("down")));
            cut.addAll(words(fault.fact("cut")));
            lost |= fault.fact("majority").equals("lost");
        }
        leaders = lost ? Set.of() : membersOfMajorities();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    /** All who are in some majority whose members all reach each other: anyone of them may lead. */
    private Set<String> membersOfMajorities() {
        var found = new TreeSet<String>();
        var up = masters.stream().filter(master -> !down.contains(master)).toList();
        int majority = masters.size() / 2 + 1;
        // At most 9 masters: 512 sets.
        for (int set = 0; set < 1 << up.size(); set++) {
            if (Integer.bitCount(set) >= majority) {
                var members = new ArrayList<String>();
                for (int at = 0; at < up.size(); at++) {
                    if ((set & 1 << at) != 0) {
                        members.add(up.get(at));
                    }
                }
                if (isJoined(members)) {
                    found.addAll(members);
                }
            }
        }
        return found;
    }

    private boolean isJoined(List<String> members) {
        for (int at = 0; at < members.size(); at++) {
            String one = members.get(at);
            if (!members.subList(at + 1, members.size()).stream().allMatch(other -> joined(one, other))) {
                return false;
            }
        }
        return true;
    }
}
