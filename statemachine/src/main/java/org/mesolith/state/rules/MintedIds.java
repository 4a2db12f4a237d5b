package org.mesolith.state.rules;

import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;

/**
 * Ids made by the state: cluster, epoch and a counter of fixed width, so that they sort in the order they were made and
 * no two clusters or restores of a backup make the same. A counter skips ids that clients brought.
 */
final class MintedIds {
    private static final int COUNTER_DIGITS = 10;

    private MintedIds() {}

    /** The next free agent id; the draft's counter is moved. */
    static AgentId agent(Draft draft) {
        var before = draft.before();
        long number = draft.counters().agents();
        AgentId id;
        do {
            number++;
            id = new AgentId(text(draft, "-S", number));
        } while (before.agent(id) != null || before.goneAgent(id) != null);
        draft.count(draft.counters().withAgents(number));
        return id;
    }

    /** The next free framework id; the draft's counter is moved. */
    static FrameworkId framework(Draft draft) {
        var before = draft.before();
        long number = draft.counters().frameworks();
        FrameworkId id;
        do {
            number++;
            id = new FrameworkId(text(draft, "-F", number));
        } while (before.framework(id) != null || before.completedFramework(id) != null);
        draft.count(draft.counters().withFrameworks(number));
        return id;
    }

    private static String text(Draft draft, String kind, long number) {
        return draft.before().cluster().idPrefix() + kind + padded(number, COUNTER_DIGITS);
    }

    private static String padded(long number, int digits) {
        var text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
