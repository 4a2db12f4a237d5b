package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.OperationId;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskProblem;
import org.mesolith.model.TaskProblem.Step;
import org.mesolith.model.TaskState;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Change;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;
import org.mesolith.state.Result.OperationOutcome;
import org.mesolith.state.Result.TaskOutcome;
import org.mesolith.state.TestCluster;

final class AcceptRulesTest {
    private final TestCluster cluster = TestCluster.made();
    private final AgentId agent = cluster.agent("cpus:4;mem:1024;ports:[1000-1999]");
    private final FrameworkId framework = cluster.framework();

    private List<OperationOutcome> outcomes(FrameworkCommand.AcceptOffers accept) {
        return ((Result.OffersAccepted) cluster.accepted(accept)).operations();
    }

    private List<TaskOutcome> tasks(String offered, TaskLaunch... tasks) {
        var outcome = outcomes(cluster.accept(framework, agent, offered, tasks)).getFirst();
        return ((OperationOutcome.Launched) outcome).tasks();
    }

    private static TaskOutcome invalid(String task, String message) {
        return new TaskOutcome.Refused(
                new TaskId(task), TaskState.TASK_ERROR, StatusReason.REASON_TASK_INVALID, message);
    }

    private static TaskOutcome started(String task) {
        return new TaskOutcome.Started(new TaskId(task));
    }

    @Test
    void aLaunchedTaskIsStagingAndHoldsItsResources() {
        var key = cluster.launched(framework, agent, "t", "cpus:1;mem:128");

        var row = cluster.task(key);
        assertThat(row.state()).isEqualTo(TaskState.TASK_STAGING);
        assertThat(row.updateState()).isNull();
        assertThat(row.launchedAt()).isEqualTo(cluster.lastAt());
        assertThat(row.resources()).isEqualTo(Resources.parse("cpus:1;mem:128").allocatedTo("ads"));
        assertThat(cluster.registry().allocated(agent)).isEqualTo(row.resources());
        assertThat(cluster.registry().allocated(framework))
                .containsExactlyEntriesOf(
                        new TreeMap<>(Map.of("ads", row.resources().quantities())));
        assertThat(cluster.registry().allocatedToRole("ads"))
                .isEqualTo(row.resources().quantities());
        assertThat(cluster.registry().tasksOfAgent(agent)).containsExactly(row);
    }

    @Test
    void aLaunchLeavesItsDetailsForTheStore() {
        var changes =
                cluster.changes(cluster.accept(framework, agent, "cpus:1", TestCluster.launch(agent, "t", "cpus:1")));

        assertThat(changes).hasSize(2);
        assertThat(changes.get(1))
                .isEqualTo(new Change.TaskInfoPut(
                        cluster.registry().tasksOfAgent(agent).getFirst().run(),
                        "name of t",
                        new Opaque("mesos.v1.TaskInfo", new byte[] {1, 2, 3})));
    }

    @Test
    void tasksOfOneLaunchUseUpTheOfferInOrder() {
        var outcomes = tasks(
                "cpus:2",
                TestCluster.launch(agent, "a", "cpus:1.5"),
                TestCluster.launch(agent, "b", "cpus:1"),
                TestCluster.launch(agent, "c", "cpus:0.5"));

        assertThat(outcomes.get(0)).isEqualTo(started("a"));
        assertThat(((TaskOutcome.Refused) outcomes.get(1)).message()).startsWith("Task uses more resources");
        assertThat(outcomes.get(2)).isEqualTo(started("c"));
    }

    @Test
    void anOfferThatShowsWhatIsNoLongerFreeDropsTheTask() {
        cluster.launched(framework, agent, "first", "cpus:3");

        var outcome = (TaskOutcome.Refused)
                tasks("cpus:4", TestCluster.launch(agent, "second", "cpus:2")).getFirst();

        assertThat(outcome.state()).isEqualTo(TaskState.TASK_DROPPED);
        assertThat(outcome.reason()).isEqualTo(StatusReason.REASON_INVALID_OFFERS);
        assertThat(cluster.registry().taskCount(framework)).isEqualTo(1);
    }

    @Test
    void theSamePortIsNeverGivenTwice() {
        cluster.launched(framework, agent, "first", "ports:[1000-1000]");

        var outcomes = tasks("ports:[1000-1001]", TestCluster.launch(agent, "second", "ports:[1000-1000]"));

        assertThat(outcomes.getFirst()).isInstanceOf(TaskOutcome.Refused.class);
    }

    @Test
    void aTaskIdInUseIsRefused() {
        cluster.launched(framework, agent, "t", "cpus:1");

        assertThat(tasks("cpus:2", TestCluster.launch(agent, "t", "cpus:1")))
                .containsExactly(invalid("t", "Task has duplicate ID: t"));
        assertThat(tasks("cpus:2", TestCluster.launch(agent, "u", "cpus:1"), TestCluster.launch(agent, "u", "cpus:1")))
                .containsExactly(started("u"), invalid("u", "Task has duplicate ID: u"));
    }

    @Test
    void anIdOfACompletedTaskMayBeUsedAgain() {
        var key = cluster.launched(framework, agent, "t", "cpus:1");
        cluster.updated(key, TaskState.TASK_FINISHED, 1);
        cluster.acknowledged(key, 1);

        assertThat(tasks("cpus:1", TestCluster.launch(agent, "t", "cpus:1"))).containsExactly(started("t"));
    }

    @Test
    void aTaskForAnotherAgentIsRefused() {
        var other = new AgentId("other");

        assertThat(tasks("cpus:1", TestCluster.launch(other, "t", "cpus:1")))
                .containsExactly(invalid("t", "Task uses invalid agent other while agent " + agent + " is expected"));
    }

    @Test
    void theEarliestStepOfTheValidationDecides() {
        var launch = TestCluster.launch(new AgentId("other"), "t", "cpus:1");
        var late = withProblems(launch, new TaskProblem(Step.HEALTH_CHECK, "late"));
        var early = withProblems(
                launch, new TaskProblem(Step.HEALTH_CHECK, "late"), new TaskProblem(Step.TASK_ID, "early"));

        assertThat(((TaskOutcome.Refused) tasks("cpus:1", late).getFirst()).message())
                .startsWith("Task uses invalid agent");
        assertThat(tasks("cpus:1", early)).containsExactly(invalid("t", "early"));
    }

    private static TaskLaunch withProblems(TaskLaunch task, TaskProblem... problems) {
        return new TaskLaunch(
                task.task(),
                task.name(),
                task.agent(),
                task.resources(),
                task.executor(),
                List.of(problems),
                task.taskInfo());
    }

    @Test
    void anIdOnALaunchIsRefusedForEveryTask() {
        var launch =
                new OfferOperation.Launch(new OperationId("op"), List.of(TestCluster.launch(agent, "t", "cpus:1")));

        assertThat(outcomes(cluster.accept(framework, agent, "cpus:1", launch)))
                .containsExactly(new OperationOutcome.Launched(List.of(invalid("t", "'id' cannot be set for LAUNCH"))));
    }

    @Test
    void anOperationThatCannotBeDoneSaysWhyAndLaterOnesContinue() {
        var cpus = Resources.parse("cpus:1");

        var outcomes = outcomes(cluster.accept(
                framework,
                agent,
                "cpus:1",
                new OfferOperation.Reserve(null, Resources.EMPTY, cpus),
                new OfferOperation.NotSupported(null, "CREATE_DISK"),
                new OfferOperation.Launch(null, List.of(TestCluster.launch(agent, "t", "cpus:1")))));

        assertThat(outcomes)
                .containsExactly(
                        new OperationOutcome.Failed("resource cpus:1 is not dynamically reserved; say for which role"),
                        new OperationOutcome.Failed("operation CREATE_DISK is not supported yet"),
                        new OperationOutcome.Launched(List.of(started("t"))));
    }

    @Test
    void anAcceptIsRefusedAsAWholeWhenFrameworkOrAgentCannotBe() {
        var launch = TestCluster.launch(agent, "t", "cpus:1");

        assertThat(cluster.rejected(cluster.accept(new FrameworkId("nobody"), agent, "cpus:1", launch)))
                .isEqualTo(Reason.FRAMEWORK_UNKNOWN);
        assertThat(cluster.rejected(cluster.accept(framework, new AgentId("nobody"), "cpus:1", launch)))
                .isEqualTo(Reason.AGENT_UNKNOWN);
        cluster.accepted(new AgentCommand.DeactivateAgent(agent));
        assertThat(cluster.rejected(cluster.accept(framework, agent, "cpus:1", launch)))
                .isEqualTo(Reason.AGENT_DEACTIVATED);
        cluster.accepted(new AgentCommand.MarkAgentsUnreachable(
                List.of(new AgentCommand.MarkAgentsUnreachable.Silent(agent, cluster.now()))));
        assertThat(cluster.rejected(cluster.accept(framework, agent, "cpus:1", launch)))
                .isEqualTo(Reason.AGENT_UNREACHABLE);
        cluster.accepted(new AgentCommand.MarkAgentGone(agent));
        assertThat(cluster.rejected(cluster.accept(framework, agent, "cpus:1", launch)))
                .isEqualTo(Reason.AGENT_GONE);
    }
}
