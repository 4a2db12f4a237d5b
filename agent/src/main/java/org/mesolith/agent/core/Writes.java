package org.mesolith.agent.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;

/** What of a run is on its way to the disk, and what waits for it. */
final class Writes {
    private record After(long version, AgentEffect effect) {}

    private final TreeMap<Long, Integer> updatesByVersion = new TreeMap<>();
    private final Deque<After> waiting = new ArrayDeque<>();
    private long version;
    private long settled;
    private long refused;
    private long written;

    /** A new version, which holds so many updates. */
    long next(int updates) {
        version++;
        updatesByVersion.put(version, updates);
        return version;
    }

    /** True once there is a version. */
    boolean isBegun() {
        return version > 0;
    }

    /** The newest version. */
    long newest() {
        return version;
    }

    /** To be done when the newest version is settled; at once when it is. */
    void then(Turn turn, AgentEffect effect) {
        if (version <= settled) {
            turn.add(effect);
        } else {
            waiting.add(new After(version, effect));
        }
    }

    /**
     * This version and all older ones are settled; what waited for them is done now. Returns how many updates they
     * hold.
     */
    int settle(Turn turn, long upTo) {
        settled = Math.max(settled, upTo);
        int updates = 0;
        var first = updatesByVersion.firstEntry();
        while (first != null && first.getKey() <= settled) {
            updates = Math.max(updates, first.getValue());
            updatesByVersion.pollFirstEntry();
            first = updatesByVersion.firstEntry();
        }
        while (!waiting.isEmpty() && waiting.getFirst().version() <= settled) {
            turn.add(waiting.removeFirst().effect());
        }
        return updates;
    }

    /** This version is on disk, and with it all that older ones held. */
    void wrote(long which) {
        written = Math.max(written, which);
    }

    /** True when this version, or a newer one, is on disk. */
    boolean isWritten(long which) {
        return which <= written;
    }

    void refuse(long which) {
        refused = Math.max(refused, which);
    }

    /** True when the newest version is not on disk and none is on its way. */
    boolean isStale() {
        return refused == version;
    }
}
