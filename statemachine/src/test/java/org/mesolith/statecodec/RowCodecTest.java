package org.mesolith.statecodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OperationId;
import org.mesolith.model.OperationState;
import org.mesolith.model.Position;
import org.mesolith.model.Uuid;
import org.mesolith.proto.gen.rows.Rows;
import org.mesolith.state.Change;
import org.mesolith.state.RandomCommands;
import org.mesolith.state.Registry;
import org.mesolith.state.row.Applied;
import org.mesolith.state.row.OperationRow;
import org.mesolith.state.rules.StateMachine;
import org.mesolith.statecodec.RowCodec.Launched;

final class RowCodecTest {
    private static final int COMMANDS = 1_500;
    private static final int LIVES_MAX = 40;
    private static final List<String> EXPECTED = List.of(
            "QuotaPut",
            "JournalPut",
            "EventsPut",
            "AuditPut",
            "EventsForgotten",
            "MaintenancePut",
            "DrainPlanPut",
            "ReservationNotePut",
            "DeclarationPut",
            "MembershipPut",
            "AgentPut",
            "TaskPut",
            "CompletedTaskPut",
            "RequestPut",
            "TaskStatusPut");

    @Test
    void everyRowAndDetailComesBackAsItWent() {
        var commands = new RandomCommands(RandomCommands.seed(System.nanoTime()));
        var seen = new TreeSet<String>();
        for (int life = 0; life < LIVES_MAX && (life == 0 || !seen.containsAll(EXPECTED)); life++) {
            oneLife(commands, seen);
        }
        assertThat(seen).containsAll(EXPECTED);
    }

    private static void oneLife(RandomCommands commands, Set<String> seen) {
        var registry = Registry.EMPTY;
        for (int index = 0; index < COMMANDS; index++) {
            var entry = commands.entry(registry, index);
            var step = StateMachine.step(registry, entry);
            step.changes().forEach(RowCodecTest::check);
            step.changes().forEach(change -> seen.add(change.getClass().getSimpleName()));
            registry = step.after();
        }
    }

    private static void check(Change change) {
        switch (change) {
            case Change.AgentPut(var row) ->
                assertThat(RowCodec.readAgent(RowCodec.write(row))).isEqualTo(row);
            case Change.GoneAgentPut(var row) ->
                assertThat(RowCodec.readGoneAgent(RowCodec.write(row))).isEqualTo(row);
            case Change.FrameworkPut(var row) ->
                assertThat(RowCodec.readFramework(RowCodec.write(row))).isEqualTo(row);
            case Change.CompletedFrameworkPut(var row) ->
                assertThat(RowCodec.readCompletedFramework(RowCodec.write(row))).isEqualTo(row);
            case Change.TaskPut(var row) ->
                assertThat(RowCodec.readTask(RowCodec.write(row))).isEqualTo(row);
            case Change.ExecutorPut(var row) ->
                assertThat(RowCodec.readExecutor(RowCodec.write(row))).isEqualTo(row);
            case Change.CompletedTaskPut(var row) ->
                assertThat(RowCodec.readCompletedTask(RowCodec.write(row))).isEqualTo(row);
            case Change.TaskInfoPut(var _, var name, var info) -> {
                var launched = new Launched(name, info);
                assertThat(RowCodec.readLaunched(RowCodec.write(launched))).isEqualTo(launched);
            }
            case Change.TaskStatusPut(var _, int _, var status) ->
                assertThat(RowCodec.readStatus(RowCodec.write(status))).isEqualTo(status);
            case Change.WeightPut(var row) ->
                assertThat(RowCodec.readWeight(RowCodec.write(row))).isEqualTo(row);
            case Change.QuotaPut(var row) ->
                assertThat(RowCodec.readQuota(RowCodec.write(row))).isEqualTo(row);
            case Change.MembershipPut(var row) ->
                assertThat(RowCodec.readMembership(RowCodec.write(row))).isEqualTo(row);
            case Change.MaintenancePut(var row) ->
                assertThat(RowCodec.readMaintenance(RowCodec.write(row))).isEqualTo(row);
            case Change.DrainPlanPut(var row) ->
                assertThat(RowCodec.readDrainPlan(RowCodec.write(row))).isEqualTo(row);
            case Change.ReservationNotePut(var row) ->
                assertThat(RowCodec.readReservationNote(RowCodec.write(row))).isEqualTo(row);
            case Change.DeclarationPut(var row) ->
                assertThat(RowCodec.readDeclaration(RowCodec.write(row))).isEqualTo(row);
            case Change.OperationPut(var row) ->
                assertThat(RowCodec.readOperation(RowCodec.write(row))).isEqualTo(row);
            case Change.ClusterPut(var row) ->
                assertThat(RowCodec.readCluster(RowCodec.write(row))).isEqualTo(row);
            case Change.CountersPut(var row) ->
                assertThat(RowCodec.readCounters(RowCodec.write(row))).isEqualTo(row);
            case Change.TimePut(var row) ->
                assertThat(RowCodec.readTime(RowCodec.write(row))).isEqualTo(row);
            case Change.DigestNotePut(var row) ->
                assertThat(RowCodec.readDigestNote(RowCodec.write(row))).isEqualTo(row);
            case Change.RequestPut(var row) ->
                assertThat(RowCodec.readRequest(RowCodec.write(row))).isEqualTo(row);
            case Change.JournalPut(var row) ->
                assertThat(JournalCodec.readJournal(JournalCodec.write(row))).isEqualTo(row);
            case Change.EventsPut(var row) ->
                assertThat(JournalCodec.readEvents(JournalCodec.write(row))).isEqualTo(row);
            case Change.AuditPut(var row) ->
                assertThat(JournalCodec.readAudit(JournalCodec.write(row))).isEqualTo(row);
            case Change.EventsForgotten _,
                    Change.AuditsForgotten _,
                    Change.AgentRemoved _,
                    Change.GoneAgentRemoved _,
                    Change.FrameworkRemoved _,
                    Change.CompletedFrameworkRemoved _,
                    Change.TaskRemoved _,
                    Change.ExecutorRemoved _,
                    Change.OperationRemoved _,
                    Change.DrainPlanRemoved _,
                    Change.ReservationNoteRemoved _,
                    Change.DeclarationRemoved _,
                    Change.CompletedTaskRemoved _,
                    Change.TaskDetailsRemoved _,
                    Change.RequestRemoved _ -> {
                // A removal has no row.
            }
        }
    }

    @Test
    void anOperationComesBackAsItWent() {
        var row = new OperationRow(
                new FrameworkId("f"),
                new OperationId("op"),
                new AgentId("a"),
                "RESERVE",
                OperationState.OPERATION_FINISHED,
                new Uuid(1, 2),
                new Position(3, 4));

        assertThat(RowCodec.readOperation(RowCodec.write(row))).isEqualTo(row);
    }

    @Test
    void thePlaceInTheLogComesBackAsItWent() {
        var applied = new Applied(3, 99, new Position(98, 7));

        assertThat(RowCodec.readApplied(RowCodec.write(applied))).isEqualTo(applied);
        assertThat(RowCodec.readApplied(RowCodec.write(Applied.NONE))).isEqualTo(Applied.NONE);
    }

    @Test
    void aStoreOfANewerFeatureLevelIsATypedFailure() {
        var bytes = Rows.Cluster.newBuilder()
                .setClusterId("c")
                .setFeatureLevel(1_000)
                .build()
                .toByteArray();

        assertThatThrownBy(() -> RowCodec.readCluster(bytes))
                .isInstanceOf(UnknownFormatException.class)
                .hasMessageContaining("feature level 1000");
    }

    @Test
    void bytesThatNobodyWroteAreATypedFailure() {
        assertThatThrownBy(() -> RowCodec.readTask(new byte[] {10, 50}))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("task of 2 bytes");
    }
}
