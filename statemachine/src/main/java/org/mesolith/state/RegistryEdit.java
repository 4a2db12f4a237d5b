package org.mesolith.state;

import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.Quota;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.Weight;
import org.mesolith.state.index.Pool;
import org.mesolith.state.index.TaskTables;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.CompletedFramework;
import org.mesolith.state.row.CompletedTask;
import org.mesolith.state.row.DeclarationRow;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.state.row.ExecutorRow;
import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.GoneAgent;
import org.mesolith.state.row.OperationRow;
import org.mesolith.state.row.ReservationNote;
import org.mesolith.state.row.RowHash;
import org.mesolith.state.row.TaskRow;
import org.mesolith.state.table.Table;

/** Makes the next registry: takes changes one by one, keeps rows, indexes and digest in step. One use, one thread. */
final class RegistryEdit {
    private final Pool pool;
    private Table<AgentId, AgentRow> agents;
    private Table<AgentId, GoneAgent> goneAgents;
    private Table<FrameworkId, FrameworkRow> frameworks;
    private Table<FrameworkId, CompletedFramework> completedFrameworks;
    private Table<String, Weight> weights;
    private Table<String, Quota> quotas;
    private Table<FrameworkId, Table<String, OperationRow>> operations;
    private Table<Long, DrainPlan> drainPlans;
    private Table<ReservationKey, ReservationNote> reservationNotes;
    private Table<String, DeclarationRow> declarations;
    private RequestTable requests;
    private TaskTables tasks;
    private Standing standing;
    private long digest;

    RegistryEdit(Tables tables, Standing standing, Pool pool) {
        this.pool = pool;
        this.agents = tables.agents();
        this.goneAgents = tables.goneAgents();
        this.frameworks = tables.frameworks();
        this.completedFrameworks = tables.completedFrameworks();
        this.weights = tables.weights();
        this.quotas = tables.quotas();
        this.operations = tables.operations();
        this.drainPlans = tables.drainPlans();
        this.reservationNotes = tables.reservationNotes();
        this.declarations = tables.declarations();
        this.requests = tables.requests();
        this.tasks = tables.tasks();
        this.standing = standing;
        this.digest = standing.digest();
    }

    Tables tables() {
        return new Tables(
                agents,
                goneAgents,
                frameworks,
                completedFrameworks,
                weights,
                quotas,
                operations,
                drainPlans,
                reservationNotes,
                declarations,
                requests,
                tasks);
    }

    Standing standing(Position at) {
        return standing.withPlace(at, digest);
    }

    /**
     * @throws IllegalStateException when something is to be removed that is not there
     */
    void apply(Change change) {
        switch (change) {
            case Change.AgentPut(var row) -> put(row);
            case Change.AgentRemoved(var id) -> {
                digest -= RowHash.of(there(agents.get(id), "agent", id));
                agents = agents.remove(id);
            }
            case Change.GoneAgentPut(var row) -> {
                digest += RowHash.of(row);
                var before = goneAgents.get(row.id());
                digest -= before == null ? 0 : RowHash.of(before);
                goneAgents = goneAgents.put(row.id(), row);
            }
            case Change.GoneAgentRemoved(var id) -> {
                digest -= RowHash.of(there(goneAgents.get(id), "gone agent", id));
                goneAgents = goneAgents.remove(id);
            }
            case Change.FrameworkPut(var row) -> put(row);
            case Change.FrameworkRemoved(var id) -> {
                digest -= RowHash.of(there(frameworks.get(id), "framework", id));
                frameworks = frameworks.remove(id);
            }
            case Change.CompletedFrameworkPut(var row) -> put(row);
            case Change.CompletedFrameworkRemoved(var id) -> {
                digest -= RowHash.of(there(completedFrameworks.get(id), "completed framework", id));
                completedFrameworks = completedFrameworks.remove(id);
            }
            case Change.TaskPut(var row) -> put(row);
            case Change.TaskRemoved(var key) -> {
                var row = there(tasks.get(key.framework(), key.task().value()), "task", key);
                digest -= RowHash.of(row);
                tasks = tasks.remove(row);
            }
            case Change.ExecutorPut(var row) -> {
                var before = tasks.executor(row.framework(), row.key());
                digest += RowHash.of(row) - (before == null ? 0 : RowHash.of(before));
                tasks = tasks.put(before, shared(row));
            }
            case Change.ExecutorRemoved(var framework, var agent, var id) -> {
                var row = there(tasks.executor(framework, ExecutorRow.key(agent, id)), "executor", id);
                digest -= RowHash.of(row);
                tasks = tasks.remove(row);
            }
            case Change.CompletedTaskPut(var row) -> {
                digest += RowHash.of(row);
                tasks = tasks.putCompleted(shared(row));
            }
            case Change.CompletedTaskRemoved(var framework, long sequence) -> {
                digest -= RowHash.of(there(tasks.getCompleted(framework, sequence), "completed task", sequence));
                tasks = tasks.removeCompleted(framework, sequence);
            }
            case Change.TaskInfoPut _, Change.TaskStatusPut _, Change.TaskDetailsRemoved _ -> {
                // Only the store keeps them; their hash is in the task's row.
            }
            case Change.EventsPut _, Change.EventsForgotten _, Change.AuditPut _, Change.AuditsForgotten _ -> {
                // Only the store keeps them; their hashes are in the journal's row.
            }
            case Change.WeightPut(var row) -> put(row);
            case Change.QuotaPut(var row) -> put(row);
            case Change.OperationPut(var row) -> put(row);
            case Change.OperationRemoved(var framework, var id) -> remove(framework, id.value());
            case Change.DrainPlanPut(var row) -> {
                var before = drainPlans.get(row.number());
                digest += RowHash.of(row) - (before == null ? 0 : RowHash.of(before));
                drainPlans = drainPlans.put(row.number(), row);
            }
            case Change.DrainPlanRemoved(long number) -> {
                digest -= RowHash.of(there(drainPlans.get(number), "drain plan", number));
                drainPlans = drainPlans.remove(number);
            }
            case Change.ReservationNotePut(var row) -> {
                var before = reservationNotes.get(row.key());
                digest += RowHash.of(row) - (before == null ? 0 : RowHash.of(before));
                reservationNotes = reservationNotes.put(row.key(), row);
            }
            case Change.ReservationNoteRemoved(var key) -> {
                digest -= RowHash.of(there(reservationNotes.get(key), "note of reservation", key));
                reservationNotes = reservationNotes.remove(key);
            }
            case Change.DeclarationPut(var row) -> {
                var before = declarations.get(row.id());
                digest += RowHash.of(row) - (before == null ? 0 : RowHash.of(before));
                declarations = declarations.put(row.id(), row);
            }
            case Change.DeclarationRemoved(var name, var kind) -> {
                var id = DeclarationRow.id(name, kind);
                digest -= RowHash.of(there(declarations.get(id), "declaration", id));
                declarations = declarations.remove(id);
            }
            case Change.RequestPut(var row) -> {
                Check.that(requests.get(row.key()) == null, "request " + row.key() + " is remembered already");
                digest += Digest.of(row);
                requests = requests.put(row);
            }
            case Change.RequestRemoved(var key) -> {
                var row = there(requests.get(key), "request", key);
                digest -= Digest.of(row);
                requests = requests.remove(row);
            }
            case Change.ClusterPut _,
                    Change.CountersPut _,
                    Change.MaintenancePut _,
                    Change.MembershipPut _,
                    Change.TimePut _,
                    Change.JournalPut _,
                    Change.DigestNotePut _ -> single(change);
        }
    }

    private void single(Change change) {
        if (change instanceof Change.ClusterPut(var row)) {
            digest += RowHash.of(row) - RowHash.of(standing.cluster());
            standing = standing.withCluster(row);
        } else if (change instanceof Change.CountersPut(var row)) {
            digest += RowHash.of(row) - RowHash.of(standing.counters());
            standing = standing.withCounters(row);
        } else if (change instanceof Change.MaintenancePut(var row)) {
            digest += RowHash.of(row) - RowHash.of(standing.maintenance());
            standing = standing.withMaintenance(row);
        } else if (change instanceof Change.MembershipPut(var row)) {
            digest += RowHash.of(row) - RowHash.of(standing.membership());
            standing = standing.withMembership(row);
        } else if (change instanceof Change.TimePut(var time)) {
            digest += RowHash.of(time) - RowHash.of(standing.time());
            standing = standing.withTime(time);
        } else if (change instanceof Change.JournalPut(var row)) {
            digest += row.hash() - standing.journal().hash();
            standing = standing.withJournal(row);
        } else if (change instanceof Change.DigestNotePut(var note)) {
            standing = standing.withNote(note);
        }
    }

    private void put(AgentRow row) {
        var before = agents.get(row.id());
        digest += RowHash.of(row) - (before == null ? 0 : RowHash.of(before));
        agents = agents.put(row.id(), row);
    }

    private void put(FrameworkRow row) {
        var before = frameworks.get(row.id());
        digest += RowHash.of(row) - (before == null ? 0 : RowHash.of(before));
        frameworks = frameworks.put(row.id(), row);
    }

    private void put(CompletedFramework row) {
        var id = row.framework().id();
        var before = completedFrameworks.get(id);
        digest += RowHash.of(row) - (before == null ? 0 : RowHash.of(before));
        completedFrameworks = completedFrameworks.put(id, row);
    }

    private void put(Weight row) {
        var before = weights.get(row.role());
        digest += RowHash.of(row) - (before == null ? 0 : RowHash.of(before));
        weights = weights.put(row.role(), row);
    }

    private void put(Quota row) {
        var before = quotas.get(row.role());
        digest += (row.isNone() ? 0 : RowHash.of(row)) - (before == null ? 0 : RowHash.of(before));
        if (!row.isNone()) {
            quotas = quotas.put(row.role(), row);
        } else if (before != null) {
            quotas = quotas.remove(row.role());
        }
    }

    private void put(OperationRow row) {
        var known = operations.get(row.framework());
        Table<String, OperationRow> own = known == null ? Table.empty() : known;
        var before = own.get(row.id().value());
        digest += RowHash.of(row) - (before == null ? 0 : RowHash.of(before));
        operations = operations.put(row.framework(), own.put(row.id().value(), row));
    }

    private void remove(FrameworkId framework, String id) {
        var own = there(operations.get(framework), "operations of framework", framework);
        digest -= RowHash.of(there(own.get(id), "operation", id));
        var rest = own.remove(id);
        operations = rest.isEmpty() ? operations.remove(framework) : operations.put(framework, rest);
    }

    private void put(TaskRow row) {
        var before = tasks.get(row.framework(), row.taskId());
        digest += RowHash.of(row) - (before == null ? 0 : RowHash.of(before));
        tasks = tasks.put(before, before == null ? shared(row) : row);
    }

    private ExecutorRow shared(ExecutorRow row) {
        return new ExecutorRow(
                pool.shared(row.framework()),
                row.id(),
                pool.shared(row.agent()),
                pool.shared(row.role()),
                pool.shared(row.resources()),
                row.launchedAt(),
                row.unreachable(),
                pool.shared(row.info()));
    }

    private CompletedTask shared(CompletedTask row) {
        return new CompletedTask(row.sequence(), shared(row.task()), row.completedAt());
    }

    private TaskRow shared(TaskRow row) {
        return row.sharing(
                pool.shared(row.framework()),
                pool.shared(row.agent()),
                pool.shared(row.role()),
                pool.shared(row.resources()));
    }

    private static <T> T there(@Nullable T row, String what, Object key) {
        if (row == null) {
            throw new IllegalStateException(
                    "broken invariant: " + what + " " + key + " is to be removed and not there");
        }
        return row;
    }
}
