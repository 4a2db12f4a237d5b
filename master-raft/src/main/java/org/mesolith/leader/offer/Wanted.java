package org.mesolith.leader.offer;

import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;

/** Over which agents a round is asked for. */
final class Wanted {
    private final SortedSet<AgentId> now = new TreeSet<>();

    /** Agents that the alarm is for which is set, and those that came after it was. */
    private final SortedSet<AgentId> soon = new TreeSet<>();

    private final SortedSet<AgentId> later = new TreeSet<>();
    private boolean alarmIsSet;
    private boolean all;

    void all() {
        all = true;
    }

    void now(AgentId agent) {
        now.add(agent);
    }

    /** True when an alarm is to be set: ten thousand agents that come back together share a few. */
    boolean soon(AgentId agent) {
        if (alarmIsSet) {
            later.add(agent);
            return false;
        }
        alarmIsSet = true;
        soon.add(agent);
        return true;
    }

    /** The alarm went off; true when another one is to be set. */
    boolean soonIsNow() {
        now.addAll(soon);
        soon.clear();
        soon.addAll(later);
        later.clear();
        alarmIsSet = !soon.isEmpty();
        return alarmIsSet;
    }

    boolean isNothing() {
        return !all && now.isEmpty();
    }

    /** The agents, null for all. */
    @Nullable
    SortedSet<AgentId> agents() {
        return all ? null : new TreeSet<>(now);
    }

    /** A round over these agents (null: over all) is made. */
    void made(@Nullable SortedSet<AgentId> over) {
        all = false;
        now.clear();
        if (over == null) {
            soon.clear();
            later.clear();
        }
    }
}
