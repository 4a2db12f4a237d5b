package org.mesolith.sim.calm;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.RunId;
import org.mesolith.log.Details;
import org.mesolith.model.Opaque;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.Change;
import org.mesolith.state.row.TaskDetail;
import org.mesolith.state.row.TaskRow;
import org.mesolith.state.row.TaskRun;

/** The details of tasks on one member's disk. */
public final class SimDetails implements Details {
    private final TreeMap<RunId, TaskDetail> byRun = new TreeMap<>();

    /** Takes over what a command changed. */
    public void write(List<Change> changes) {
        for (var change : changes) {
            switch (change) {
                case Change.TaskInfoPut(var run, var name, var info) ->
                    byRun.put(id(run), new TaskDetail(name, info, List.of()));
                case Change.TaskStatusPut(var run, int number, var status) -> put(run, number, status);
                case Change.TaskDetailsRemoved(var run, int _) -> byRun.remove(id(run));
                default -> {}
            }
        }
    }

    private void put(TaskRun run, int number, TaskStatus status) {
        var known = byRun.getOrDefault(id(run), new TaskDetail("", Opaque.empty("mesos.v1.TaskInfo"), List.of()));
        var statuses = new ArrayList<>(known.statuses());
        if (number < statuses.size()) {
            statuses.set(number, status);
        } else {
            statuses.add(status);
        }
        byRun.put(id(run), new TaskDetail(known.name(), known.taskInfo(), statuses));
    }

    /** Becomes a copy of another member's. */
    public void replaceBy(SimDetails other) {
        byRun.clear();
        byRun.putAll(other.byRun);
    }

    /** None are left. */
    public void clear() {
        byRun.clear();
    }

    /** How many runs have details. */
    public int size() {
        return byRun.size();
    }

    @Override
    public List<@Nullable TaskDetail> of(List<TaskRow> tasks) {
        var details = new ArrayList<@Nullable TaskDetail>(tasks.size());
        for (var row : tasks) {
            details.add(byRun.get(new RunId(row.key(), row.launchedAt())));
        }
        return details;
    }

    private static RunId id(TaskRun run) {
        return new RunId(run.key(), run.launchedAt());
    }
}
