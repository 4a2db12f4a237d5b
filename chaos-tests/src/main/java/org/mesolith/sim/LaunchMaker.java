package org.mesolith.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mesolith.codec.CommandTask;
import org.mesolith.codec.CommandTasks;
import org.mesolith.model.AgentId;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.sim.plan.Dice;

/** Makes tasks of many shapes for one framework: most fit, some ask for too much, some cannot be read. */
final class LaunchMaker {
    private static final int PER_CALL_MAX = 3;

    private final String name;
    private final Dice dice;
    private int made;

    LaunchMaker(String name, Dice dice) {
        this.name = name;
        this.dice = dice;
    }

    /**
     * Some tasks, at most so many, that share these resources; none when too little is left.
     *
     * @param free ids of tasks that have ended; some are used again
     */
    List<TaskLaunch> some(int max, AgentId agent, Resources all, List<TaskId> free) {
        var launches = new ArrayList<TaskLaunch>();
        var left = all;
        var reusable = new ArrayDeque<>(free);
        int wanted = Math.min(1 + dice.below(PER_CALL_MAX), max);
        for (int i = 0; i < wanted; i++) {
            boolean greedy = dice.oneIn(30);
            var needs = greedy ? Resources.parse("cpus:1000;mem:32") : needs(left);
            if (!greedy && !left.contains(needs)) {
                break;
            }
            // A shared volume stays there for the next one.
            left = greedy ? left : left.minus(needs).plus(needs.shared());
            var again = dice.oneIn(3) ? reusable.poll() : null;
            var task = again == null ? new TaskId(String.format(Locale.ROOT, "%s-%03d", name, made++)) : again;
            launches.add(launch(task, agent, needs));
        }
        return launches;
    }

    /** Unreserved ones or reserved ones, and sometimes a volume. */
    private Resources needs(Resources left) {
        var needs = modest();
        var reserved = left.reserved().named("cpus");
        if (!reserved.isEmpty() && dice.oneIn(2)) {
            var stack = dice.oneOf(reserved.entries()).reservations();
            var own = needs.mapKinds(kind -> kind.withReservations(stack));
            needs = left.contains(own) ? own : needs;
        }
        var volumes = left.persistentVolumes().withSingleCopies();
        return volumes.isEmpty() || dice.oneIn(2) ? needs : needs.plus(dice.oneOf(volumes.entries()));
    }

    private Resources modest() {
        return Resources.parse("cpus:0." + (1 + dice.below(9)) + ";mem:" + (32 + dice.below(100)));
    }

    private TaskLaunch launch(TaskId task, AgentId agent, Resources needs) {
        var line = dice.oneIn(30) ? "nonsense" : TaskShape.any(dice).text();
        var command = new CommandTask(name, true, line, List.of(), List.of(), null, null, null, List.of(), List.of());
        return CommandTasks.launch(command, task, agent, needs);
    }
}
