package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.ExecutorLaunch;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.OperationId;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskProblem;
import org.mesolith.model.TaskState;
import org.mesolith.state.Result;
import org.mesolith.state.Result.OperationOutcome;
import org.mesolith.state.Result.TaskOutcome;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TestCluster;
import org.mesolith.state.row.TaskGroup;

/** A group of tasks is promised whole or refused whole. */
final class GroupLauncherTest {
    private static final ExecutorId E = new ExecutorId("e");

    private final TestCluster cluster = TestCluster.made();
    private final AgentId agent = cluster.agent("cpus:4;mem:1024;disk:100");
    private final FrameworkId framework = cluster.framework();

    private TaskLaunch task(String id) {
        return TestCluster.launch(agent, id, "cpus:1;mem:64");
    }

    private static ExecutorLaunch executor(String info) {
        return new ExecutorLaunch(
                E,
                ExecutorLaunch.Kind.DEFAULT,
                Resources.parse("cpus:0.5;mem:32;disk:1"),
                new Opaque("mesos.v1.ExecutorInfo", info.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static OfferOperation group(TaskLaunch... tasks) {
        return new OfferOperation.LaunchGroup(null, executor("i"), List.of(tasks));
    }

    private List<List<TaskOutcome>> launched(String offered, OfferOperation... operations) {
        var result = (Result.OffersAccepted) cluster.accepted(cluster.accept(framework, agent, offered, operations));
        return result.operations().stream()
                .map(outcome -> ((OperationOutcome.Launched) outcome).tasks())
                .toList();
    }

    private static List<TaskOutcome> started(String... tasks) {
        return Arrays.stream(tasks)
                .<TaskOutcome>map(task -> new TaskOutcome.Started(new TaskId(task)))
                .toList();
    }

    private @Nullable TaskGroup groupOf(String task) {
        return cluster.task(new TaskKey(framework, new TaskId(task))).group();
    }

    /** Every task of the group ends with this text, and nothing was made. */
    private void refused(String text, String offered, OfferOperation operation) {
        var before = cluster.registry().allocated(agent);
        assertThat(launched(offered, operation).getFirst())
                .isNotEmpty()
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOfSatisfying(TaskOutcome.Refused.class, why -> {
                    assertThat(why.message()).startsWith(text);
                    assertThat(why.state()).isEqualTo(TaskState.TASK_ERROR);
                    assertThat(why.reason()).isEqualTo(StatusReason.REASON_TASK_GROUP_INVALID);
                }));
        assertThat(cluster.registry().allocated(agent)).isEqualTo(before);
        assertThat(cluster.registry().executor(framework, agent, E)).isNull();
    }

    @Test
    void aGroupIsPromisedWholeAndItsExecutorCountsOnce() {
        assertThat(launched("cpus:4;mem:1024;disk:100", group(task("a"), task("b")), group(task("c"))))
                .containsExactly(started("a", "b"), started("c"));

        assertThat(cluster.registry().allocated(agent).unallocated()).hasToString("cpus:3.5;disk:1;mem:224");
        assertThat(groupOf("a")).isEqualTo(new TaskGroup(1, 2)).isEqualTo(groupOf("b"));
        assertThat(groupOf("c")).isEqualTo(new TaskGroup(2, 1));
        assertThat(cluster.task(new TaskKey(framework, new TaskId("b"))).executor())
                .isEqualTo(E);
    }

    @Test
    void oneBadTaskRefusesAll() {
        var bad = task("b").with(new TaskProblem(TaskProblem.Step.RESOURCES, "resources: none"));

        refused("Task 'b' of the group is invalid: resources: none", "cpus:4;mem:1024;disk:100", group(task("a"), bad));
    }

    @Test
    void theFirstStepOfTheFirstBadTaskDecides() {
        var bad = task("a")
                .with(new TaskProblem(TaskProblem.Step.EXECUTOR, "later"))
                .with(new TaskProblem(TaskProblem.Step.TASK_ID, "first"));
        var worse = task("b").with(new TaskProblem(TaskProblem.Step.TASK_ID, "other"));

        refused("Task 'a' of the group is invalid: first", "cpus:4;mem:1024;disk:100", group(bad, worse));
    }

    @Test
    void oneIdTwiceInAGroupOrInUseRefusesAll() {
        refused(
                "Task 'a' of the group is invalid: Task has duplicate ID: a",
                "cpus:4;mem:1024;disk:100",
                group(task("a"), task("a")));
        cluster.launched(framework, agent, "old", "cpus:1;mem:64");

        refused(
                "Task 'old' of the group is invalid: Task has duplicate ID: old",
                "cpus:3;mem:512;disk:100",
                group(task("new"), task("old")));
    }

    @Test
    void aTaskForAnotherAgentRefusesAll() {
        var elsewhere = TestCluster.launch(new AgentId("elsewhere"), "b", "cpus:1;mem:64");

        refused(
                "Task 'b' of the group is invalid: Task uses invalid agent elsewhere",
                "cpus:4;mem:1024;disk:100",
                group(task("a"), elsewhere));
    }

    @Test
    void theTasksAndTheirExecutorMustFitTogether() {
        refused(
                "Tasks of the group and their executor use more resources",
                "cpus:2;mem:1024;disk:100",
                group(task("a"), task("b")));
    }

    @Test
    void anIdOfTheOperationRefusesAll() {
        refused(
                "'id' cannot be set for LAUNCH_GROUP",
                "cpus:4;mem:1024;disk:100",
                new OfferOperation.LaunchGroup(new OperationId("o"), executor("i"), List.of(task("a"))));
    }

    @Test
    void anotherExecutorOfTheSameIdRefusesAll() {
        launched("cpus:2;mem:512;disk:100", group(task("a")));
        var other = new OfferOperation.LaunchGroup(null, executor("other"), List.of(task("b"), task("c")));

        assertThat(launched("cpus:2;mem:512;disk:50", other).getFirst())
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(((TaskOutcome.Refused) outcome).message())
                        .startsWith("Task 'b' of the group is invalid: ExecutorInfo is not compatible"));
    }

    @Test
    void anEmptyGroupLaunchesNothing() {
        assertThat(launched("cpus:4;mem:1024;disk:100", group()).getFirst()).isEmpty();
        assertThat(cluster.registry().executor(framework, agent, E)).isNull();
    }

    @Test
    void aGroupIsDroppedWholeWhenTheAgentHasLessThanTheOfferSays() {
        cluster.launched(framework, agent, "old", "cpus:3;mem:64");

        assertThat(launched("cpus:4;mem:1024;disk:100", group(task("a"), task("b")))
                        .getFirst())
                .hasSize(2)
                .allSatisfy(outcome ->
                        assertThat(((TaskOutcome.Refused) outcome).state()).isEqualTo(TaskState.TASK_DROPPED));
    }

    @Test
    void belowItsLevelAGroupIsRefusedAsBefore() {
        var old = TestCluster.empty();
        old.accepted(new SystemCommand.InitCluster("c0ffee00-cafe", 1, 77, 4));
        var there = old.agent("cpus:4;mem:1024;disk:100");
        var owner = old.framework();

        var result = (Result.OffersAccepted) old.accepted(old.accept(
                owner, there, "cpus:4;mem:1024;disk:100", group(TestCluster.launch(there, "a", "cpus:1;mem:64"))));

        assertThat(result.operations())
                .containsExactly(new OperationOutcome.Failed("operation LAUNCH_GROUP is not supported yet"));
    }
}
