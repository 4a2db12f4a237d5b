package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
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
    /** Where it is in the network. */
    static final String PLACE = "operator";

    private static final Duration EVERY_MIN = Duration.ofMillis(200);
    private static final Duration EVERY_MAX = Duration.ofMillis(1_800);
    private static final int TRIES_MAX = 12;
    private static final Duration LURKS_MAX = Duration.ofSeconds(3);

    /** As close as a call may follow another one. */
    private static final Duration CLOSE_MAX = Duration.ofMillis(1);

    private final SimClock clock;
    private final OperatorLink link;
    private final OperatorWishes wishes;
    private final Invariants invariants;
    private final Hindsight hindsight;
    private final Dice dice;
    private final List<Done> done = new ArrayList<>();
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
        if (!calm && dice.oneIn(12)) {
            lurk();
            return;
        }
        if (!calm && !done.isEmpty() && dice.oneIn(15)) {
            repeat(dice.oneOf(done));
            return;
        }
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

    /** Lies in wait for a framework to accept an offer, and asks at that moment. */
    private void lurk() {
        boolean[] over = {false};
        hindsight.bell().await(RoleWishes::isTight, () -> {
            over[0] = true;
            clock.after(dice.between(Duration.ZERO, CLOSE_MAX), () -> {
                invariants.deeds().done("operator sets quota while a task is launched");
                var wish = wishes.tightQuota(hindsight.newest().get());
                var key = "wish-" + ++wished;
                link.askLast(wish, key, reply -> answered(wish, key, reply));
            });
        });
        clock.after(LURKS_MAX, () -> {
            if (!over[0]) {
                hindsight.bell().await(role -> false, () -> {});
                soon();
            }
        });
    }

    /** A call that was carried out long ago arrives once more: it is answered as the first time. */
    private void repeat(Done old) {
        invariants.deeds().done("operator repeats an old call");
        link.ask(old.wish(), old.key(), reply -> {
            Must.hold(
                    reply == null || OperatorLink.isPerformed(reply),
                    () -> "carried out before, and refused when it was repeated: " + old + ": " + reply);
            soon();
        });
    }

    private record Done(OperatorCall wish, String key) {}

    private void answered(OperatorCall wish, String key, @Nullable Reply reply) {
        if (OperatorLink.isPerformed(reply)) {
            Must.hold(
                    invariants.wasCarriedOut(key) || needsNoEntry(wish),
                    () -> "acknowledged and not in the log: " + wish);
            if (invariants.wasCarriedOut(key)) {
                done.add(new Done(wish, key));
            }
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
