package org.mesolith.state;

import java.time.Instant;
import org.mesolith.model.AgentId;
import org.mesolith.model.DeclaredKind;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.OperationId;
import org.mesolith.model.Quota;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Weight;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.EventBatch;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.state.journal.JournalRow;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.ClusterRow;
import org.mesolith.state.row.CompletedFramework;
import org.mesolith.state.row.CompletedTask;
import org.mesolith.state.row.Counters;
import org.mesolith.state.row.DeclarationRow;
import org.mesolith.state.row.DigestNote;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.state.row.ExecutorRow;
import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.GoneAgent;
import org.mesolith.state.row.MaintenanceRow;
import org.mesolith.state.row.MembershipRow;
import org.mesolith.state.row.OperationRow;
import org.mesolith.state.row.ReservationNote;
import org.mesolith.state.row.TaskRow;
import org.mesolith.state.row.TaskRun;

/** One row put or removed. Put replaces; removing what is not there is a defect. */
public sealed interface Change {
    /** Admitted, or changed. */
    record AgentPut(AgentRow agent) implements Change {}

    /** No longer admitted. */
    record AgentRemoved(AgentId agent) implements Change {}

    record GoneAgentPut(GoneAgent agent) implements Change {}

    record GoneAgentRemoved(AgentId agent) implements Change {}

    record FrameworkPut(FrameworkRow framework) implements Change {}

    record FrameworkRemoved(FrameworkId framework) implements Change {}

    record CompletedFrameworkPut(CompletedFramework framework) implements Change {}

    record CompletedFrameworkRemoved(FrameworkId framework) implements Change {}

    /** Launched, or changed. */
    record TaskPut(TaskRow task) implements Change {}

    /** No longer live; as a rule a {@link CompletedTaskPut} stands beside it. */
    record TaskRemoved(TaskKey task) implements Change {}

    record CompletedTaskPut(CompletedTask task) implements Change {}

    record CompletedTaskRemoved(FrameworkId framework, long sequence) implements Change {}

    /** Beside a launch: what decisions do not need. Not in the registry, but in the store. */
    record TaskInfoPut(TaskRun run, String name, Opaque taskInfo) implements Change {}

    /**
     * A status of a task. Not in the registry, but in the store.
     *
     * @param number from 0; the newest may be replaced by one of the same state
     */
    record TaskStatusPut(TaskRun run, int number, TaskStatus status) implements Change {}

    /**
     * All details of a run.
     *
     * @param statuses how many there are
     */
    record TaskDetailsRemoved(TaskRun run, int statuses) implements Change {
        public static TaskDetailsRemoved of(TaskRow task) {
            return new TaskDetailsRemoved(task.run(), task.statuses());
        }
    }

    /** Launched, or its agent fell silent or returned. */
    record ExecutorPut(ExecutorRow executor) implements Change {}

    /** No longer running. */
    record ExecutorRemoved(FrameworkId framework, AgentId agent, ExecutorId executor) implements Change {}

    record WeightPut(Weight weight) implements Change {}

    /** One that is none is removed. */
    record QuotaPut(Quota quota) implements Change {}

    record MaintenancePut(MaintenanceRow maintenance) implements Change {}

    /** Made, or further on. */
    record DrainPlanPut(DrainPlan plan) implements Change {}

    /** Forgotten. */
    record DrainPlanRemoved(long plan) implements Change {}

    /** Written down of a reservation. */
    record ReservationNotePut(ReservationNote note) implements Change {}

    /** The reservation has ended. */
    record ReservationNoteRemoved(ReservationKey key) implements Change {}
    /** A declaration spoke of a kind of objects. */
    record DeclarationPut(DeclarationRow declaration) implements Change {}

    /** A declaration speaks of a kind of objects no more. */
    record DeclarationRemoved(String name, DeclaredKind kind) implements Change {}

    record MembershipPut(MembershipRow membership) implements Change {}

    record OperationPut(OperationRow operation) implements Change {}

    record OperationRemoved(FrameworkId framework, OperationId operation) implements Change {}

    /** Where events and audit stand. */
    record JournalPut(JournalRow journal) implements Change {}

    /** What a command changed. Not in the registry, but in the store. */
    record EventsPut(EventBatch events) implements Change {}

    /** Events before this place are forgotten. */
    record EventsForgotten(EventPlace before) implements Change {}

    /** Who did what. Not in the registry, but in the store. */
    record AuditPut(AuditRow row) implements Change {}

    /** Audit rows before this sequence are forgotten. */
    record AuditsForgotten(long before) implements Change {}

    record ClusterPut(ClusterRow cluster) implements Change {}

    record CountersPut(Counters counters) implements Change {}

    /** The registry's time: never goes back. */
    record TimePut(Instant time) implements Change {}

    /** Not part of the digest. */
    record DigestNotePut(DigestNote note) implements Change {}

    record RequestPut(RequestRow request) implements Change {}

    record RequestRemoved(RequestKey key) implements Change {}
}
