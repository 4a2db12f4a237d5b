package org.mesolith.store;

import org.mesolith.state.Change;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.state.row.DeclarationRow;
import org.mesolith.statecodec.JournalCodec;
import org.mesolith.statecodec.RowCodec;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Puts changes into a batch of the database. */
record RowWriter(RocksHandles handles, WriteBatch batch) {
    void write(Change change) throws RocksDBException {
        switch (change) {
            case Change.TaskPut(var row) -> batch.put(handles.tasks(), Tables.task(row.key()), RowCodec.write(row));
            case Change.TaskRemoved(var key) -> batch.delete(handles.tasks(), Tables.task(key));
            case Change.CompletedTaskPut(var row) ->
                batch.put(
                        handles.completed(),
                        Tables.completedTask(row.task().framework(), row.sequence()),
                        RowCodec.write(row));
            case Change.CompletedTaskRemoved(var framework, long sequence) ->
                batch.delete(handles.completed(), Tables.completedTask(framework, sequence));
            case Change.TaskInfoPut(var run, var name, var taskInfo) ->
                batch.put(
                        handles.details(), Tables.launched(run), RowCodec.write(new RowCodec.Launched(name, taskInfo)));
            case Change.TaskStatusPut(var run, int number, var status) ->
                batch.put(handles.details(), Tables.status(run, number), RowCodec.write(status));
            case Change.TaskDetailsRemoved(var run, int statuses) -> {
                batch.delete(handles.details(), Tables.launched(run));
                for (int number = 0; number < statuses; number++) {
                    batch.delete(handles.details(), Tables.status(run, number));
                }
            }
            case Change.AgentPut(var row) -> put(Tables.agent(row.id()), RowCodec.write(row));
            case Change.AgentRemoved(var id) -> delete(Tables.agent(id));
            case Change.GoneAgentPut(var row) -> put(Tables.goneAgent(row.id()), RowCodec.write(row));
            case Change.GoneAgentRemoved(var id) -> delete(Tables.goneAgent(id));
            case Change.FrameworkPut(var row) -> put(Tables.framework(row.id()), RowCodec.write(row));
            case Change.FrameworkRemoved(var id) -> delete(Tables.framework(id));
            case Change.CompletedFrameworkPut(var row) ->
                put(Tables.completedFramework(row.framework().id()), RowCodec.write(row));
            case Change.CompletedFrameworkRemoved(var id) -> delete(Tables.completedFramework(id));
            case Change.WeightPut(var row) -> put(Tables.weight(row.role()), RowCodec.write(row));
            case Change.QuotaPut(var row) when row.isNone() -> delete(Tables.quota(row.role()));
            case Change.QuotaPut(var row) -> put(Tables.quota(row.role()), RowCodec.write(row));
            case Change.MembershipPut(var row) -> put(Tables.MEMBERSHIP, RowCodec.write(row));
            case Change.MaintenancePut(var row) -> put(Tables.MAINTENANCE, RowCodec.write(row));
            case Change.OperationPut(var row) -> put(Tables.operation(row.framework(), row.id()), RowCodec.write(row));
            case Change.OperationRemoved(var framework, var id) -> delete(Tables.operation(framework, id));
            case Change.ExecutorPut(var row) ->
                put(Tables.executor(row.framework(), row.agent(), row.id()), RowCodec.write(row));
            case Change.ExecutorRemoved(var framework, var agent, var id) ->
                delete(Tables.executor(framework, agent, id));
            case Change.DrainPlanPut(var row) -> put(Tables.drainPlan(row.number()), RowCodec.write(row));
            case Change.DrainPlanRemoved(long number) -> delete(Tables.drainPlan(number));
            case Change.ReservationNotePut(var row) -> put(Tables.reservationNote(row.key()), RowCodec.write(row));
            case Change.ReservationNoteRemoved(var key) -> delete(Tables.reservationNote(key));
            case Change.DeclarationPut(var row) -> put(Tables.declaration(row.id()), RowCodec.write(row));
            case Change.DeclarationRemoved(var name, var kind) ->
                delete(Tables.declaration(DeclarationRow.id(name, kind)));
            case Change.RequestPut(var row) -> put(Tables.request(row.key()), RowCodec.write(row));
            case Change.RequestRemoved(var key) -> delete(Tables.request(key));
            case Change.JournalPut(var row) -> put(Tables.JOURNAL, JournalCodec.write(row));
            case Change.EventsPut(var events) ->
                batch.put(handles.events(), Tables.events(events.first()), JournalCodec.write(events));
            case Change.EventsForgotten(var before) ->
                batch.deleteRange(handles.events(), Tables.events(EventPlace.NONE), Tables.events(before));
            case Change.AuditPut(var row) ->
                batch.put(handles.audit(), Tables.audit(row.sequence()), JournalCodec.write(row));
            case Change.AuditsForgotten(long before) ->
                batch.deleteRange(handles.audit(), Tables.audit(0), Tables.audit(before));
            case Change.ClusterPut(var row) -> put(Tables.CLUSTER, RowCodec.write(row));
            case Change.CountersPut(var row) -> put(Tables.COUNTERS, RowCodec.write(row));
            case Change.TimePut(var time) -> put(Tables.TIME, RowCodec.write(time));
            case Change.DigestNotePut(var note) -> put(Tables.DIGEST_NOTE, RowCodec.write(note));
        }
    }

    private void put(byte[] key, byte[] value) throws RocksDBException {
        batch.put(handles.rows(), key, value);
    }

    private void delete(byte[] key) throws RocksDBException {
        batch.delete(handles.rows(), key);
    }
}
