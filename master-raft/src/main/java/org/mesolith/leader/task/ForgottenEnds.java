package org.mesolith.leader.task;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.leader.event.MasterStatus;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskKey;
import org.mesolith.state.Outcome;
import org.mesolith.state.TaskCommand.DropTasks;
import org.mesolith.state.TaskCommand.DropTasks.Drop;
import org.mesolith.state.row.TaskRow;

/**
 * Tasks whose end their agent has told and forgotten (it could not write it down): nobody is left to tell it again and
 * to wait for its acknowledgement, so it is told in our own name, and they are completed. A framework that is away is
 * told when it is back; until then the tasks stay, for what is completed nobody could tell it any more.
 *
 * <p>What waits here is not lost with the leadership: the agent is asked again by the next one, for it has less than
 * was promised.
 */
final class ForgottenEnds {
    private static final String WHY = "The task's agent does not remember it any more";

    private final Present present;
    private final SortedSet<FrameworkId> connected = new TreeSet<>();
    private final SortedMap<FrameworkId, SortedMap<TaskKey, Position>> owed = new TreeMap<>();

    ForgottenEnds(Present present) {
        this.present = present;
    }

    /** These have ended, and their agent has them no more. */
    List<Effect> found(List<TaskRow> ended) {
        owed.keySet().removeIf(framework -> present.registry().framework(framework) == null);
        var now = new ArrayList<TaskRow>();
        for (var row : ended) {
            if (connected.contains(row.framework())) {
                now.add(row);
            } else {
                owed.computeIfAbsent(row.framework(), framework -> new TreeMap<>())
                        .put(row.key(), row.launchedAt());
            }
        }
        return drop(now);
    }

    /** The framework hears what it is told. */
    List<Effect> up(FrameworkId framework) {
        connected.add(framework);
        var waiting = owed.remove(framework);
        if (waiting == null) {
            return List.of();
        }
        var rows = new ArrayList<TaskRow>();
        waiting.forEach((key, launchedAt) -> {
            var row = present.registry().task(key);
            if (row != null && row.launchedAt().equals(launchedAt) && row.isTerminal()) {
                rows.add(row);
            }
        });
        return drop(rows);
    }

    /** The framework hears nothing more. */
    void down(FrameworkId framework) {
        connected.remove(framework);
    }

    /** They are completed: now their end is told, and no question is answered with anything older any more. */
    List<Effect> applied(Applied applied) {
        if (!(applied.entry().command() instanceof DropTasks(var drops))
                || !(applied.outcome() instanceof Outcome.Accepted)) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        for (var drop : drops) {
            var row = applied.before().task(drop.key());
            if (row != null && row.isTerminal() && row.launchedAt().equals(drop.launchedAt())) {
                var told = MasterStatus.of(row, row.state(), drop.reason(), drop.message(), present.now());
                effects.add(new Raise(new Tell(row.framework(), told)));
            }
        }
        return effects;
    }

    private static List<Effect> drop(List<TaskRow> ended) {
        if (ended.isEmpty()) {
            return List.of();
        }
        var drops = new ArrayList<Drop>();
        for (var row : ended) {
            drops.add(new Drop(row.key(), row.launchedAt(), row.state(), StatusReason.REASON_AGENT_RESTARTED, WHY));
        }
        return List.of(Propose.upkeep("ends that no agent remembers", new DropTasks(drops)));
    }
}
