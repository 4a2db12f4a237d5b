package org.mesolith.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mesolith.api.OperationView;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.TaskView;
import org.mesolith.log.Details;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quota;
import org.mesolith.model.Weight;
import org.mesolith.state.Registry;
import org.mesolith.state.row.TaskRow;

/**
 * What the registry says, as operators are shown it; the same on every master and before and after a change of leader.
 *
 * @param details read when tasks are shown; may wait for a disk, so never on the leader's queue
 */
public record ClusterView(Registry registry, Details details) {
    private static final int PAGE = 1_000;

    /** Every task: those not completed, those whose agent is unreachable, those completed that are remembered. */
    public OperatorReply.Tasks tasks() {
        var active = new ArrayList<TaskView>();
        var unreachable = new ArrayList<TaskView>();
        var completed = new ArrayList<TaskView>();
        for (var framework : registry.frameworks()) {
            var live = new ArrayList<TaskRow>();
            var silent = new ArrayList<TaskRow>();
            registry.tasksOfFramework(framework.id()).forEach(row -> (row.isUnreachable() ? silent : live).add(row));
            show(live, active::add);
            show(silent, unreachable::add);
            completed(framework.id(), completed);
        }
        for (var framework : registry.completedFrameworks()) {
            completed(framework.framework().id(), completed);
        }
        return new OperatorReply.Tasks(active, unreachable, completed);
    }

    /** Every executor, by agent; those of unreachable agents are not shown. */
    public OperatorReply.Executors executors() {
        var executors = new ArrayList<OperatorReply.Executors.Executor>();
        for (var framework : registry.frameworks()) {
            for (var row : registry.executorsOfFramework(framework.id())) {
                if (!row.unreachable()) {
                    executors.add(new OperatorReply.Executors.Executor(row.framework(), row.agent(), row.info()));
                }
            }
        }
        return new OperatorReply.Executors(executors);
    }

    /** How many tasks {@link #tasks} shows. */
    public long taskCount() {
        long count = 0;
        for (var row : registry.frameworks()) {
            count += registry.taskCount(row.id()) + registry.completedTaskCount(row.id());
        }
        for (var ended : registry.completedFrameworks()) {
            count += registry.completedTaskCount(ended.framework().id());
        }
        return count;
    }

    /** Limits and guarantees that were set. */
    public OperatorReply.Quotas quotas() {
        var quotas = new ArrayList<Quota>();
        registry.quotas().forEach(quotas::add);
        return new OperatorReply.Quotas(quotas);
    }

    /** Windows of maintenance. */
    public OperatorReply.Schedule schedule() {
        return new OperatorReply.Schedule(registry.maintenance().windows());
    }

    /** Operations whose end was not acknowledged yet. */
    public OperatorReply.Operations operations() {
        var operations = new ArrayList<OperationView>();
        for (var framework : registry.operating()) {
            for (var row : registry.operationsOf(framework)) {
                operations.add(new OperationView(row.framework(), row.id(), row.agent(), row.type(), row.status()));
            }
        }
        return new OperatorReply.Operations(operations);
    }

    /** Weights that were set. */
    public OperatorReply.Weights weights() {
        var weights = new ArrayList<Weight>();
        registry.weights().forEach(weights::add);
        return new OperatorReply.Weights(weights);
    }

    private void completed(FrameworkId framework, List<TaskView> shown) {
        var rows = new ArrayList<TaskRow>();
        registry.completedTasks(framework).forEach(task -> rows.add(task.task()));
        show(rows, shown::add);
    }

    private void show(List<TaskRow> rows, Consumer<TaskView> shown) {
        for (int from = 0; from < rows.size(); from += PAGE) {
            var page = rows.subList(from, Math.min(rows.size(), from + PAGE));
            var read = details.of(page);
            for (int i = 0; i < page.size(); i++) {
                var detail = read.get(i);
                if (detail != null) {
                    shown.accept(Portraits.task(page.get(i), detail));
                }
            }
        }
    }
}
