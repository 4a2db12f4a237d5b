package org.mesolith.statecodec;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import org.mesolith.model.AgentId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Quota;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Weight;
import org.mesolith.proto.gen.rows.Rows;
import org.mesolith.state.CommandKind;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.RequestRow;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.Applied;
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

/**
 * Each sort of row as bytes.
 *
 * <p>Every {@code read…} throws {@link UnknownFormatException} for a row of a newer software and
 * {@link MalformedBytesException} for one that nobody wrote.
 */
public final class RowCodec {
    private RowCodec() {}

    /** What was launched. */
    public record Launched(String name, Opaque taskInfo) {}

    public static byte[] write(AgentRow row) {
        return RowMapping.write(row).toByteArray();
    }

    public static AgentRow readAgent(byte[] bytes) {
        return read("agent", bytes, raw -> RowMapping.read(Rows.Agent.parseFrom(raw)));
    }

    public static byte[] write(GoneAgent row) {
        return Rows.GoneAgent.newBuilder()
                .setId(row.id().value())
                .setSince(Values.time(row.since()))
                .build()
                .toByteArray();
    }

    public static GoneAgent readGoneAgent(byte[] bytes) {
        return read("gone agent", bytes, raw -> {
            var row = Rows.GoneAgent.parseFrom(raw);
            return new GoneAgent(new AgentId(row.getId()), Values.time(row.getSince()));
        });
    }

    public static byte[] write(FrameworkRow row) {
        return RowMapping.write(row).toByteArray();
    }

    public static FrameworkRow readFramework(byte[] bytes) {
        return read("framework", bytes, raw -> RowMapping.read(Rows.Framework.parseFrom(raw)));
    }

    public static byte[] write(CompletedFramework row) {
        return Rows.CompletedFramework.newBuilder()
                .setSequence(row.sequence())
                .setFramework(RowMapping.write(row.framework()))
                .setCompletedAt(Values.time(row.completedAt()))
                .build()
                .toByteArray();
    }

    public static CompletedFramework readCompletedFramework(byte[] bytes) {
        return read("completed framework", bytes, raw -> {
            var row = Rows.CompletedFramework.parseFrom(raw);
            return new CompletedFramework(
                    row.getSequence(), RowMapping.read(row.getFramework()), Values.time(row.getCompletedAt()));
        });
    }

    public static byte[] write(TaskRow row) {
        return RowMapping.write(row).toByteArray();
    }

    public static TaskRow readTask(byte[] bytes) {
        return read("task", bytes, raw -> RowMapping.read(Rows.Task.parseFrom(raw)));
    }

    public static byte[] write(ExecutorRow row) {
        return RowMapping.write(row).toByteArray();
    }

    public static ExecutorRow readExecutor(byte[] bytes) {
        return read("executor", bytes, raw -> RowMapping.read(Rows.Executor.parseFrom(raw)));
    }

    public static byte[] write(CompletedTask row) {
        return Rows.CompletedTask.newBuilder()
                .setSequence(row.sequence())
                .setTask(RowMapping.write(row.task()))
                .setCompletedAt(Values.time(row.completedAt()))
                .build()
                .toByteArray();
    }

    public static CompletedTask readCompletedTask(byte[] bytes) {
        return read("completed task", bytes, raw -> {
            var row = Rows.CompletedTask.parseFrom(raw);
            return new CompletedTask(
                    row.getSequence(), RowMapping.read(row.getTask()), Values.time(row.getCompletedAt()));
        });
    }

    public static byte[] write(Launched detail) {
        return Rows.TaskInfo.newBuilder()
                .setName(detail.name())
                .setTaskInfo(Values.opaque(detail.taskInfo()))
                .build()
                .toByteArray();
    }

    public static Launched readLaunched(byte[] bytes) {
        return read("launch detail", bytes, raw -> {
            var detail = Rows.TaskInfo.parseFrom(raw);
            return new Launched(detail.getName(), Values.opaque(detail.getTaskInfo()));
        });
    }

    public static byte[] write(TaskStatus detail) {
        return InfoMapping.write(detail).toByteArray();
    }

    public static TaskStatus readStatus(byte[] bytes) {
        return read("status detail", bytes, raw -> InfoMapping.read(Rows.TaskStatus.parseFrom(raw)));
    }

    public static byte[] write(Weight row) {
        return Values.weight(row).toByteArray();
    }

    public static Weight readWeight(byte[] bytes) {
        return read("weight", bytes, raw -> Values.weight(Rows.Weight.parseFrom(raw)));
    }

    public static byte[] write(Quota row) {
        return PlanMapping.write(row).toByteArray();
    }

    public static Quota readQuota(byte[] bytes) {
        return read("quota", bytes, raw -> PlanMapping.read(Rows.Quota.parseFrom(raw)));
    }

    public static byte[] write(DrainPlan row) {
        return PlanMapping.write(row).toByteArray();
    }

    public static DrainPlan readDrainPlan(byte[] bytes) {
        return read("drain plan", bytes, raw -> PlanMapping.read(Rows.DrainPlan.parseFrom(raw)));
    }

    public static byte[] write(ReservationNote row) {
        return ReservationCommands.write(row).toByteArray();
    }

    public static ReservationNote readReservationNote(byte[] bytes) {
        return read(
                "note of a reservation", bytes, raw -> ReservationCommands.read(Rows.ReservationNote.parseFrom(raw)));
    }

    /** The same bytes for the same reservation, for ever: they name its row. */
    public static byte[] write(ReservationKey key) {
        return ReservationCommands.write(key).toByteArray();
    }

    public static byte[] write(DeclarationRow row) {
        return DeclarationMapping.write(row).toByteArray();
    }

    public static DeclarationRow readDeclaration(byte[] bytes) {
        return read("declaration", bytes, raw -> DeclarationMapping.read(Rows.Declaration.parseFrom(raw)));
    }

    public static byte[] write(MaintenanceRow row) {
        return PlanMapping.write(row).toByteArray();
    }

    public static MaintenanceRow readMaintenance(byte[] bytes) {
        return read("maintenance", bytes, raw -> PlanMapping.read(Rows.Maintenance.parseFrom(raw)));
    }

    public static byte[] write(MembershipRow row) {
        return MembershipCommands.write(row).toByteArray();
    }

    public static MembershipRow readMembership(byte[] bytes) {
        return read("membership", bytes, raw -> MembershipCommands.read(Rows.Membership.parseFrom(raw)));
    }

    public static byte[] write(OperationRow row) {
        return PlanMapping.write(row).toByteArray();
    }

    public static OperationRow readOperation(byte[] bytes) {
        return read("operation", bytes, raw -> PlanMapping.read(Rows.Operation.parseFrom(raw)));
    }

    public static byte[] write(RequestRow row) {
        return Rows.Request.newBuilder()
                .setKey(Values.requestKey(row.key()))
                .setAt(Values.position(row.at()))
                .setKind(row.kind().number())
                .setResult(ResultMapping.write(row.result()))
                .build()
                .toByteArray();
    }

    public static RequestRow readRequest(byte[] bytes) {
        return read("request", bytes, raw -> {
            var row = Rows.Request.parseFrom(raw);
            return new RequestRow(
                    Values.requestKey(row.getKey()),
                    Values.position(row.getAt()),
                    Values.known(CommandKind.of(row.getKind()), "command kind", row.getKind()),
                    ResultMapping.read(row.getResult()));
        });
    }

    public static byte[] write(ClusterRow row) {
        return Rows.Cluster.newBuilder()
                .setClusterId(row.clusterId())
                .setEpoch(row.epoch())
                .setEpochId(row.epochId())
                .setFeatureLevel(row.featureLevel())
                .setNeedsVersion(row.needs())
                .build()
                .toByteArray();
    }

    public static ClusterRow readCluster(byte[] bytes) {
        return read("cluster", bytes, raw -> {
            var row = Rows.Cluster.parseFrom(raw);
            if (row.getFeatureLevel() > FeatureLevel.NEWEST.number()) {
                throw UnknownFormatException.level(row.getFeatureLevel(), row.getNeedsVersion());
            }
            return new ClusterRow(
                    row.getClusterId(), row.getEpoch(), row.getEpochId(), row.getFeatureLevel(), row.getNeedsVersion());
        });
    }

    public static byte[] write(Counters row) {
        return Rows.Counters.newBuilder()
                .setAgents(row.agents())
                .setFrameworks(row.frameworks())
                .setCompleted(row.completed())
                .build()
                .toByteArray();
    }

    public static Counters readCounters(byte[] bytes) {
        return read("counters", bytes, raw -> {
            var row = Rows.Counters.parseFrom(raw);
            return new Counters(row.getAgents(), row.getFrameworks(), row.getCompleted());
        });
    }

    public static byte[] write(Instant time) {
        return Values.time(time).toByteArray();
    }

    public static Instant readTime(byte[] bytes) {
        return read("time", bytes, raw -> Values.time(Rows.Time.parseFrom(raw)));
    }

    public static byte[] write(DigestNote row) {
        return Rows.DigestNote.newBuilder()
                .setAt(Values.position(row.at()))
                .setDigest(row.digest())
                .build()
                .toByteArray();
    }

    public static DigestNote readDigestNote(byte[] bytes) {
        return read("digest note", bytes, raw -> {
            var row = Rows.DigestNote.parseFrom(raw);
            return new DigestNote(Values.position(row.getAt()), row.getDigest());
        });
    }

    public static byte[] write(Applied applied) {
        return Rows.Applied.newBuilder()
                .setTerm(applied.term())
                .setIndex(applied.index())
                .setCommand(Values.position(applied.command()))
                .build()
                .toByteArray();
    }

    public static Applied readApplied(byte[] bytes) {
        return read("place in the log", bytes, raw -> {
            var applied = Rows.Applied.parseFrom(raw);
            return new Applied(applied.getTerm(), applied.getIndex(), Values.position(applied.getCommand()));
        });
    }

    private interface Reading<T> {
        T read(byte[] bytes) throws InvalidProtocolBufferException;
    }

    private static <T> T read(String what, byte[] bytes, Reading<T> reading) {
        try {
            return reading.read(bytes);
        } catch (InvalidProtocolBufferException | IllegalArgumentException malformed) {
            throw new MalformedBytesException(what + " of " + bytes.length + " bytes", malformed);
        }
    }
}
