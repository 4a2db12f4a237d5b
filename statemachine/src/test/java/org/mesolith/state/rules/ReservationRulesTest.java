package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.Disk;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.OperationId;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Consumption;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.ReservationCommand.OperateAgent;
import org.mesolith.state.Result;
import org.mesolith.state.Result.OperationOutcome;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TestCluster;

final class ReservationRulesTest {
    private TestCluster cluster = TestCluster.made();
    private FrameworkId framework = new FrameworkId("");
    private AgentId agent = new AgentId("");

    @BeforeEach
    void aFrameworkAndAnAgent() {
        framework = cluster.framework();
        agent = cluster.agent("cpus:4;mem:1024;disk:1000;disk(ads):500");
    }

    private static OfferOperation reserve(String resources) {
        return new OfferOperation.Reserve(null, Resources.EMPTY, Resources.parse(resources));
    }

    private static OfferOperation unreserve(String resources) {
        return new OfferOperation.Unreserve(null, Resources.parse(resources));
    }

    private OfferOperation launch(String task, String resources) {
        return new OfferOperation.Launch(null, List.of(TestCluster.launch(agent, task, resources)));
    }

    private List<OperationOutcome> accept(String offered, OfferOperation... operations) {
        return ((Result.OffersAccepted) cluster.accepted(cluster.accept(framework, agent, offered, operations)))
                .operations();
    }

    private String total() {
        return Check.present(cluster.registry().agent(agent), "agent").total().toString();
    }

    private void hasTotal(String expected) {
        assertThat(total()).isEqualTo(Resources.parse(expected).toString());
    }

    private Reason refused(OfferOperation operation) {
        var outcome = cluster.operator("ops", new OperateAgent(agent, operation));
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return ((Outcome.Rejected) outcome).reason();
    }

    private void operated(OfferOperation operation) {
        assertThat(cluster.operator("ops", new OperateAgent(agent, operation))).isInstanceOf(Outcome.Accepted.class);
    }

    // ---- in an accept

    @Test
    void whatIsReservedInACallCanBeUsedByTheNextOperationOfIt() {
        var outcomes = accept(
                "cpus:2;mem:512",
                reserve("cpus(+ads@alice):1;mem(+ads@alice):512"),
                launch("t", "cpus(+ads@alice):1;mem(+ads@alice):256"));

        assertThat(outcomes.getFirst()).isEqualTo(new OperationOutcome.Performed());
        assertThat(cluster.registry().tasksOfAgent(agent)).hasSize(1);
        hasTotal("cpus:3;mem:512;disk:1000;disk(ads):500;cpus(+ads@alice):1;mem(+ads@alice):512");
    }

    @Test
    void aReservationCanBeGivenBackAndNothingRemainsOfIt() {
        accept("cpus:2", reserve("cpus(+ads@alice):2"), unreserve("cpus(+ads@alice):1"));
        accept("cpus(+ads@alice):1", unreserve("cpus(+ads@alice):1"));

        hasTotal("cpus:4;mem:1024;disk:1000;disk(ads):500");
    }

    @Test
    void moreThanIsLeftOfTheOfferCannotBeConvertedThoughTheAgentHasIt() {
        var outcomes = accept("cpus:1", reserve("cpus(+ads@alice):2"), launch("t", "cpus:1"));

        assertThat(outcomes.getFirst()).isInstanceOf(OperationOutcome.Failed.class);
        assertThat(cluster.registry().tasksOfAgent(agent)).hasSize(1);
        hasTotal("cpus:4;mem:1024;disk:1000;disk(ads):500");
    }

    @Test
    void anOfferThatIsNoLongerTrueConvertsNothing() {
        cluster.launched(framework, agent, "t", "cpus:4");

        assertThat(accept("cpus:1", reserve("cpus(+ads@alice):1")).getFirst())
                .isInstanceOf(OperationOutcome.Failed.class);
    }

    @Test
    void aGrownVolumeCannotBeUsedInTheSameCallNeitherOldNorNew() {
        var old = volume("disk(ads)[v:p]:400");
        var grown = volume("disk(ads)[v:p]:500");
        var outcomes = accept(
                "disk(ads):500;cpus:2",
                new OfferOperation.Create(null, old),
                new OfferOperation.GrowVolume(null, old, Resources.parse("disk(ads):100")),
                launch("t", old),
                launch("u", grown));

        assertThat(outcomes.subList(0, 2)).containsOnly(new OperationOutcome.Performed());
        assertThat(cluster.registry().tasksOfAgent(agent)).isEmpty();
        assertThat(total())
                .isEqualTo(
                        Resources.parse("cpus:4;mem:1024;disk:1000").plus(grown).toString());
    }

    @Test
    void aShrunkVolumeGivesReservedDiskBack() {
        accept("disk(ads):500", new OfferOperation.Create(null, volume("disk(ads)[v:p]:500")));
        operated(new OfferOperation.ShrinkVolume(null, volume("disk(ads)[v:p]:500"), 100_000));

        assertThat(total())
                .isEqualTo(Resources.parse("cpus:4;mem:1024;disk:1000;disk(ads):100")
                        .plus(volume("disk(ads)[v:p]:400"))
                        .toString());
    }

    @Test
    void anIdOfAVolumeIsUniqueForItsRoleOnTheAgent() {
        accept("disk(ads):500", new OfferOperation.Create(null, volume("disk(ads)[v:p]:100")));

        assertThat(accept("disk(ads):400", new OfferOperation.Create(null, volume("disk(ads)[v:p]:200")))
                        .getFirst())
                .isInstanceOf(OperationOutcome.Failed.class);
    }

    private OfferOperation launch(String task, Resources resources) {
        var template = TestCluster.launch(agent, task, "cpus:1");
        return new OfferOperation.Launch(
                null,
                List.of(new TaskLaunch(
                        template.task(),
                        template.name(),
                        agent,
                        template.resources().plus(resources),
                        null,
                        List.of(),
                        template.taskInfo())));
    }

    @Test
    void anOperationWithAnIdIsRememberedUntilItsStatusIsAcknowledged() {
        var id = new OperationId("op-1");
        accept("cpus:2", new OfferOperation.Reserve(id, Resources.EMPTY, Resources.parse("cpus(+ads@alice):1")));
        var row = Check.present(cluster.registry().operation(framework, id), "operation");

        var again = accept(
                "cpus:1", new OfferOperation.Reserve(id, Resources.EMPTY, Resources.parse("cpus(+ads@alice):1")));
        acknowledge(id, new Uuid(1, 1));
        assertThat(again.getFirst()).isInstanceOf(OperationOutcome.Failed.class);
        assertThat(cluster.registry().operation(framework, id)).isNotNull();
        acknowledge(id, row.status());

        assertThat(cluster.registry().operation(framework, id)).isNull();
    }

    private void acknowledge(OperationId id, Uuid status) {
        cluster.accepted(new ReservationCommand.AcknowledgeOperations(
                List.of(new ReservationCommand.AcknowledgeOperations.Acknowledgement(framework, id, status))));
    }

    @Test
    void severalOperationsOfOneCallHaveStatusesOfTheirOwn() {
        var cpus = Resources.parse("cpus(+ads@alice):1");
        accept(
                "cpus:2",
                new OfferOperation.Reserve(new OperationId("a"), Resources.EMPTY, cpus),
                new OfferOperation.Reserve(new OperationId("b"), Resources.EMPTY, cpus));

        assertThat(cluster.registry().operationsOf(framework))
                .extracting(row -> row.status())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void oldClustersGoOnRefusingOperationsUntilTheirLevelIsRaised() {
        cluster = TestCluster.empty();
        cluster.accepted(new SystemCommand.InitCluster("c0ffee00-cafe", 1, 77, 1));
        framework = cluster.framework();
        agent = cluster.agent("cpus:4");
        var before = accept("cpus:2", reserve("cpus(+ads@alice):1"));
        cluster.accepted(new SystemCommand.RaiseFeatureLevel(2));

        assertThat(before).containsExactly(new OperationOutcome.Failed("operation RESERVE is not supported yet"));
        assertThat(accept("cpus:2", reserve("cpus(+ads@alice):1"))).containsExactly(new OperationOutcome.Performed());
    }

    // ---- by an operator

    @Test
    void anOperatorReservesCreatesDestroysAndUnreserves() {
        operated(reserve("disk(+web@ops):800"));
        operated(new OfferOperation.Create(null, owned("disk(+web@ops)[v:p]:100")));
        assertThat(refused(unreserve("disk(+web@ops):800"))).isEqualTo(Reason.RESOURCES_MISSING);
        operated(new OfferOperation.Destroy(null, owned("disk(+web@ops)[v:elsewhere]:100")));
        operated(unreserve("disk(+web@ops):800"));

        hasTotal("cpus:4;mem:1024;disk:1000;disk(ads):500");
    }

    @Test
    void onlyAVolumeThatExistsLikeThatCanBeDestroyed() {
        operated(new OfferOperation.Create(null, owned("disk(ads)[v:p]:100")));

        assertThat(refused(new OfferOperation.Destroy(null, owned("disk(ads)[v:p]:128"))))
                .isEqualTo(Reason.OPERATION_INVALID);
        assertThat(refused(new OfferOperation.Destroy(null, owned("disk(web)[v:p]:100"))))
                .isEqualTo(Reason.OPERATION_INVALID);
    }

    /** With the operator's principal. */
    private static Resources owned(String text) {
        return Resources.parse(text).mapKinds(kind -> kind.withDisk(Disk.volume("v", "ops", "p")));
    }

    @Test
    void aReservationIsReplacedByAnotherOfEqualAmount() {
        operated(reserve("cpus(+ads@ops):2"));
        operated(new OfferOperation.Reserve(
                null, Resources.parse("cpus(+ads@ops):1"), Resources.parse("cpus(+web@ops):1")));

        hasTotal("cpus:2;mem:1024;disk:1000;disk(ads):500;cpus(+ads@ops):1;cpus(+web@ops):1");
        assertThat(refused(new OfferOperation.Reserve(
                        null, Resources.parse("cpus(+ads@ops):1"), Resources.parse("cpus(+web@ops):2"))))
                .isEqualTo(Reason.OPERATION_INVALID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "cpus(+ads@ops):5 ! RESOURCES_MISSING",
                "cpus(+ads@other):1 ! OPERATION_INVALID",
                "cpus(+ads):1 ! OPERATION_INVALID",
                "cpus(ads):1 ! OPERATION_INVALID",
                "cpus:1 ! OPERATION_INVALID",
                "cpus(+ads@ops){REV}:1 ! OPERATION_INVALID",
                "cpus(ads|+ads/x@ops):1 ! OPERATION_INVALID"
            })
    void anOperatorCannotReserve(String resources, Reason reason) {
        assertThat(refused(reserve(resources))).isEqualTo(reason);
    }

    @Test
    void whatTasksUseIsNotFreeForAnOperator() {
        cluster.launched(framework, agent, "t", "cpus:3");

        assertThat(refused(reserve("cpus(+web@ops):2"))).isEqualTo(Reason.RESOURCES_MISSING);
        operated(reserve("cpus(+web@ops):1"));
    }

    @Test
    void reservationsAreConsumedQuotaWhetherUsedOrNot() {
        operated(reserve("cpus(+ads@ops):1"));
        cluster.launched(framework, agent, "t", "cpus:2;mem:100");

        assertThat(Consumption.of(cluster.registry(), "ads").toString()).isEqualTo("cpus:3;disk:500;mem:100");
    }

    // ---- agents that come back

    @Test
    void anAgentKeepsItsReservationsWhenItComesBackWithOtherResources() {
        operated(reserve("cpus(+ads@ops):3"));

        cluster.accepted(new AgentCommand.AdmitAgent(agent, TestCluster.info(TestCluster.HOST, "cpus:8;mem:64")));

        hasTotal("cpus:5;mem:64;cpus(+ads@ops):3");
    }

    @Test
    void anAgentThatIsTooSmallForItsReservationsIsRefused() {
        operated(reserve("cpus(+ads@ops):3"));
        var smaller = TestCluster.info(TestCluster.HOST, "cpus:2;mem:64");

        assertThat(cluster.rejected(new AgentCommand.AdmitAgent(agent, smaller)))
                .isEqualTo(Reason.AGENT_TOO_SMALL);
        assertThat(cluster.rejected(new AgentCommand.UpdateAgent(agent, smaller)))
                .isEqualTo(Reason.AGENT_TOO_SMALL);
    }

    @Test
    void nothingIsLaunchedOnAnAgentWhoseTasksUseMoreThanItCameBackWith() {
        operated(reserve("cpus(+ads@ops):1"));
        var running = cluster.launched(framework, agent, "t", "cpus:3");
        cluster.accepted(
                new AgentCommand.AdmitAgent(agent, TestCluster.info(TestCluster.HOST, "cpus:2;mem:64;disk:1000")));

        var onReserved = accept("cpus(+ads@ops):1", launch("u", "cpus(+ads@ops):1"));

        assertThat(onReserved.getFirst().toString()).contains("TASK_DROPPED", "came back with less than its tasks use");
        assertThat(cluster.registry().tasksOfAgent(agent)).hasSize(1);
        operated(new OfferOperation.Unreserve(null, Resources.parse("cpus(+ads@ops):1")));
        assertThat(cluster.registry().task(running)).isNotNull();
    }

    @Test
    void anAgentWhoseTasksFitAgainTakesNewOnes() {
        operated(reserve("cpus(+ads@ops):1"));
        cluster.launched(framework, agent, "t", "cpus:3");
        cluster.accepted(
                new AgentCommand.AdmitAgent(agent, TestCluster.info(TestCluster.HOST, "cpus:2;mem:64;disk:1000")));

        cluster.accepted(
                new AgentCommand.AdmitAgent(agent, TestCluster.info(TestCluster.HOST, "cpus:4;mem:64;disk:1000")));
        accept("cpus(+ads@ops):1", launch("u", "cpus(+ads@ops):1"));

        assertThat(cluster.registry().tasksOfAgent(agent)).hasSize(2);
    }

    @Test
    void aForgottenAgentBringsTheReservationsOfItsCheckpoint() {
        var known = new AgentId("brought");
        var made = Resources.parse("disk(+ads@ops)[v:p]:100");
        cluster.accepted(new AgentCommand.AdmitAgent(
                known, TestCluster.info(TestCluster.HOST, "cpus:1;disk:300"), made, "10.0.0.1"));

        assertThat(Check.present(cluster.registry().agent(known), "agent").total())
                .isEqualTo(Resources.parse("cpus:1;disk:200").plus(made));
    }

    @Test
    void aVolumeInUseCannotBeDestroyed() {
        accept("disk(ads):500", new OfferOperation.Create(null, volume("disk(ads)[v:p]:500")));
        cluster.launched(framework, agent, "t", "cpus:1");
        var held = volume("disk(ads)[v:p]:500");
        var key = launched("u", held);

        assertThat(refused(new OfferOperation.Destroy(null, held))).isEqualTo(Reason.OPERATION_INVALID);
        cluster.updated(key, TaskState.TASK_FINISHED, 9);
        operated(new OfferOperation.Destroy(null, held));
        hasTotal("cpus:4;mem:1024;disk:1000;disk(ads):500");
    }

    private TaskKey launched(String task, Resources resources) {
        var launch = new TaskLaunch(
                new TaskId(task), task, agent, resources, null, List.of(), new Opaque("mesos.v1.TaskInfo", new byte[] {1
                }));
        var command = new FrameworkCommand.AcceptOffers(
                framework,
                agent,
                "ads",
                resources.allocatedTo("ads"),
                List.of(),
                List.of(new OfferOperation.Launch(null, List.of(launch))));
        cluster.accepted(command);
        return new TaskKey(framework, launch.task());
    }

    /** With the framework's principal. */
    private static Resources volume(String text) {
        return Resources.parse(text)
                .mapKinds(kind -> kind.disk() == null ? kind : kind.withDisk(Disk.volume("v", "alice", "p")));
    }
}
