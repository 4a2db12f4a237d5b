package org.mesolith.state.rules;

import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.Conversion;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.check.OperationChecks;
import org.mesolith.state.row.AgentRow;

/** What is left of an agent while one command uses and converts it. No allocation is set. One command, one thread. */
final class Holdings {
    private final Draft draft;
    private final AgentRow agent;

    /** Since reservations and volumes are performed, one copy of a shared volume serves any number of tasks. */
    private final boolean sharing;

    private Resources total;
    private Resources used;

    /** What no task uses; a shared volume is always in it. */
    private Resources free;

    Holdings(Draft draft, AgentRow agent) {
        this.draft = draft;
        this.agent = agent;
        this.sharing = draft.before().featureLevel().includes(FeatureLevel.OPERATIONS);
        this.total = agent.total();
        this.used = draft.before().allocated(agent.id()).unallocated();
        this.free = total.without(exclusive(used));
    }

    /** As the checks of an operation want to know it. */
    OperationChecks.Holder holder() {
        return new OperationChecks.Holder(
                total.filter(entry ->
                        entry.kind().isPersistentVolume() || entry.kind().isDynamicallyReserved()),
                used,
                agent.info().capabilities());
    }

    Resources free() {
        return free;
    }

    /** Whether a task could have it: never while the tasks that run there use more than there is. */
    boolean has(Resources needed) {
        return !isOverdrawn() && covers(free, needed);
    }

    /**
     * Whether tasks use more than the agent has: it came back with less. What is reserved may be free all the same, but
     * the machine has nothing left to run it on.
     */
    boolean isOverdrawn() {
        return sharing && !total.contains(exclusive(used));
    }

    void use(Resources needed) {
        used = used.plus(needed);
        free = free.without(exclusive(needed));
    }

    /** Takes what the operation takes and puts in its place what it makes; null when that is not free. */
    @Nullable
    Conversion convert(OfferOperation operation) {
        var conversion = Check.present(Conversion.of(operation), "conversion of an operation");
        var left = conversion.on(free);
        var changed = conversion.on(total);
        if (left == null || changed == null) {
            return null;
        }
        free = left;
        total = changed;
        return conversion;
    }

    /** Notes the agent's new total. */
    void keep() {
        if (!total.equals(agent.total())) {
            draft.put(agent.withTotal(total));
        }
    }

    /** Whether the one has everything that the other needs. */
    boolean covers(Resources one, Resources other) {
        return sharing
                ? one.contains(other.nonShared()) && one.contains(other.shared().withSingleCopies())
                : one.contains(other);
    }

    /** The part that is gone for others once a task uses it. */
    Resources exclusive(Resources needed) {
        return sharing ? needed.nonShared() : needed;
    }
}
