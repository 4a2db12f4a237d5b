package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.AgentTask;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.state.TaskCommand.UpdateTasks;

/** Tasks: updates, acknowledgements, kills, questions, and what happens when an agent comes back. */
final class TaskLifeTest {
    private final Bed bed = new Bed();
    private final TestAgent agent = bed.agent("h1", "cpus:8;mem:4096");
    private final TestFramework framework = bed.framework("r", FrameworkCapability.PARTITION_AWARE);

    private LinkMessage.Launch launch(String id) {
        framework.launch(framework.offers().getFirst(), TestFramework.task(id, agent.id(), "cpus:1;mem:64"));
        return agent.launches().getFirst();
    }

    private void ask(String task, String onAgent) {
        var asked =
                new SchedulerCall.Reconcile.Asked(new TaskId(task), onAgent.isEmpty() ? null : new AgentId(onAgent));
        framework.call(new SchedulerCall.Reconcile(List.of(asked)));
    }

    @Test
    void updatesThatArriveTogetherAreOneCommand() {
        var launch = launch("t1");
        var key = launch.key();
        for (int i = 1; i <= 5; i++) {
            bed.leaders()
                    .said(
                            agent.link(),
                            "10.0.0.1",
                            agent.statuses(
                                    key.framework(), key.task(), launch.launchedAt(), TaskState.TASK_RUNNING, i));
        }
        bed.advance(Duration.ofMillis(5));

        assertThat(bed.log.commands(UpdateTasks.class)).hasSize(1);
        assertThat(framework.updates()).hasSize(5);
    }

    @Test
    void updatesOfATaskKeepTheirOrder() {
        var launch = launch("t1");

        agent.report(launch, TaskState.TASK_STARTING, 1);
        agent.report(launch, TaskState.TASK_RUNNING, 2);
        agent.report(launch, TaskState.TASK_FINISHED, 3);

        assertThat(framework.states()).containsExactly("t1:TASK_STARTING", "t1:TASK_RUNNING", "t1:TASK_FINISHED");
    }

    @Test
    void theDataOfAnUpdateReachesTheFrameworkAndNotTheLog() {
        var launch = launch("t1");
        var key = launch.key();

        agent.report(key.framework(), key.task(), launch.launchedAt(), TaskState.TASK_RUNNING, 1, new byte[] {1, 2});

        assertThat(framework.events())
                .last()
                .isInstanceOfSatisfying(
                        SchedulerEvent.Update.class,
                        update -> assertThat(update.data()).containsExactly(1, 2));
    }

    @Test
    void aRepeatedUpdateIsForwardedAgain() {
        var launch = launch("t1");
        agent.report(launch, TaskState.TASK_RUNNING, 1);
        agent.report(launch, TaskState.TASK_RUNNING, 1);

        assertThat(framework.states()).containsExactly("t1:TASK_RUNNING", "t1:TASK_RUNNING");
    }

    @Test
    void updatesForAFrameworkThatIsAwayAreKeptByTheAgent() {
        var launch = launch("t1");
        framework.cut();
        agent.report(launch, TaskState.TASK_RUNNING, 1);
        var back = framework.again();

        assertThat(back.states()).isEmpty();
        agent.report(launch, TaskState.TASK_RUNNING, 1);

        assertThat(back.states()).containsExactly("t1:TASK_RUNNING");
        assertThat(agent.heard(LinkMessage.AcknowledgeStatus.class)).isEmpty();
    }

    @Test
    void anUpdateOfAFrameworkThatEndedIsAcknowledgedAndTheAgentIsTold() {
        agent.report(new FrameworkId("nobody"), new TaskId("x"), new Position(1, 0), TaskState.TASK_RUNNING, 1, null);

        var heard = bed.messages(agent.link());
        assertThat(heard).hasAtLeastOneElementOfType(LinkMessage.AcknowledgeStatus.class);
        assertThat(heard).hasAtLeastOneElementOfType(LinkMessage.ShutdownFramework.class);
    }

    @Test
    void anUpdateOfAnOlderRunIsAcknowledgedAndNotBelieved() {
        var launch = launch("t1");

        agent.report(launch.key().framework(), launch.key().task(), new Position(1, 0), TaskState.TASK_FAILED, 1, null);

        assertThat(framework.states()).isEmpty();
        assertThat(agent.heard(LinkMessage.AcknowledgeStatus.class)).hasSize(1);
        assertThat(bed.view().tasks().active()).singleElement().matches(task -> task.state() == TaskState.TASK_STAGING);
    }

    @Test
    void anEndThatTheFrameworkAcknowledgedBeforeIsAcknowledgedAtOnce() {
        var launch = launch("t1");
        var uuid = agent.report(launch, TaskState.TASK_FINISHED, 1);
        framework.call(new SchedulerCall.Acknowledge(agent.id(), launch.key().task(), uuid));
        bed.advance(Duration.ofMillis(5));
        framework.events();
        bed.messages(agent.link());

        agent.report(launch, TaskState.TASK_FINISHED, 1);

        assertThat(framework.events()).isEmpty();
        assertThat(agent.heard(LinkMessage.AcknowledgeStatus.class)).hasSize(1);
    }

    @Test
    void theEndOfATaskIsFiledBeforeItsAgentMayForgetIt() {
        var launch = launch("t1");
        var uuid = agent.report(launch, TaskState.TASK_FINISHED, 1);
        bed.messages(agent.link());
        bed.log.hold();

        framework.call(new SchedulerCall.Acknowledge(agent.id(), launch.key().task(), uuid));
        bed.advance(Duration.ofMillis(5));
        assertThat(agent.heard(LinkMessage.AcknowledgeStatus.class)).isEmpty();
        bed.log.release();

        assertThat(agent.heard(LinkMessage.AcknowledgeStatus.class)).hasSize(1);
    }

    @Test
    void anAcknowledgementIsGoodAlsoAfterTheLeaderChanged() {
        var launch = launch("t1");
        var uuid = agent.report(launch, TaskState.TASK_FINISHED, 1);
        bed.failOver();
        agent.join(TestAgent.task(launch, TaskState.TASK_FINISHED));
        var back = framework.again();

        bed.call(
                back.id(),
                back.stream(),
                new SchedulerCall.Acknowledge(agent.id(), launch.key().task(), uuid));
        bed.advance(Duration.ofMillis(5));

        assertThat(agent.heard(LinkMessage.AcknowledgeStatus.class)).hasSize(1);
        assertThat(bed.view().tasks().active()).isEmpty();
    }

    @Test
    void aKillGoesToTheAgentAndAgainWhenItComesBack() {
        var launch = launch("t1");

        framework.call(new SchedulerCall.Kill(new TaskId("t1"), null, Duration.ofSeconds(7)));
        assertThat(agent.heard(LinkMessage.Kill.class))
                .singleElement()
                .matches(kill -> Duration.ofSeconds(7).equals(kill.grace()));
        agent.cut();
        var answer = agent.join(TestAgent.task(launch, TaskState.TASK_STAGING));

        assertThat(answer).hasAtLeastOneElementOfType(LinkMessage.Kill.class);
    }

    @Test
    void aKillOfAnUnreachableTaskIsAnsweredAndCarriedOutWhenItsAgentIsBack() {
        var launch = launch("t1");
        agent.cut();
        bed.advance(Duration.ofSeconds(80));
        framework.events();

        framework.call(new SchedulerCall.Kill(new TaskId("t1"), null, null));
        assertThat(framework.states()).containsExactly("t1:TASK_UNREACHABLE");
        var answer = agent.join(TestAgent.task(launch, TaskState.TASK_STAGING));

        assertThat(answer).hasAtLeastOneElementOfType(LinkMessage.Kill.class);
    }

    @Test
    void veryManyAnswersComePageByPage() {
        launch("t1");
        var one = new SchedulerCall.Reconcile.Asked(new TaskId("t1"), null);

        framework.call(new SchedulerCall.Reconcile(java.util.Collections.nCopies(1_200, one)));
        assertThat(framework.states()).hasSize(500);
        bed.advance(Duration.ofMillis(20));
        assertThat(framework.states()).hasSize(500);
        bed.advance(Duration.ofMillis(20));

        assertThat(framework.states()).hasSize(200);
    }

    @Test
    void aKillForAnotherAgentThanTheTasksIsDropped() {
        launch("t1");
        framework.call(new SchedulerCall.Kill(new TaskId("t1"), new AgentId("other"), null));

        assertThat(agent.heard(LinkMessage.Kill.class)).isEmpty();
        assertThat(framework.states()).isEmpty();
    }

    @Test
    void aKillOfAnUnknownTaskIsAnsweredLikeAQuestionForIt() {
        framework.call(new SchedulerCall.Kill(new TaskId("nothing"), null, null));

        assertThat(framework.updates()).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(TaskState.TASK_UNKNOWN);
            assertThat(status.reason()).isEqualTo(StatusReason.REASON_RECONCILIATION);
        });
    }

    @Test
    void anOperatorsKillGoesToTheAgentOrSaysThatThereIsNoSuchTask() {
        launch("t1");

        assertThat(bed.operator(new OperatorCall.KillTask(framework.id(), new TaskId("t1"), null)))
                .isEqualTo(new Reply.Accepted());
        assertThat(bed.operator(new OperatorCall.KillTask(framework.id(), new TaskId("no"), null)))
                .isInstanceOf(Reply.NotFound.class);
        assertThat(agent.heard(LinkMessage.Kill.class)).hasSize(1);
    }

    @Test
    void explicitQuestionsAreAnsweredFromWhatIsKnown() {
        var launch = launch("t1");
        agent.report(launch, TaskState.TASK_RUNNING, 1);
        framework.events();

        ask("t1", agent.id().value());
        ask("x", agent.id().value());
        ask("x", "nowhere");
        ask("x", "");

        assertThat(framework.states())
                .containsExactly("t1:TASK_RUNNING", "x:TASK_GONE", "x:TASK_UNKNOWN", "x:TASK_UNKNOWN");
    }

    @Test
    void questionsAboutAnUnreachableAgentSaySo() {
        var launch = launch("t1");
        agent.report(launch, TaskState.TASK_RUNNING, 1);
        bed.advance(Duration.ofSeconds(80));
        framework.events();

        ask("t1", agent.id().value());
        ask("t1", "");

        var answers = framework.updates();
        assertThat(answers)
                .extracting(status -> status.task() + ":" + status.state())
                .containsExactly("t1:TASK_UNREACHABLE", "t1:TASK_UNKNOWN");
        // Field 14, ten bytes: field 1, a time in nanoseconds of nine bytes as a varint.
        assertThat(answers.getFirst().rest().bytes()).startsWith(0x72, 10, 0x08).hasSize(12);
    }

    @Test
    void anImplicitQuestionIsAnsweredWithEveryTaskThatHasNotCompleted() {
        var first = launch("t1");
        agent.report(first, TaskState.TASK_RUNNING, 1);
        framework.call(new SchedulerCall.Revive(List.of()));
        var second = launch("t2");
        var uuid = agent.report(second, TaskState.TASK_FINISHED, 2);
        framework.call(new SchedulerCall.Acknowledge(agent.id(), new TaskId("t2"), uuid));
        bed.advance(Duration.ofMillis(5));
        framework.events();

        framework.call(new SchedulerCall.Reconcile(List.of()));

        assertThat(framework.states()).containsExactly("t1:TASK_RUNNING");
    }

    @Test
    void theNextLeaderAnswersAtOnceAlsoForAgentsThatAreNotBack() {
        var launch = launch("t1");
        agent.report(launch, TaskState.TASK_RUNNING, 1);
        bed.failOver();
        var back = framework.again();

        bed.call(
                back.id(),
                back.stream(),
                new SchedulerCall.Reconcile(List.of(new SchedulerCall.Reconcile.Asked(new TaskId("t1"), agent.id()))));

        assertThat(back.states()).containsExactly("t1:TASK_RUNNING");
    }

    @Test
    void aLaunchThatTheAgentNeverHeardOfIsOrderedAgainWhenItComesBack() {
        framework.offers();
        agent.cut();
        agent.join();
        var fresh = framework.offers().getFirst();
        bed.close(agent.link(), "cut without notice");
        framework.launch(fresh, TestFramework.task("t1", agent.id(), "cpus:1;mem:64"));

        agent.join();
        agent.say(new LinkMessage.Tasks(List.of()));

        assertThat(agent.launches()).singleElement().satisfies(launch -> {
            assertThat(launch.key().task()).isEqualTo(new TaskId("t1"));
            assertThat(launch.taskInfo().isEmpty()).isFalse();
        });
    }

    @Test
    void aTaskThatWasReportedAndIsMissingIsAskedFor() {
        var launch = launch("t1");
        agent.report(launch, TaskState.TASK_RUNNING, 1);
        agent.join();
        agent.say(new LinkMessage.Tasks(List.of()));

        assertThat(agent.heard(LinkMessage.CheckTasks.class))
                .singleElement()
                .satisfies(check -> assertThat(check.runs()).hasSize(1));
    }

    @Test
    void anOlderRunOnTheAgentDoesNotStandForTheOneThatWasPromised() {
        var launch = launch("t1");
        var older = new AgentTask(launch.key(), new Position(1, 0), TaskState.TASK_RUNNING, null);

        agent.join(older);
        agent.say(new LinkMessage.Tasks(List.of(older)));
        bed.advance(Duration.ofMillis(5));

        assertThat(agent.launches()).extracting(LinkMessage.Launch::launchedAt).containsExactly(launch.launchedAt());
    }

    @Test
    void anotherEndOfATaskIsToldAsTheFirstOne() {
        var launch = launch("t1");
        agent.report(launch, TaskState.TASK_KILLED, 1);

        agent.report(launch, TaskState.TASK_FAILED, 2);

        assertThat(framework.states()).containsExactly("t1:TASK_KILLED", "t1:TASK_KILLED");
    }

    @Test
    void nothingOlderIsToldBehindAnEndAndItsAgentGoesOn() {
        var launch = launch("t1");
        agent.report(launch, TaskState.TASK_FINISHED, 2);
        bed.messages(agent.link());

        agent.report(launch, TaskState.TASK_RUNNING, 1);

        assertThat(framework.states()).containsExactly("t1:TASK_FINISHED");
        assertThat(agent.heard(LinkMessage.AcknowledgeStatus.class)).hasSize(1);
    }

    @Test
    void tasksOfEndedFrameworksAreEndedOnAnAgentThatComesBack() {
        var stray = new AgentTask(
                new TaskKey(new FrameworkId("ended"), new TaskId("x")),
                new Position(3, 0),
                TaskState.TASK_RUNNING,
                null);

        agent.join(stray);
        agent.say(new LinkMessage.Tasks(List.of(stray)));

        assertThat(agent.heard(LinkMessage.ShutdownFramework.class)).hasSize(1);
    }

    @Test
    void metricsCountWhatHappened() {
        var launch = launch("t1");
        agent.report(launch, TaskState.TASK_RUNNING, 1);
        assertThat(bed.metrics())
                .containsEntry("master/elected", 1.0)
                .containsEntry("master/tasks_running", 1.0)
                .containsEntry("master/tasks_staging", 0.0)
                .containsEntry("master/slaves_active", 1.0)
                .containsEntry("master/frameworks_active", 1.0)
                .containsEntry("master/cpus_total", 8.0)
                .containsEntry("master/cpus_used", 1.0)
                .containsEntry("master/valid_status_updates", 1.0);
    }
}
