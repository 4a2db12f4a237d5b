package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.ExecutorLaunch;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskState;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.Result;
import org.mesolith.state.Result.OperationOutcome;
import org.mesolith.state.Result.TaskOutcome;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TaskCommand;
import org.mesolith.state.TestCluster;
import org.mesolith.state.row.ExecutorRow;

final class ExecutorRulesTest {
    private static final ExecutorId E = new ExecutorId("e");

    private final TestCluster cluster = TestCluster.made();
    private final AgentId agent = cluster.agent("cpus:4;mem:1024");
    private final FrameworkId framework = cluster.framework();

    private TaskLaunch task(String id, String info) {
        var plain = TestCluster.launch(agent, id, "cpus:1;mem:64");
        var executor = new ExecutorLaunch(
                E,
                ExecutorLaunch.Kind.CUSTOM,
                Resources.parse("cpus:0.5;mem:32"),
                new Opaque("mesos.v1.ExecutorInfo", info.getBytes(StandardCharsets.UTF_8)));
        return new TaskLaunch(
                plain.task(), plain.name(), agent, plain.resources(), executor, List.of(), plain.taskInfo());
    }

    private List<TaskOutcome> launched(String offered, TaskLaunch... tasks) {
        var result = (Result.OffersAccepted) cluster.accepted(cluster.accept(framework, agent, offered, tasks));
        return ((OperationOutcome.Launched) result.operations().getFirst()).tasks();
    }

    private @Nullable ExecutorRow row() {
        return cluster.registry().executor(framework, agent, E);
    }

    private TaskCommand.EndExecutors end(Position launchedAt) {
        return new TaskCommand.EndExecutors(List.of(new TaskCommand.EndExecutors.End(framework, E, agent, launchedAt)));
    }

    private String allocated() {
        return cluster.registry().allocated(agent).unallocated().toString();
    }

    private static TaskOutcome started(String task) {
        return new TaskOutcome.Started(new TaskId(task));
    }

    @Test
    void anExecutorBeginsWithItsFirstTaskAndHoldsItsResourcesOnce() {
        assertThat(launched("cpus:4;mem:1024", task("a", "i"), task("b", "i")))
                .containsExactly(started("a"), started("b"));
        var first = row();
        assertThat(launched("cpus:1;mem:64", task("c", "i"))).containsExactly(started("c"));

        assertThat(row()).isNotNull().isEqualTo(first);
        assertThat(cluster.registry().executorsOfAgent(agent)).containsExactly(first);
        assertThat(cluster.registry().executorsOfFramework(framework)).containsExactly(first);
        assertThat(cluster.task(new TaskKey(framework, new TaskId("c"))).executor())
                .isEqualTo(E);
        assertThat(allocated()).isEqualTo("cpus:3.5;mem:224");
        assertThat(cluster.registry().allocated(framework))
                .containsEntry("ads", Resources.parse("cpus:3.5;mem:224").quantities());
        assertThat(cluster.registry().allocatedToRole("ads").milli("mem")).isEqualTo(224_000);
    }

    @Test
    void theFirstTaskNeedsRoomForItsExecutorToo() {
        assertThat(launched("cpus:1;mem:64", task("a", "i")))
                .allSatisfy(outcome ->
                        assertThat(((TaskOutcome.Refused) outcome).message()).startsWith("Task uses more resources"));
        assertThat(row()).isNull();
    }

    @Test
    void aTaskThatBringsAnotherExecutorOfTheSameIdIsAnError() {
        assertThat(launched("cpus:4;mem:1024", task("a", "i"), task("b", "other")))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(started("a")),
                        second -> assertThat(((TaskOutcome.Refused) second).message())
                                .startsWith("ExecutorInfo is not compatible with existing ExecutorInfo")
                                .contains("'e'"));
    }

    @Test
    void belowItsLevelALaunchWithAnExecutorIsRefusedAsBefore() {
        var old = TestCluster.empty();
        old.accepted(new SystemCommand.InitCluster("c0ffee00-cafe", 1, 77, 4));
        var there = old.agent("cpus:4;mem:1024");
        var owner = old.framework();
        var plain = task("a", "i");
        var task = new TaskLaunch(
                plain.task(), "", there, plain.resources(), plain.executor(), List.of(), plain.taskInfo());

        var result = (Result.OffersAccepted) old.accepted(old.accept(owner, there, "cpus:4;mem:1024", task));

        assertThat(((OperationOutcome.Launched) result.operations().getFirst()).tasks())
                .allSatisfy(outcome -> assertThat(((TaskOutcome.Refused) outcome).message())
                        .isEqualTo("Task uses an executor, which is not supported yet"));
    }

    @Test
    void anExecutorThatIsOverGivesBackWhatItHeldAndItsTasksKeepTheirs() {
        launched("cpus:4;mem:1024", task("a", "i"));
        var at = cluster.lastAt();

        cluster.accepted(end(at));

        assertThat(row()).isNull();
        assertThat(allocated()).isEqualTo("cpus:1;mem:64");
    }

    @Test
    void theEndOfAnotherRunIsOfNoConcern() {
        launched("cpus:4;mem:1024", task("a", "i"));

        assertThat(cluster.changes(end(new Position(1, 0)))).isEmpty();
        assertThat(row()).isNotNull();
    }

    @Test
    void anEndThatIsToldTwiceIsTrueOnce() {
        launched("cpus:4;mem:1024", task("a", "i"));
        var end = end(cluster.lastAt()).ends().getFirst();

        cluster.accepted(new TaskCommand.EndExecutors(List.of(end, end)));
        cluster.accepted(new TaskCommand.EndExecutors(List.of(end)));

        assertThat(row()).isNull();
    }

    @Test
    void theExecutorOfASilentAgentHoldsNothingUntilTheAgentReturns() {
        launched("cpus:4;mem:1024", task("a", "i"));

        cluster.accepted(new AgentCommand.MarkAgentsUnreachable(
                List.of(new AgentCommand.MarkAgentsUnreachable.Silent(agent, cluster.now()))));
        assertThat(allocated()).isEmpty();
        assertThat(row()).isNotNull();

        cluster.accepted(new AgentCommand.MarkAgentReachable(agent));
        assertThat(allocated()).isEqualTo("cpus:1.5;mem:96");
    }

    @Test
    void anExecutorGoesWithItsFrameworkAndWithItsAgent() {
        launched("cpus:4;mem:1024", task("a", "i"));
        cluster.accepted(new FrameworkCommand.TearDownFramework(framework));
        assertThat(row()).isNull();
        assertThat(allocated()).isEmpty();

        var other = cluster.framework();
        cluster.accepted(cluster.accept(other, agent, "cpus:4;mem:1024", task("a", "i")));
        cluster.accepted(new AgentCommand.MarkAgentGone(agent));
        assertThat(cluster.registry().executorsOfFramework(other)).isEmpty();
        assertThat(cluster.registry().allocated(other)).isEmpty();
    }

    @Test
    void anAgentThatIsGoneOnceItIsEmptyTakesTheExecutorOfAnEndedFrameworkWithIt() {
        launched("cpus:4;mem:1024", task("a", "i"));
        cluster.accepted(new MaintenanceCommand.DrainAgent(agent, null, true));

        cluster.accepted(new FrameworkCommand.TearDownFramework(framework));

        assertThat(cluster.registry().goneAgent(agent)).isNotNull();
        assertThat(cluster.registry().executorsOfAgent(agent)).isEmpty();
    }

    @Test
    void theStateOfATaskSaysNothingOfItsExecutor() {
        launched("cpus:4;mem:1024", task("a", "i"));
        var key = new TaskKey(framework, new TaskId("a"));
        cluster.updated(key, TaskState.TASK_FINISHED, 9);
        cluster.acknowledged(key, 9);

        assertThat(allocated()).isEqualTo("cpus:0.5;mem:32");
    }
}
