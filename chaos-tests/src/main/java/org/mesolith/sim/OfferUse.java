package org.mesolith.sim;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.codec.ExecutorTasks;
import org.mesolith.model.AgentId;
import org.mesolith.model.Conversion;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;
import org.mesolith.model.Roles;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.sim.plan.Dice;

/**
 * What a framework makes of an offer: now and then reservations and volumes, then launches out of what there is, some
 * of them in groups.
 */
final class OfferUse {
    private static final int CONVERSIONS_MAX = 3;
    private static final Resources EXECUTOR = Resources.parse("cpus:0.1;mem:32;disk:1");

    private final Dice dice;
    private final LaunchMaker launches;
    private final ConversionMaker conversions;
    private int executors;

    OfferUse(String name, Dice dice) {
        this.dice = dice;
        this.launches = new LaunchMaker(name, dice);
        this.conversions = new ConversionMaker(name, dice);
    }

    /**
     * A use of an offer.
     *
     * @param launches all that its operations launch
     * @param grouped whether they are one group
     */
    record Use(List<OfferOperation> operations, List<TaskLaunch> launches, boolean grouped) {}

    /**
     * Makes one.
     *
     * @param all what is offered to this role
     * @param max launches at most
     * @param free ids of tasks that have ended
     */
    Use of(String role, AgentId agent, Resources all, int max, List<TaskId> free) {
        var operations = new ArrayList<OfferOperation>();
        var left = all;
        if (!role.equals(Roles.STAR) && dice.oneIn(3)) {
            int count = 1 + dice.below(CONVERSIONS_MAX);
            for (int i = 0; i < count; i++) {
                left = converted(role, left, operations);
            }
        }
        boolean grouped = left.contains(EXECUTOR) && dice.oneIn(4);
        var made = launches.some(max, agent, grouped ? left.minus(EXECUTOR) : left, free);
        if (!made.isEmpty()) {
            operations.add(
                    grouped ? ExecutorTasks.group(executor(), EXECUTOR, made) : new OfferOperation.Launch(null, made));
        }
        return new Use(operations, made, grouped);
    }

    /** Often one that runs already, or is just ending. */
    private ExecutorId executor() {
        executors += dice.oneIn(3) ? 1 : 0;
        return new ExecutorId("pod-" + executors);
    }

    private Resources converted(String role, Resources left, List<OfferOperation> operations) {
        var operation = conversions.one(role, left);
        if (operation == null) {
            return left;
        }
        operations.add(conversions.named(operation));
        var conversion = Conversion.of(operation);
        var after = conversion == null ? null : conversion.on(left);
        return after == null ? left : after;
    }
}
