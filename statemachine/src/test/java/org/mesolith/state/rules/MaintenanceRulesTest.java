package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.TaskState;
import org.mesolith.model.Unavailability;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.MaintenanceCommand.DrainAgent;
import org.mesolith.state.MaintenanceCommand.StartMaintenance;
import org.mesolith.state.MaintenanceCommand.StopMaintenance;
import org.mesolith.state.MaintenanceCommand.UpdateSchedule;
import org.mesolith.state.Reason;
import org.mesolith.state.TestCluster;
import org.mesolith.state.row.AgentRow;

final class MaintenanceRulesTest {
    private final TestCluster cluster = TestCluster.made();

    private static MaintenanceWindow window(@Nullable Duration duration, String... machines) {
        return new MaintenanceWindow(machines(machines), new Unavailability(TestCluster.START, duration));
    }

    private static List<MachineId> machines(String... names) {
        return Stream.of(names).map(name -> new MachineId(name, "")).toList();
    }

    private static UpdateSchedule schedule(MaintenanceWindow... windows) {
        return new UpdateSchedule(List.of(windows));
    }

    private AgentRow row(AgentId agent) {
        return Check.present(cluster.registry().agent(agent), "agent");
    }

    @Test
    void aScheduleThatMakesNoSenseIsRefusedAndTheOldOneStays() {
        cluster.accepted(schedule(window(null, "m1")));

        for (var bad : List.of(
                schedule(window(null)),
                schedule(window(Duration.ofSeconds(-10), "m1")),
                schedule(window(null, "m1"), window(null, "M1")),
                schedule(window(null, "")))) {
            assertThat(cluster.rejected(bad)).isEqualTo(Reason.SCHEDULE_INVALID);
        }

        assertThat(cluster.registry().maintenance().draining()).containsExactlyElementsOf(machines("m1"));
    }

    @Test
    void aScheduleThatIsNotTheOneThatWasSeenIsLeftAsItIs() {
        var nothing = cluster.registry().maintenance().fingerprint();
        cluster.accepted(new UpdateSchedule(List.of(window(null, "m1")), nothing));
        var seen = cluster.registry().maintenance().fingerprint();

        assertThat(cluster.rejected(new UpdateSchedule(List.of(window(null, "m2")), nothing)))
                .isEqualTo(Reason.SCHEDULE_CHANGED);

        assertThat(cluster.registry().maintenance().windows()).containsExactly(window(null, "m1"));
        cluster.accepted(new UpdateSchedule(List.of(window(null, "m1"), window(null, "m2")), seen));
        cluster.accepted(schedule());
        assertThat(cluster.registry().maintenance().fingerprint()).isEqualTo(nothing);
    }

    /** Else a machine that is started under an operator's eyes would make the schedule another one. */
    @Test
    void whichMachinesAreDownIsNoPartOfTheFingerprint() {
        cluster.accepted(schedule(window(null, "m1", "m2")));
        var seen = cluster.registry().maintenance().fingerprint();

        cluster.accepted(new StartMaintenance(machines("m1")));

        assertThat(cluster.registry().maintenance().fingerprint()).isEqualTo(seen);
        assertThat(seen).matches("[0-9a-f]{16}");
    }

    @Test
    void onlyScheduledMachinesGoDownAllOrNoneAndOnlyOnce() {
        cluster.accepted(schedule(window(null, "m1", "m2")));

        assertThat(cluster.rejected(new StartMaintenance(machines("m1", "m3")))).isEqualTo(Reason.MACHINE_NOT_DRAINING);
        cluster.accepted(new StartMaintenance(machines("m1")));
        assertThat(cluster.rejected(new StartMaintenance(machines("m1")))).isEqualTo(Reason.MACHINE_NOT_DRAINING);
        assertThat(cluster.rejected(schedule(window(null, "m2")))).isEqualTo(Reason.SCHEDULE_INVALID);
        assertThat(cluster.rejected(new StopMaintenance(machines("m2")))).isEqualTo(Reason.MACHINE_NOT_DOWN);
        cluster.accepted(new StopMaintenance(machines("m1")));

        assertThat(cluster.registry().maintenance().windows()).containsExactly(window(null, "m2"));
    }

    @Test
    void agentsOfAMachineThatGoesDownAreRemovedAndRefusedUntilItIsStopped() {
        var agent = cluster.agent("cpus:4");
        var task = cluster.launched(cluster.framework(), agent, "t", "cpus:1");
        cluster.accepted(schedule(window(null, "HOST-1")));
        cluster.accepted(new StartMaintenance(machines("host-1")));
        var info = TestCluster.info(TestCluster.HOST, "cpus:4");

        assertThat(cluster.registry().agent(agent)).isNull();
        assertThat(cluster.registry().task(task)).isNull();
        assertThat(cluster.rejected(new AgentCommand.AdmitAgent(null, info))).isEqualTo(Reason.MACHINE_DOWN);
        cluster.accepted(new StopMaintenance(machines("host-1")));
        cluster.accepted(new AgentCommand.AdmitAgent(null, info));
    }

    // ---- drain

    @Test
    void anIdleAgentIsDrainedAtOnceAndStaysDeactivatedUntilItIsReactivated() {
        var agent = cluster.agent("cpus:4");
        cluster.accepted(new DrainAgent(agent, null, false));

        assertThat(Check.present(row(agent).drain(), "drain").drained()).isTrue();
        assertThat(row(agent).deactivated()).isTrue();
        cluster.accepted(new AgentCommand.ReactivateAgent(agent));
        assertThat(row(agent).drain()).isNull();
        assertThat(cluster.rejected(new AgentCommand.ReactivateAgent(agent))).isEqualTo(Reason.AGENT_NOT_DEACTIVATED);
    }

    @Test
    void drainingLastsUntilTheLastEndIsAcknowledged() {
        var agent = cluster.agent("cpus:4");
        var task = cluster.launched(cluster.framework(), agent, "t", "cpus:1");
        cluster.accepted(new DrainAgent(agent, Duration.ofSeconds(9), false));

        cluster.updated(task, TaskState.TASK_KILLED, 5);
        assertThat(row(agent).isDraining()).isTrue();
        assertThat(cluster.rejected(new AgentCommand.ReactivateAgent(agent))).isEqualTo(Reason.AGENT_DRAINING);
        cluster.acknowledged(task, 5);

        assertThat(row(agent).isDraining()).isFalse();
    }

    @Test
    void anAgentThatIsToBeGoneIsGoneAsSoonAsItIsEmpty() {
        var agent = cluster.agent("cpus:4");
        var task = cluster.launched(cluster.framework(), agent, "t", "cpus:1");
        cluster.accepted(new DrainAgent(agent, null, true));
        cluster.updated(task, TaskState.TASK_KILLED, 5);
        cluster.acknowledged(task, 5);

        assertThat(cluster.registry().agent(agent)).isNull();
        assertThat(cluster.registry().goneAgent(agent)).isNotNull();
        assertThat(cluster.rejected(new DrainAgent(agent, null, true))).isEqualTo(Reason.AGENT_GONE);
    }

    @Test
    void anUnreachableAgentIsDrainedOnceItIsBack() {
        var agent = cluster.agent("cpus:4");
        cluster.accepted(new AgentCommand.MarkAgentsUnreachable(
                List.of(new AgentCommand.MarkAgentsUnreachable.Silent(agent, cluster.now()))));
        cluster.accepted(new DrainAgent(agent, null, false));
        assertThat(row(agent).isDraining()).isTrue();

        cluster.accepted(new AgentCommand.AdmitAgent(agent, TestCluster.info(TestCluster.HOST, "cpus:4")));

        assertThat(row(agent).isDraining()).isFalse();
        assertThat(row(agent).deactivated()).isTrue();
    }

    @Test
    void anAgentOfAScheduledMachineIsNotDrained() {
        var agent = cluster.agent("cpus:4");
        cluster.accepted(schedule(window(null, TestCluster.HOST)));

        assertThat(cluster.rejected(new DrainAgent(agent, null, false))).isEqualTo(Reason.AGENT_IN_MAINTENANCE);
    }

    @Test
    void theEndOfTheLastFrameworkDrainsItsAgent() {
        var agent = cluster.agent("cpus:4");
        var framework = cluster.framework();
        cluster.launched(framework, agent, "t", "cpus:1");
        cluster.accepted(new DrainAgent(agent, null, false));

        cluster.accepted(new FrameworkCommand.TearDownFramework(framework));

        assertThat(row(agent).isDraining()).isFalse();
    }
}
