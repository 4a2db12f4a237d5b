package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mesolith.base.Limits;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;
import org.mesolith.state.Result.AcknowledgeVerdict;
import org.mesolith.state.Result.UpdateVerdict;
import org.mesolith.state.TaskCommand.UpdateTasks;
import org.mesolith.state.TestCluster;

final class TaskRulesTest {
    private final TestCluster cluster = TestCluster.made();
    private final AgentId agent = cluster.agent("cpus:64");
    private final FrameworkId framework = cluster.framework();
    private final TaskKey task = cluster.launched(framework, agent, "t", "cpus:1");

    private UpdateVerdict applied(UpdateTasks.Update update) {
        var result = cluster.accepted(new UpdateTasks(List.of(update)));
        return ((Result.TasksUpdated) result).verdicts().getFirst();
    }

    @Test
    void anUpdateMovesBothStates() {
        assertThat(cluster.updated(task, TaskState.TASK_RUNNING, 1)).isEqualTo(UpdateVerdict.APPLIED);

        assertThat(cluster.task(task).state()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(cluster.task(task).updateState()).isEqualTo(TaskState.TASK_RUNNING);
    }

    @Test
    void theLatestStateReleasesTheResourcesBeforeItsUpdateArrives() {
        applied(cluster.update(task, TaskState.TASK_RUNNING, 1, TaskState.TASK_FAILED));

        assertThat(cluster.task(task).state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(cluster.task(task).reportedState()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(cluster.registry().allocations(agent)).isEmpty();
    }

    @Test
    void theLatestStateDoesNotGoBackWhenTheAgentHasForgottenIt() {
        applied(cluster.update(task, TaskState.TASK_STARTING, 1, TaskState.TASK_RUNNING));

        applied(cluster.update(task, TaskState.TASK_STARTING, 1, TaskState.TASK_STARTING));

        assertThat(cluster.task(task).state()).isEqualTo(TaskState.TASK_RUNNING);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"TASK_FINISHED", "TASK_FAILED", "TASK_KILLED", "TASK_LOST", "TASK_DROPPED", "TASK_GONE"})
    void aTerminalStateNeverChangesButLaterUpdatesAreForwarded(TaskState terminal) {
        cluster.updated(task, terminal, 1);

        var verdict = cluster.updated(task, TaskState.TASK_RUNNING, 2);

        assertThat(verdict).isEqualTo(UpdateVerdict.APPLIED);
        assertThat(cluster.task(task).state()).isEqualTo(terminal);
        assertThat(cluster.task(task).reportedState()).isEqualTo(TaskState.TASK_RUNNING);
    }

    @Test
    void anotherEndIsHeardAsTheFirstOne() {
        cluster.updated(task, TaskState.TASK_KILLED, 1);

        var verdict = cluster.updated(task, TaskState.TASK_FAILED, 2);

        assertThat(verdict).isEqualTo(UpdateVerdict.APPLIED);
        assertThat(cluster.task(task).state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(cluster.task(task).reportedState()).isEqualTo(TaskState.TASK_KILLED);
    }

    @Test
    void theSameUpdateAgainChangesNothing() {
        cluster.updated(task, TaskState.TASK_RUNNING, 1);

        assertThat(cluster.changes(new UpdateTasks(List.of(cluster.update(task, TaskState.TASK_RUNNING, 1)))))
                .isEmpty();
        assertThat(cluster.updated(task, TaskState.TASK_RUNNING, 1)).isEqualTo(UpdateVerdict.REPEATED);
    }

    @Test
    void ofEqualStatesInARowOnlyTheNewestStatusIsKept() {
        cluster.updated(task, TaskState.TASK_RUNNING, 1);
        cluster.updated(task, TaskState.TASK_RUNNING, 2);
        cluster.updated(task, TaskState.TASK_KILLING, 3);

        assertThat(cluster.task(task).statuses()).isEqualTo(2);
    }

    @Test
    void aTaskKeepsOnlySoManyStatuses() {
        for (int i = 1; i <= 2 * Limits.STATUSES_PER_TASK_MAX; i++) {
            cluster.updated(task, i % 2 == 0 ? TaskState.TASK_RUNNING : TaskState.TASK_STARTING, i);
        }

        assertThat(cluster.task(task).statuses()).isEqualTo(Limits.STATUSES_PER_TASK_MAX);
    }

    @Test
    void updatesOfOneBatchBuildOnEachOther() {
        var batch = new UpdateTasks(List.of(
                cluster.update(task, TaskState.TASK_STARTING, 1),
                cluster.update(task, TaskState.TASK_RUNNING, 2),
                cluster.update(task, TaskState.TASK_RUNNING, 2)));

        var result = (Result.TasksUpdated) cluster.accepted(batch);

        assertThat(result.verdicts())
                .containsExactly(UpdateVerdict.APPLIED, UpdateVerdict.APPLIED, UpdateVerdict.REPEATED);
        assertThat(cluster.task(task).statuses()).isEqualTo(2);
    }

    @Test
    void updatesOfUnknownThingsAreToldApart() {
        var known = cluster.update(task, TaskState.TASK_RUNNING, 1);
        var status = known.status();
        var at = known.launchedAt();

        assertThat(applied(new UpdateTasks.Update(new AgentId("x"), framework, at, status, status.state())))
                .isEqualTo(UpdateVerdict.AGENT_UNKNOWN);
        assertThat(applied(new UpdateTasks.Update(agent, new FrameworkId("x"), at, status, status.state())))
                .isEqualTo(UpdateVerdict.FRAMEWORK_UNKNOWN);
        assertThat(applied(new UpdateTasks.Update(agent, framework, new Position(1, 7), status, status.state())))
                .isEqualTo(UpdateVerdict.OTHER_RUN);
        var other = TestCluster.status(new TaskKey(framework, new TaskId("x")), TaskState.TASK_RUNNING, 1);
        assertThat(applied(new UpdateTasks.Update(agent, framework, at, other, other.state())))
                .isEqualTo(UpdateVerdict.TASK_UNKNOWN);
    }

    @Test
    void updatesOfAnUnreachableAgentAreDropped() {
        var update = cluster.update(task, TaskState.TASK_RUNNING, 1);
        cluster.accepted(new AgentCommand.MarkAgentsUnreachable(
                List.of(new AgentCommand.MarkAgentsUnreachable.Silent(agent, cluster.now()))));

        assertThat(applied(update)).isEqualTo(UpdateVerdict.AGENT_UNKNOWN);
    }

    @Test
    void anEndedTaskStaysUntilItsEndIsAcknowledged() {
        cluster.updated(task, TaskState.TASK_RUNNING, 1);
        assertThat(cluster.acknowledged(task, 1)).isEqualTo(AcknowledgeVerdict.ACKNOWLEDGED);
        cluster.updated(task, TaskState.TASK_FINISHED, 2);
        assertThat(cluster.acknowledged(task, 1)).isEqualTo(AcknowledgeVerdict.OTHER_UPDATE);
        assertThat(cluster.registry().task(task)).isNotNull();

        assertThat(cluster.acknowledged(task, 2)).isEqualTo(AcknowledgeVerdict.COMPLETED);

        assertThat(cluster.registry().task(task)).isNull();
        assertThat(cluster.registry().completedTaskCount(framework)).isEqualTo(1);
        assertThat(cluster.acknowledged(task, 2)).isEqualTo(AcknowledgeVerdict.TASK_UNKNOWN);
    }

    @Test
    void aTerminalUpdateThatNeedsNoAcknowledgementCompletesTheTask() {
        cluster.updated(task, TaskState.TASK_FAILED, 0);

        assertThat(cluster.registry().task(task)).isNull();
        assertThat(cluster.registry().completedTaskCount(framework)).isEqualTo(1);
    }

    @Test
    void onlySoManyCompletedTasksAreRemembered() {
        for (int i = 0; i < Limits.COMPLETED_TASKS_PER_FRAMEWORK_MAX + 5; i++) {
            var key = cluster.launched(framework, agent, "n" + i, "cpus:1");
            cluster.updated(key, TaskState.TASK_FINISHED, 0);
        }

        var first = cluster.registry().completedTasks(framework).iterator().next();
        assertThat(cluster.registry().completedTaskCount(framework))
                .isEqualTo(Limits.COMPLETED_TASKS_PER_FRAMEWORK_MAX);
        assertThat(first.task().taskId()).isEqualTo("n5");
    }

    @Test
    void aDroppedTaskIsCompletedAtOnce() {
        cluster.accepted(TestCluster.drop(task, TaskState.TASK_LOST));

        var completed = cluster.registry().completedTasks(framework).iterator().next();
        assertThat(cluster.registry().task(task)).isNull();
        assertThat(completed.task().state()).isEqualTo(TaskState.TASK_LOST);
    }

    @Test
    void droppingDoesNotChangeHowATaskEnded() {
        cluster.updated(task, TaskState.TASK_FINISHED, 1);

        cluster.accepted(TestCluster.drop(task, TaskState.TASK_LOST));

        assertThat(cluster.registry()
                        .completedTasks(framework)
                        .iterator()
                        .next()
                        .task()
                        .state())
                .isEqualTo(TaskState.TASK_FINISHED);
    }

    @Test
    void aTaskCannotBeDroppedIntoAStateThatIsNotTerminal() {
        assertThat(cluster.rejected(TestCluster.drop(task, TaskState.TASK_RUNNING)))
                .isEqualTo(Reason.BAD_COMMAND);
    }
}
