package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.AgentTask;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.SchedulerCall;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.ExecutorLaunch;
import org.mesolith.model.Filters;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskProblem;
import org.mesolith.model.TaskState;

/** Groups of tasks as the leader sees them: one order, or none at all. */
final class GroupLifeTest {
    private static final ExecutorId E = new ExecutorId("e");

    private final Bed bed = new Bed();
    private final TestAgent agent = bed.agent("host", "cpus:4;mem:1024;disk:100");
    private final TestFramework framework = bed.framework("r");

    private void modern() {
        bed.lose(agent.link());
        agent.rejoin(new LinkMessage.Software(LinkMessage.Software.EXECUTORS, "0.1.0"));
    }

    private static OfferOperation group(TaskLaunch... tasks) {
        return new OfferOperation.LaunchGroup(
                null,
                new ExecutorLaunch(
                        E,
                        ExecutorLaunch.Kind.DEFAULT,
                        Resources.parse("cpus:0.5;mem:64;disk:1"),
                        new Opaque("mesos.v1.ExecutorInfo", new byte[] {1})),
                List.of(tasks));
    }

    private TaskLaunch task(String id) {
        return TestFramework.task(id, agent.id(), "cpus:0.5;mem:64");
    }

    private void accept(OfferOperation... operations) {
        bed.advance(Duration.ofSeconds(2));
        agent.beat();
        var offer = framework.offers().getLast();
        framework.call(
                new SchedulerCall.Accept(List.of(offer.id()), List.of(operations), new Filters(Duration.ofHours(1))));
    }

    private List<List<String>> groups() {
        return agent.heard(LinkMessage.LaunchGroup.class).stream()
                .map(order ->
                        order.tasks().stream().map(task -> task.task().value()).toList())
                .toList();
    }

    private AgentTask running(String task) {
        var key = new TaskKey(framework.id(), new TaskId(task));
        var row = java.util.Objects.requireNonNull(bed.view().registry().task(key));
        return new AgentTask(key, row.launchedAt(), TaskState.TASK_RUNNING, null);
    }

    @Test
    void eachGroupIsOneOrder() {
        modern();
        accept(group(task("a"), task("b")), group(task("c")));

        var orders = agent.heard(LinkMessage.LaunchGroup.class);

        assertThat(orders).extracting(LinkMessage.LaunchGroup::number).containsExactly(1, 2);
        assertThat(orders.getFirst().tasks())
                .extracting(task -> task.task().value())
                .containsExactly("a", "b");
        assertThat(orders)
                .allSatisfy(order ->
                        assertThat(order.under().launchedAt()).isNotNull().isEqualTo(order.launchedAt()));
        assertThat(agent.launches()).isEmpty();
    }

    @Test
    void aGroupThatIsRefusedIsNotSentAndEachTaskHearsWhy() {
        modern();
        accept(group(task("a"), task("b").with(new TaskProblem(TaskProblem.Step.LIMITS, "limits: no"))));

        assertThat(groups()).isEmpty();
        assertThat(framework.updates()).hasSize(2).allSatisfy(status -> {
            assertThat(status.state()).isEqualTo(TaskState.TASK_ERROR);
            assertThat(status.reason()).isEqualTo(StatusReason.REASON_TASK_GROUP_INVALID);
            assertThat(status.message()).isEqualTo("Task 'b' of the group is invalid: limits: no");
        });
    }

    @Test
    void anAgentOfAnOlderLevelIsNotSentItAndAllEnd() {
        accept(group(task("a"), task("b")));
        bed.advance(Duration.ofMillis(10));

        assertThat(groups()).isEmpty();
        assertThat(framework.states()).containsExactlyInAnyOrder("a:TASK_FAILED", "b:TASK_FAILED");
        assertThat(bed.view().registry().executorsOfAgent(agent.id())).isEmpty();
    }

    @Test
    void aGroupThatNeverReachedItsAgentIsSentAgainWhole() {
        modern();
        accept(group(task("a"), task("b")), group(task("c")));
        assertThat(groups()).hasSize(2);

        modern();
        agent.say(new LinkMessage.Tasks(List.of()));
        bed.advance(Duration.ofMillis(5));

        assertThat(groups()).containsExactly(List.of("a", "b"), List.of("c"));
    }

    @Test
    void aGroupOfWhichAPartIsThereIsNotBegunAgain() {
        modern();
        accept(group(task("a"), task("b")));
        groups();
        var there = running("a");

        modern();
        agent.say(new LinkMessage.Tasks(List.of(there)));
        bed.advance(Duration.ofMillis(5));

        assertThat(agent.heard(LinkMessage.CheckTasks.class))
                .singleElement()
                .satisfies(check -> assertThat(check.runs())
                        .extracting(run -> run.task().value())
                        .containsExactly("b"));
    }

    @Test
    void theFrameworkHearsOfEachTaskByItself() {
        modern();
        accept(group(task("a"), task("b")));
        var order = agent.heard(LinkMessage.LaunchGroup.class).getFirst();
        var at = order.launchedAt();

        agent.report(framework.id(), new TaskId("a"), at, TaskState.TASK_RUNNING, 1, null);
        agent.report(framework.id(), new TaskId("b"), at, TaskState.TASK_RUNNING, 2, null);
        agent.report(framework.id(), new TaskId("a"), at, TaskState.TASK_FAILED, 3, null);

        assertThat(framework.states()).isEqualTo(Arrays.asList("a:TASK_RUNNING", "b:TASK_RUNNING", "a:TASK_FAILED"));
    }
}
