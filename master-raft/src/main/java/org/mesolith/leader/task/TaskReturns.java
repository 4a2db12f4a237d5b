package org.mesolith.leader.task;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentTask;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.LinkMessage.CheckTasks;
import org.mesolith.leader.event.AgentOrder;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.Effect.ReadDetails;
import org.mesolith.leader.event.Effect.Report;
import org.mesolith.leader.event.LeaderEvent.AgentMatched;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.DetailsRead;
import org.mesolith.leader.event.LeaderEvent.Order;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.leader.event.MasterStatus;
import org.mesolith.leader.event.Present;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.state.Change;
import org.mesolith.state.Outcome;
import org.mesolith.state.TaskCommand.UpdateTasks;
import org.mesolith.state.row.TaskGroup;
import org.mesolith.state.row.TaskRow;

/**
 * An agent is back: what was promised is compared with what it has.
 *
 * <pre>
 *   promised, not there, never reported on  → launched again (the agent starts no run twice); a group whole
 *   … and another of its group is there     → the agent is asked, and reports it lost
 *   promised, not there, reported on        → the agent is asked, and reports it lost
 *   promised, not there, has ended          → its framework is told as soon as it is there, it is completed
 *   there, framework has ended              → ended
 *   there, framework younger than a backup  → left alone and reported
 *   there, not promised                     → left alone and reported
 *   there, has ended for the masters        → ended
 *   there, completed                        → its end is acknowledged
 * </pre>
 */
final class TaskReturns {
    /** An older run of a task does not stand for the one that was promised. */
    private record Run(TaskKey task, Position launchedAt) implements Comparable<Run> {
        @Override
        public int compareTo(Run other) {
            int byTask = task.compareTo(other.task);
            return byTask != 0 ? byTask : launchedAt.compareTo(other.launchedAt);
        }
    }

    /** A group that was launched. */
    private record Group(FrameworkId framework, Position launchedAt, int number, int size)
            implements Comparable<Group> {
        static Group of(TaskRow row, TaskGroup group) {
            return new Group(row.framework(), row.launchedAt(), group.number(), group.size());
        }

        @Override
        public int compareTo(Group other) {
            int byPlace = launchedAt.compareTo(other.launchedAt);
            return byPlace != 0 ? byPlace : Integer.compare(number, other.number);
        }
    }

    /** A state that a returning agent says the run has that was launched there. */
    private record Brought(Position launchedAt, TaskState state) {}

    /** A task that is launched once more. */
    private record Again(TaskRow row, Opaque taskInfo) {}

    private final Present present;
    private final TaskKills kills;
    private final ForgottenEnds forgotten;

    /**
     * States that an agent brought when it returned and of which its updates are still to come. Told once they are in
     * the log: nobody may hear a later state before an earlier one, and a leader after this one must not know less than
     * the framework has heard.
     */
    private final SortedMap<TaskKey, Brought> toTell = new TreeMap<>();

    TaskReturns(Present present, TaskKills kills, ForgottenEnds forgotten) {
        this.present = present;
        this.kills = kills;
        this.forgotten = forgotten;
    }

    /** It is known what the agent has; null: exactly what was promised. */
    List<Effect> matched(AgentMatched matched) {
        var agent = matched.agent();
        var listed = matched.listed();
        var effects = new ArrayList<Effect>();
        if (listed != null) {
            effects.addAll(missing(agent, listed));
            effects.addAll(surplus(agent, listed));
        }
        if (matched.wasUnreachable()) {
            effects.addAll(tellReturned(agent, listed));
        }
        effects.addAll(kills.repeated(agent));
        return effects;
    }

    /** What is in the log now is told, before the agent's own updates of it. */
    List<Effect> applied(Applied applied) {
        if (toTell.isEmpty() || !(applied.outcome() instanceof Outcome.Accepted accepted)) {
            return List.of();
        }
        boolean isReported = applied.entry().command() instanceof UpdateTasks;
        var effects = new ArrayList<Effect>();
        for (var change : accepted.changes()) {
            switch (change) {
                case Change.TaskPut(var row) -> {
                    var state = settled(row);
                    if (state != null && isReported) {
                        effects.add(returned(row, state));
                    }
                }
                case Change.TaskRemoved(var key) -> toTell.remove(key);
                default -> {}
            }
        }
        return effects;
    }

    /** What is to be told of a task now that it is like this; null for nothing. */
    private @Nullable TaskState settled(TaskRow row) {
        var brought = toTell.get(row.key());
        if (brought == null) {
            return null;
        }
        boolean isOver = row.isTerminal() || row.isUnreachable();
        boolean isSure = row.reportedState().progress() >= brought.state().progress();
        boolean isOfIt = brought.launchedAt().equals(row.launchedAt());
        if (isOfIt && !isOver && !isSure) {
            return null;
        }
        toTell.remove(row.key());
        if (!isOfIt) {
            return null;
        }
        if (isOver) {
            return brought.state().isTerminal() ? row.state() : null;
        }
        return brought.state();
    }

    private Effect returned(TaskRow row, TaskState state) {
        return new Raise(new Tell(
                row.framework(),
                MasterStatus.of(
                        row,
                        state,
                        StatusReason.REASON_AGENT_REREGISTERED,
                        "Unreachable agent re-registered",
                        present.now())));
    }

    /** What a launch needs was read. */
    List<Effect> read(DetailsRead read) {
        var effects = new ArrayList<Effect>();
        var groups = new TreeMap<Group, List<Again>>();
        for (var detail : read.details()) {
            var row = present.registry().task(detail.task().key());
            var framework = present.registry().framework(detail.task().framework());
            if (row == null || framework == null || detail.taskInfo() == null) {
                continue;
            }
            if (!row.launchedAt().equals(detail.task().launchedAt())) {
                continue;
            }
            if (row.group() != null) {
                groups.computeIfAbsent(Group.of(row, row.group()), _ -> new ArrayList<>())
                        .add(new Again(row, detail.taskInfo()));
                continue;
            }
            effects.add(new Raise(new Order(
                    row.agent(),
                    new AgentOrder.Launch(
                            row.key(),
                            row.launchedAt(),
                            framework.info().user(),
                            row.resources(),
                            framework.info().raw(),
                            detail.taskInfo(),
                            under(row)))));
        }
        groups.forEach((group, tasks) -> effects.add(launch(group, tasks)));
        return effects;
    }

    /** A group whole; one of which a part has ended meanwhile is not begun any more. */
    private Effect launch(Group group, List<Again> tasks) {
        var first = tasks.getFirst().row();
        var framework = present.registry().framework(group.framework());
        var under = under(first);
        boolean whole = tasks.size() == group.size()
                && tasks.stream().allMatch(task -> task.row().state() == TaskState.TASK_STAGING);
        if (!whole || framework == null || under == null) {
            return order(
                    first.agent(),
                    new AgentOrder.Check(
                            tasks.stream().map(task -> doubtful(task.row())).toList()));
        }
        return order(
                first.agent(),
                new AgentOrder.LaunchGroup(
                        group.framework(),
                        group.launchedAt(),
                        group.number(),
                        framework.info().user(),
                        framework.info().raw(),
                        under,
                        tasks.stream()
                                .map(task -> new LinkMessage.LaunchGroup.Member(
                                        task.row().id(), task.row().resources(), task.taskInfo()))
                                .toList()));
    }

    private static CheckTasks.TaskRun doubtful(TaskRow row) {
        return new CheckTasks.TaskRun(row.framework(), row.id(), row.launchedAt());
    }

    private List<Effect> missing(AgentId agent, List<AgentTask> listed) {
        var there = new TreeSet<Run>();
        listed.forEach(task -> there.add(new Run(task.key(), task.launchedAt())));
        var again = new ArrayList<TaskRow>();
        var doubtful = new ArrayList<CheckTasks.TaskRun>();
        var ended = new ArrayList<TaskRow>();
        for (var row : present.registry().tasksOfAgent(agent)) {
            if (there.contains(new Run(row.key(), row.launchedAt()))) {
                continue;
            }
            if (row.state() == TaskState.TASK_STAGING) {
                again.add(row);
            } else if (row.isTerminal()) {
                ended.add(row);
            } else {
                doubtful.add(doubtful(row));
            }
        }
        var effects = new ArrayList<>(forgotten.found(ended));
        if (!again.isEmpty()) {
            effects.add(new ReadDetails(ReadDetails.Purpose.LAUNCH, again));
        }
        if (!doubtful.isEmpty()) {
            effects.add(order(agent, new AgentOrder.Check(doubtful)));
        }
        return effects;
    }

    private List<Effect> surplus(AgentId agent, List<AgentTask> listed) {
        var effects = new ArrayList<Effect>();
        var ended = new TreeSet<FrameworkId>();
        for (var task : listed) {
            var framework = task.key().framework();
            var row = present.registry().task(task.key());
            boolean promised = row != null && row.launchedAt().equals(task.launchedAt());
            if (promised) {
                continue;
            }
            var head = task.head();
            if (EndedFrameworks.contains(present.registry(), framework)) {
                if (ended.add(framework)) {
                    effects.add(order(agent, new AgentOrder.Shutdown(framework)));
                }
            } else if (head != null && task.state().isTerminal() && isCompleted(task)) {
                effects.add(order(agent, new AgentOrder.Acknowledge(task.key(), head, false)));
            } else if (row == null && !task.state().isTerminal() && isCompleted(task)) {
                // Its agent was taken away while it could not hear; what it uses is promised to others now.
                effects.add(order(agent, new AgentOrder.Kill(task.key(), null)));
            } else {
                effects.add(new Report("agent " + agent + " has task " + task.key() + " launched at "
                        + task.launchedAt() + ", which the cluster does not know; it is left alone"));
            }
        }
        return effects;
    }

    /** Null for a command task. */
    private LinkMessage.Launch.@Nullable Under under(TaskRow row) {
        var id = row.executor();
        if (id == null) {
            return null;
        }
        var executor = present.registry().executor(row.framework(), row.agent(), id);
        return new LinkMessage.Launch.Under(id, executor == null ? null : executor.launchedAt());
    }

    private boolean isCompleted(AgentTask task) {
        for (var completed : present.registry().completedTasks(task.key().framework())) {
            var row = completed.task();
            if (row.launchedAt().equals(task.launchedAt()) && row.key().equals(task.key())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Frameworks that heard that the task is unreachable hear what it is now. An end that the agent has older updates
     * before is left to these updates: told here it would come before them. Any other waits until it is in the log.
     * What the framework has heard before counts when the agent, which could not write everything down, knows less.
     */
    private List<Effect> tellReturned(AgentId agent, @Nullable List<AgentTask> listed) {
        SortedMap<Run, TaskState> states = new TreeMap<>();
        if (listed != null) {
            listed.stream()
                    .filter(task -> !task.state().isTerminal() || task.endsNext())
                    .forEach(task -> states.put(new Run(task.key(), task.launchedAt()), task.state()));
        }
        var effects = new ArrayList<Effect>();
        for (var row : present.registry().tasksOfAgent(agent)) {
            var known =
                    states.getOrDefault(new Run(row.key(), row.launchedAt()), listed == null ? undisputed(row) : null);
            if (known != null) {
                // The end that the cluster knows counts, not another one that the agent found after a crash.
                boolean ended = known.isTerminal() && row.isTerminal();
                var state = furthest(ended ? row.state() : known, row.updateState());
                if (row.isTerminal() || state.progress() <= row.reportedState().progress()) {
                    effects.add(returned(row, state));
                } else {
                    toTell.put(row.key(), new Brought(row.launchedAt(), state));
                }
            }
        }
        return effects;
    }

    /** Of a task that its agent has in the promised state; null for an end that was not forwarded yet. */
    private static @Nullable TaskState undisputed(TaskRow row) {
        var told = row.updateState();
        return row.isTerminal() && (told == null || !told.isTerminal()) ? null : row.state();
    }

    private static TaskState furthest(TaskState known, @Nullable TaskState told) {
        return told != null && told.progress() > known.progress() ? told : known;
    }

    private static Effect order(AgentId agent, AgentOrder order) {
        return new Raise(new Order(agent, order));
    }
}
