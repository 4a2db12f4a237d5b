package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.leader.explain.Story.Item;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.row.TaskDetail;
import org.mesolith.state.row.TaskRow;
import org.mesolith.view.LeaderView;
import org.mesolith.view.Sight;

/** Why a task is in its state. Reads details from a disk: never on the leader's thread. */
public final class TaskStories {
    private final LeaderView view;

    public TaskStories(LeaderView view) {
        this.view = view;
    }

    /**
     * One run of a task.
     *
     * @param completed its end was acknowledged
     */
    public record Run(TaskRow row, boolean completed) {}

    /** The latest run of this id in each framework, or in the one given; running ones first. */
    public List<Run> find(String id, @Nullable FrameworkId only) {
        var live = new ArrayList<Run>();
        var ended = new ArrayList<Run>();
        for (var framework : view.registry().frameworks()) {
            if (only == null || framework.id().equals(only)) {
                find(framework.id(), id, live, ended);
            }
        }
        for (var framework : view.registry().completedFrameworks()) {
            if (only == null || framework.framework().id().equals(only)) {
                find(framework.framework().id(), id, live, ended);
            }
        }
        live.addAll(ended);
        return live;
    }

    /** Of these those that somebody may see: a task that is hidden is one that nobody knows. */
    public List<Run> find(String id, @Nullable FrameworkId only, Sight sight) {
        return find(id, only).stream()
                .filter(run -> sight.seesTask(view, run.row()))
                .toList();
    }

    private void find(FrameworkId framework, String id, List<Run> live, List<Run> ended) {
        var row = view.registry().task(framework, new TaskId(id));
        if (row != null) {
            live.add(new Run(row, false));
            return;
        }
        TaskRow latest = null;
        for (var completed : view.registry().completedTasks(framework)) {
            if (completed.task().taskId().equals(id)) {
                latest = completed.task();
            }
        }
        if (latest != null) {
            ended.add(new Run(latest, true));
        }
    }

    /** How it stands. */
    public Story tell(Run run) {
        var row = run.row();
        var detail = view.details().of(List.of(row)).getFirst();
        List<TaskStatus> statuses = detail == null ? List.of() : detail.statuses();
        var items = new ArrayList<Item>();
        for (var status : statuses) {
            items.add(new Item(
                    "status", status.state().name(), status.source().name(), status.timestamp() + said(status)));
        }
        return Story.of("task " + row.taskId(), row.state().name(), because(run, statuses), facts(row, detail), items);
    }

    private List<String> because(Run run, List<TaskStatus> statuses) {
        var row = run.row();
        var because = new ArrayList<String>();
        if (statuses.isEmpty()) {
            because.add("it was launched, and nothing was heard of it yet; agent " + row.agent() + " is "
                    + AgentStories.state(view, row.agent()));
        } else {
            var last = statuses.getLast();
            because.add("the last thing heard: " + last.state() + " at " + last.timestamp() + " from " + last.source()
                    + said(last));
        }
        if (row.isUnreachable()) {
            because.add("agent " + row.agent() + " is unreachable; before that the task was " + row.heldState()
                    + ", and it may still run: its state is known when the agent is back");
        }
        var agent = AgentStories.state(view, row.agent());
        if (!row.isTerminal() && !row.isUnreachable() && !agent.equals("active")) {
            because.add("its agent is " + agent);
        }
        if (row.isTerminal() && !run.completed()) {
            boolean connected = view.soft().connectedFrameworks().contains(row.framework());
            because.add("it has ended, and its framework has not acknowledged that yet"
                    + (connected ? "" : ": the framework is not connected"));
        }
        if (run.completed()) {
            because.add("it has ended and its framework knows; the newest ended tasks are remembered");
        }
        return because;
    }

    private SequencedMap<String, String> facts(TaskRow row, @Nullable TaskDetail detail) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("name", detail == null ? "" : detail.name());
        facts.put("framework", row.framework().value());
        facts.put("agent", row.agent().value());
        facts.put("agent state", AgentStories.state(view, row.agent()));
        facts.put("role", row.role());
        facts.put("resources", row.resources().unallocated().toString());
        facts.put("holds resources", row.holdsResources() ? "yes" : "no");
        var executor = row.executor();
        facts.put("executor", executor == null ? "the agent's own" : executor.value());
        var healthy = row.healthy();
        facts.put("healthy", healthy == null ? "not said" : healthy ? "yes" : "no");
        facts.put("launched at log index", Long.toString(row.launchedAt().index()));
        return facts;
    }

    private static String said(TaskStatus status) {
        var reason = status.reason();
        return (reason == null ? "" : ", " + reason) + (status.message().isEmpty() ? "" : ": " + status.message());
    }
}
