package org.mesolith.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.mesolith.state.Change;
import org.mesolith.state.Registry;
import org.mesolith.state.row.Applied;
import org.mesolith.statecodec.JournalCodec;
import org.mesolith.statecodec.RowCodec;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;

/** Builds a registry out of all rows of a database. One use, one thread. */
final class RowReader {
    private static final int CHANGES_PER_STEP = 4_096;

    private final RocksHandles handles;
    private final List<Change> waiting = new ArrayList<>();
    private Registry registry = Registry.EMPTY;
    private Applied applied = Applied.NONE;

    RowReader(RocksHandles handles) {
        this.handles = handles;
    }

    RegistryStore.Loaded load() throws RocksDBException {
        try (var options = new ReadOptions().setFillCache(false)) {
            walk(handles.rows(), options);
            walk(handles.tasks(), options, value -> new Change.TaskPut(RowCodec.readTask(value)));
            walk(handles.completed(), options, value -> new Change.CompletedTaskPut(RowCodec.readCompletedTask(value)));
        }
        step();
        return new RegistryStore.Loaded(registry.advancedTo(applied.command()), applied);
    }

    private void walk(ColumnFamilyHandle family, ReadOptions options) throws RocksDBException {
        try (var rows = handles.database().newIterator(family, options)) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                row(rows.key(), rows.value());
            }
            rows.status();
        }
    }

    private void walk(ColumnFamilyHandle family, ReadOptions options, Function<byte[], Change> reading)
            throws RocksDBException {
        try (var rows = handles.database().newIterator(family, options)) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                add(reading.apply(rows.value()));
            }
            rows.status();
        }
    }

    private void row(byte[] key, byte[] value) {
        switch (key[0]) {
            case Tables.AGENT -> add(new Change.AgentPut(RowCodec.readAgent(value)));
            case Tables.GONE_AGENT -> add(new Change.GoneAgentPut(RowCodec.readGoneAgent(value)));
            case Tables.FRAMEWORK -> add(new Change.FrameworkPut(RowCodec.readFramework(value)));
            case Tables.COMPLETED_FRAMEWORK ->
                add(new Change.CompletedFrameworkPut(RowCodec.readCompletedFramework(value)));
            case Tables.WEIGHT -> add(new Change.WeightPut(RowCodec.readWeight(value)));
            case Tables.QUOTA -> add(new Change.QuotaPut(RowCodec.readQuota(value)));
            case Tables.OPERATION -> add(new Change.OperationPut(RowCodec.readOperation(value)));
            case Tables.EXECUTOR -> add(new Change.ExecutorPut(RowCodec.readExecutor(value)));
            case Tables.DRAIN_PLAN -> add(new Change.DrainPlanPut(RowCodec.readDrainPlan(value)));
            case Tables.RESERVATION_NOTE -> add(new Change.ReservationNotePut(RowCodec.readReservationNote(value)));
            case Tables.DECLARATION -> add(new Change.DeclarationPut(RowCodec.readDeclaration(value)));
            case Tables.REQUEST -> add(new Change.RequestPut(RowCodec.readRequest(value)));
            case Tables.SINGLE -> single(key, value);
            default ->
                throw new IllegalStateException("the store has a table '" + (char) key[0]
                        + "' that this software does not know: install the newer version that wrote it");
        }
    }

    private void single(byte[] key, byte[] value) {
        var name = new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
        switch (name) {
            case "cluster" -> add(new Change.ClusterPut(RowCodec.readCluster(value)));
            case "counters" -> add(new Change.CountersPut(RowCodec.readCounters(value)));
            case "time" -> add(new Change.TimePut(RowCodec.readTime(value)));
            case "digest-note" -> add(new Change.DigestNotePut(RowCodec.readDigestNote(value)));
            case "membership" -> add(new Change.MembershipPut(RowCodec.readMembership(value)));
            case "maintenance" -> add(new Change.MaintenancePut(RowCodec.readMaintenance(value)));
            case "journal" -> add(new Change.JournalPut(JournalCodec.readJournal(value)));
            case "applied" -> applied = RowCodec.readApplied(value);
            default ->
                throw new IllegalStateException("the store has a value '" + name
                        + "' that this software does not know: install the newer version that wrote it");
        }
    }

    private void add(Change change) {
        waiting.add(change);
        if (waiting.size() == CHANGES_PER_STEP) {
            step();
        }
    }

    private void step() {
        registry = registry.with(applied.command(), waiting);
        waiting.clear();
    }
}
