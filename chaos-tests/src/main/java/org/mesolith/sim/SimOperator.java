package org.mesolith.sim;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.AgentId;
import org.mesolith.sim.plan.Dice;

/**
 * An operator of many wishes, who repeats a call under its key until the outcome is known, and at last takes back all
 * that keeps the cluster from working.
 */
final class SimOperator {
    private static final Duration EVERY_MIN = Duration.ofMillis(200);
    private static final Duration EVERY_MAX = Duration.ofMillis(1_800);
    private static final int TRIES_MAX = 12;

    private final SimClock clock;
    private final OperatorLink link;
    private final OperatorWishes wishes;
    private final Invariants invariants;
    private final Hindsight hindsight;
    private final Dice dice;
    private int wished;
    private Predicate<AgentId> lives = agent -> true;
    private boolean calm;

    SimOperator(SimPlace where, List<String> masters, Invariants invariants, Hindsight hindsight, Dice dice) {
        this.clock = where.net().clock();
        this.link = new OperatorLink(where, masters, TRIES_MAX, dice);
        this.invariants = invariants;
        this.hindsight = hindsight;
        this.dice = dice;
        this.wishes = new OperatorWishes(clock, dice);
    }

    void start() {
        soon();
    }

    /**
     * From now on it only takes back.
     *
     * @param knows whether a machine still knows itself by an id
     */
    void calm(Predicate<AgentId> knows) {
        lives = knows;
        calm = true;
    }

    private void soon() {
        clock.after(dice.between(EVERY_MIN, EVERY_MAX), this::next);
    }

    private void next() {
        var registry = hindsight.newest().get();
        var wish = calm ? OperatorWishes.undo(registry, lives) : wishes.one(registry);
        if (wish == null) {
            soon();
            return;
        }
        if (wish instanceof OperatorCall.KillTask(var framework, var task, var _)) {
            invariants.killedByOperator(framework, task);
        }
        var key = "wish-" + ++wished;
        link.ask(wish, key, reply -> answered(wish, key, reply));
    }

    private void answered(OperatorCall wish, String key, @Nullable Reply reply) {
        if (OperatorLink.isPerformed(reply)) {
            Must.hold(
                    invariants.wasCarriedOut(key) || needsNoEntry(wish),
                    () -> "acknowledged and not in the log: " + wish);
        }
        soon();
    }

    /**
     * What is not replicated, and what is so already: an agent was given up at the end of its drain, before it was
     * asked.
     */
    private boolean needsNoEntry(OperatorCall wish) {
        return switch (wish) {
            case OperatorCall.KillTask _ -> true;
            case OperatorCall.MarkAgentGone(var agent) -> invariants.isGone(agent);
            default -> false;
        };
    }
}
