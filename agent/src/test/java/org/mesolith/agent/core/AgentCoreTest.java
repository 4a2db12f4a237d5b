package org.mesolith.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mesolith.agent.core.Bench.AGENT;
import static org.mesolith.agent.core.Bench.AT;
import static org.mesolith.agent.core.Bench.F1;
import static org.mesolith.agent.core.Bench.PROCESS;
import static org.mesolith.agent.core.Bench.RUN;
import static org.mesolith.agent.core.Bench.TASK;
import static org.mesolith.agent.core.Bench.fence;
import static org.mesolith.agent.core.Bench.launch;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Check;
import org.mesolith.base.Halt;
import org.mesolith.model.AgentId;
import org.mesolith.model.Fence;
import org.mesolith.model.Position;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;

final class AgentCoreTest {
    @Test
    void anAgentJoinsWithItsDigestAndIsWelcomedOnceItsIdIsOnDisk() {
        var bench = new Bench();
        bench.on(new AgentEvent.LinkUp(1));
        bench.says(1, new LinkMessage.Welcome(F1, AGENT, Duration.ofSeconds(1)));
        assertThat(bench.core.snapshot(bench.now).registered()).isFalse();

        bench.writeIdentity();

        assertThat(bench.messages(LinkMessage.Join.class)).hasSize(1);
        assertThat(bench.core.snapshot(bench.now).registered()).isTrue();
        assertThat(bench.core.snapshot(bench.now).identity()).isEqualTo(new AgentRecord(AGENT, F1));
    }

    @Test
    void aLaunchIsOnDiskBeforeAnythingStartsOrIsSaid() {
        var bench = Bench.joined();
        bench.says(1, launch(F1));
        assertThat(bench.all(AgentEffect.Spawn.class)).isEmpty();
        assertThat(bench.states()).isEmpty();

        bench.write();

        assertThat(bench.all(AgentEffect.Spawn.class)).hasSize(1);
        assertThat(bench.states()).containsExactly(TaskState.TASK_STARTING);
    }

    @Test
    void theSameLaunchTwiceStartsOneProcess() {
        var bench = Bench.joined();
        bench.says(1, launch(F1));
        bench.says(1, launch(F1));
        bench.write();
        bench.says(1, launch(F1));

        assertThat(bench.all(AgentEffect.Spawn.class)).hasSize(1);
    }

    @Test
    void aTaskIdThatIsUsedAgainIsAnotherRun() {
        var bench = Bench.joined();
        bench.says(1, launch(F1));
        bench.write();
        bench.says(1, launch(F1, new Position(8, 0), "run"));
        bench.write();

        assertThat(bench.all(AgentEffect.Spawn.class))
                .extracting(AgentEffect.Spawn::container)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void updatesGoOutOneByOneAndTheNextOneAfterTheAcknowledgement() {
        var bench = Bench.joined();
        bench.says(1, launch(F1));
        bench.write();
        bench.on(new AgentEvent.Spawned(RUN, PROCESS));
        bench.write();
        assertThat(bench.states()).containsExactly(TaskState.TASK_STARTING);
        assertThat(bench.sent().getFirst().latest()).isEqualTo(TaskState.TASK_STARTING);

        bench.acknowledge();

        assertThat(bench.states()).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    }

    @Test
    void theNextUpdateWaitsUntilTheAcknowledgementIsWrittenDown() {
        var bench = Bench.joined();
        bench.says(1, launch(F1));
        bench.write();
        bench.on(new AgentEvent.Spawned(RUN, PROCESS));
        bench.write();
        var uuid =
                org.mesolith.base.Check.present(bench.sent().getLast().status().uuid(), "uuid");
        bench.says(1, new LinkMessage.AcknowledgeStatus(F1, TASK, uuid));
        assertThat(bench.states()).containsExactly(TaskState.TASK_STARTING);

        bench.write();

        assertThat(bench.states()).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    }

    @Test
    void anUpdateIsSentAgainAfterTenSecondsThenTwentyUntilAcknowledged() {
        var bench = Bench.joined();
        bench.says(1, launch(F1));
        bench.write();
        bench.says(1, new LinkMessage.MasterHeartbeat(F1));

        quietly(bench, Duration.ofSeconds(9));
        assertThat(bench.states()).hasSize(1);
        quietly(bench, Duration.ofSeconds(2));
        assertThat(bench.states()).hasSize(2);
        quietly(bench, Duration.ofSeconds(18));
        assertThat(bench.states()).hasSize(2);
        quietly(bench, Duration.ofSeconds(3));
        assertThat(bench.states()).hasSize(3);
        bench.acknowledge();
        quietly(bench, Duration.ofMinutes(20));
        assertThat(bench.states()).hasSize(3);
    }

    @Test
    void anAcknowledgementOfAnotherUpdateIsIgnored() {
        var bench = Bench.running();
        bench.on(new AgentEvent.Exited(RUN, new TaskExit.Status(0)));
        bench.on(new AgentEvent.CleanedUp(RUN));
        bench.write();
        bench.acknowledge(new org.mesolith.model.Uuid(1, 2));

        assertThat(bench.all(AgentEffect.Forget.class)).isEmpty();
    }

    @Test
    void aTaskIsForgottenWhenItsTerminalUpdateIsAcknowledged() {
        var bench = Bench.running();
        bench.on(new AgentEvent.Exited(RUN, new TaskExit.Status(0)));
        assertThat(bench.states()).isEmpty();
        bench.on(new AgentEvent.CleanedUp(RUN));
        bench.write();
        bench.acknowledge();

        assertThat(bench.states()).containsExactly(TaskState.TASK_FINISHED);
        assertThat(bench.all(AgentEffect.Forget.class)).hasSize(1);
        assertThat(bench.core.snapshot(bench.now).live()).isEmpty();
        assertThat(bench.core.snapshot(bench.now).completed()).hasSize(1);
    }

    @Test
    void anOrderOfAnOlderLeaderIsRefusedAndAnswered() {
        var bench = new Bench();
        bench.join(1, fence(5));
        bench.says(1, launch(fence(4)));

        assertThat(bench.messages(LinkMessage.RefusedOrder.class))
                .containsExactly(new LinkMessage.RefusedOrder(fence(4), fence(5), Fence.Verdict.STALE));
        assertThat(bench.all(AgentEffect.WriteRun.class)).isEmpty();
    }

    @Test
    void anOrderOfAnotherClusterIsRefused() {
        var bench = Bench.joined();
        bench.says(1, launch(new Fence("other", 9, 9, 9)));

        assertThat(bench.messages(LinkMessage.RefusedOrder.class))
                .extracting(LinkMessage.RefusedOrder::verdict)
                .containsExactly(Fence.Verdict.OTHER_CLUSTER);
    }

    @Test
    void aNewerFenceIsOnDiskBeforeItsOrderIsObeyed() {
        var bench = Bench.joined();
        bench.effects.clear();
        bench.says(1, launch(fence(2)));
        assertThat(bench.all(AgentEffect.WriteRun.class)).isEmpty();

        bench.writeIdentity();

        assertThat(bench.all(AgentEffect.WriteRun.class)).hasSize(1);
        assertThat(bench.last(AgentEffect.WriteIdentity.class).identity().newest())
                .isEqualTo(fence(2));
    }

    @Test
    void aFenceThatTheDiskRefusesIsNotObeyed() {
        var bench = Bench.joined();
        bench.says(1, launch(fence(2)));
        bench.on(new AgentEvent.IdentityRefused(
                bench.last(AgentEffect.WriteIdentity.class).version(), "broken"));

        assertThat(bench.all(AgentEffect.WriteRun.class)).isEmpty();
        assertThat(bench.last(AgentEffect.DropLink.class).why()).contains("broken");
        assertThat(bench.core.snapshot(bench.now).identity().newest()).isEqualTo(F1);
    }

    @Test
    void anAgentWhoseDiskRefusesItsNewIdComesBackUnderIt() {
        var bench = new Bench();
        bench.on(new AgentEvent.LinkUp(1));
        bench.says(1, new LinkMessage.Welcome(F1, Bench.AGENT, Duration.ofSeconds(1)));
        bench.on(new AgentEvent.IdentityRefused(
                bench.last(AgentEffect.WriteIdentity.class).version(), "full"));

        bench.on(new AgentEvent.LinkUp(2));

        assertThat(bench.last(AgentEffect.Send.class).message())
                .isInstanceOfSatisfying(
                        LinkMessage.Join.class, join -> assertThat(join.known()).isEqualTo(Bench.AGENT));
    }

    /** The fence alone was on disk before, of an order that came to nothing. */
    @Test
    void anIdThatTheDiskRefusedIsWrittenAgainAlsoWhenItsFenceIsOnDisk() {
        var bench = new Bench();
        bench.on(new AgentEvent.LinkUp(1));
        bench.says(1, new LinkMessage.Refuse(F1, "join again", false));
        bench.writeIdentity();
        bench.on(new AgentEvent.LinkUp(2));
        bench.says(2, new LinkMessage.Welcome(F1, Bench.AGENT, Duration.ofSeconds(1)));
        bench.on(new AgentEvent.IdentityRefused(
                bench.last(AgentEffect.WriteIdentity.class).version(), "full"));

        bench.join(3, F1);

        assertThat(bench.core.snapshot(bench.now).registered()).isTrue();
        assertThat(bench.last(AgentEffect.WriteIdentity.class).identity()).isEqualTo(new AgentRecord(Bench.AGENT, F1));
    }

    @Test
    void aKillIsOnDiskThenTermThenAfterTheGraceTheWholeTree() {
        var bench = Bench.running();
        bench.says(1, new LinkMessage.Kill(F1, TASK, null));
        assertThat(bench.all(AgentEffect.Terminate.class)).isEmpty();
        bench.write();
        assertThat(bench.all(AgentEffect.Terminate.class)).hasSize(1);
        bench.advance(Duration.ofMillis(2_900));
        assertThat(bench.all(AgentEffect.KillTree.class)).isEmpty();
        bench.advance(Duration.ofMillis(200));
        assertThat(bench.all(AgentEffect.KillTree.class)).hasSize(1);
    }

    @Test
    void aSecondKillWithAShorterGraceHastensTheEnd() {
        var bench = Bench.running();
        bench.says(1, new LinkMessage.Kill(F1, TASK, Duration.ofHours(1)));
        bench.write();
        bench.says(1, new LinkMessage.Kill(F1, TASK, Duration.ofMillis(500)));
        bench.advance(Duration.ofMillis(600));

        assertThat(bench.all(AgentEffect.Terminate.class)).hasSize(1);
        assertThat(bench.all(AgentEffect.KillTree.class)).hasSize(1);
    }

    @Test
    void aKilledTaskIsKilledEvenWhenItExitsWithZero() {
        var bench = Bench.running();
        bench.says(1, new LinkMessage.Kill(F1, TASK, null));
        bench.write();
        end(bench, new TaskExit.Status(0));

        assertThat(bench.states()).containsExactly(TaskState.TASK_KILLED);
        assertThat(bench.sent().getFirst().status().message()).isEqualTo("Command exited with status 0");
    }

    @Test
    void aFrameworkWithTheCapabilitySeesKilling() {
        var bench = Bench.joined();
        bench.says(1, launch(F1, AT, "killing"));
        bench.write();
        bench.on(new AgentEvent.Spawned(RUN, PROCESS));
        bench.write();
        bench.acknowledge();
        bench.acknowledge();
        bench.says(1, new LinkMessage.Kill(F1, TASK, null));
        bench.write();

        assertThat(bench.states().getLast()).isEqualTo(TaskState.TASK_KILLING);
    }

    @Test
    void aKillBeforeTheStartIsWrittenStartsNothing() {
        var bench = Bench.joined();
        bench.says(1, launch(F1));
        bench.says(1, new LinkMessage.Kill(F1, TASK, null));
        bench.write();
        bench.acknowledge();

        assertThat(bench.all(AgentEffect.Spawn.class)).isEmpty();
        assertThat(bench.states()).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_KILLED);
        assertThat(bench.sent().getLast().status().reason()).isEqualTo(StatusReason.REASON_TASK_KILLED_DURING_LAUNCH);
    }

    @Test
    void aKillWhileStartingTermsTheProcessAsSoonAsItRuns() {
        var bench = Bench.joined();
        bench.says(1, launch(F1));
        bench.write();
        bench.says(1, new LinkMessage.Kill(F1, TASK, null));
        bench.on(new AgentEvent.Spawned(RUN, PROCESS));
        bench.write();

        assertThat(bench.all(AgentEffect.Terminate.class)).hasSize(1);
    }

    @Test
    void endingsAreReportedAsMesosDoes() {
        assertThat(ending(new TaskExit.Status(0))).isEqualTo("TASK_FINISHED null Command exited with status 0");
        assertThat(ending(new TaskExit.Status(3))).isEqualTo("TASK_FAILED null Command exited with status 3");
        assertThat(ending(new TaskExit.Signal(9))).isEqualTo("TASK_FAILED null Command terminated with signal Killed");
        assertThat(ending(new TaskExit.Unknown("gone"))).isEqualTo("TASK_FAILED REASON_EXECUTOR_TERMINATED gone");
        assertThat(ending(new TaskExit.NotStarted("no such user")))
                .isEqualTo("TASK_FAILED REASON_CONTAINER_LAUNCH_FAILED no such user");
        assertThat(ending(new TaskExit.Rebooted())).startsWith("TASK_GONE REASON_EXECUTOR_TERMINATED");
    }

    @Test
    void aTaskThatOutlivesItsTimeHasFailed() {
        var bench = Bench.joined();
        bench.says(1, launch(F1, AT, "time"));
        bench.write();
        bench.on(new AgentEvent.Spawned(RUN, PROCESS));
        bench.write();
        bench.acknowledge();
        bench.acknowledge();
        bench.effects.clear();
        bench.advance(Duration.ofSeconds(61));
        bench.write();
        bench.advance(Duration.ZERO);
        assertThat(bench.all(AgentEffect.KillTree.class)).hasSize(1);
        bench.join(2, fence(2));
        end(bench, new TaskExit.Signal(9));

        assertThat(bench.sent().getLast().status().reason()).isEqualTo(StatusReason.REASON_MAX_COMPLETION_TIME_REACHED);
    }

    @Test
    void aFullDiskRefusesTheLaunchAndTheAgentLives() {
        var bench = Bench.joined();
        bench.says(1, launch(F1));
        bench.on(new AgentEvent.RunRefused(
                RUN, bench.last(AgentEffect.WriteRun.class).version(), "No space left on device"));
        bench.on(new AgentEvent.RunRefused(
                RUN, bench.last(AgentEffect.WriteRun.class).version(), "No space left on device"));

        assertThat(bench.all(AgentEffect.Spawn.class)).isEmpty();
        assertThat(bench.states()).containsExactly(TaskState.TASK_FAILED);
        assertThat(bench.sent().getFirst().status().message()).contains("No space left on device");
    }

    @Test
    void anUpdateThatTheDiskRefusesIsSentAllTheSameAndWrittenLater() {
        var bench = Bench.running();
        bench.on(new AgentEvent.Exited(RUN, new TaskExit.Status(0)));
        bench.on(new AgentEvent.CleanedUp(RUN));
        bench.on(new AgentEvent.RunRefused(
                RUN, bench.last(AgentEffect.WriteRun.class).version(), "No space left on device"));
        assertThat(bench.states()).containsExactly(TaskState.TASK_FINISHED);
        int writes = bench.all(AgentEffect.WriteRun.class).size();
        bench.advance(Duration.ofSeconds(6));

        assertThat(bench.all(AgentEffect.WriteRun.class)).hasSize(writes + 1);
    }

    @Test
    void anUpdateWaitsUntilTheAcknowledgementBeforeItIsOnDisk() {
        var bench = Bench.joined();
        bench.says(1, launch(F1));
        bench.write();
        bench.on(new AgentEvent.Spawned(RUN, PROCESS));
        bench.write();
        bench.says(
                1,
                new LinkMessage.AcknowledgeStatus(
                        F1, TASK, Check.present(bench.sent().getLast().status().uuid(), "uuid")));
        bench.on(new AgentEvent.RunRefused(
                RUN, bench.last(AgentEffect.WriteRun.class).version(), "No space left on device"));
        assertThat(bench.states()).containsExactly(TaskState.TASK_STARTING);

        bench.advance(Duration.ofSeconds(6));
        bench.write();

        assertThat(bench.states()).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    }

    @Test
    void aNewMasterGetsEveryUpdateThatWaitsAtOnce() {
        var bench = Bench.joined();
        bench.says(1, launch(F1));
        bench.write();
        bench.on(new AgentEvent.LinkDown(1));
        bench.effects.clear();
        bench.join(2, fence(2));

        assertThat(bench.states()).containsExactly(TaskState.TASK_STARTING);
        assertThat(bench.messages(LinkMessage.Join.class).getFirst().tasks()).isEqualTo(1);
    }

    @Test
    void aRejoinChangesNothingForTasks() {
        var bench = Bench.running();
        bench.on(new AgentEvent.LinkDown(1));
        bench.advance(Duration.ofHours(3));
        bench.join(2, fence(2));

        assertThat(bench.all(AgentEffect.KillTree.class)).isEmpty();
        assertThat(bench.all(AgentEffect.Terminate.class)).isEmpty();
        assertThat(bench.states()).isEmpty();
    }

    @Test
    void aSilentMasterIsLeft() {
        var bench = Bench.joined();
        bench.effects.clear();
        bench.advance(Duration.ofSeconds(5));

        assertThat(bench.all(AgentEffect.DropLink.class).getFirst().soon()).isTrue();
    }

    @Test
    void tasksThatTheMasterAsksForAndNobodyKnowsAreDropped() {
        var bench = Bench.joined();
        bench.says(
                1,
                new LinkMessage.CheckTasks(
                        F1, List.of(new LinkMessage.CheckTasks.TaskRun(TASK.framework(), TASK.task(), AT))));
        bench.write();

        assertThat(bench.states()).containsExactly(TaskState.TASK_DROPPED);
        assertThat(bench.sent().getFirst().status().reason()).isEqualTo(StatusReason.REASON_RECONCILIATION);
    }

    @Test
    void aShutDownFrameworkLosesItsTasksWithoutAWord() {
        var bench = Bench.running();
        bench.says(1, new LinkMessage.ShutdownFramework(F1, TASK.framework()));
        bench.write();
        end(bench, new TaskExit.Signal(15));

        assertThat(bench.all(AgentEffect.Terminate.class)).hasSize(1);
        assertThat(bench.states()).isEmpty();
        assertThat(bench.all(AgentEffect.Forget.class)).hasSize(1);
    }

    @Test
    void anotherIdThanTheOneOnDiskEndsTheAgent() {
        var bench = new Bench(new Recovered(new AgentRecord(AGENT, F1), List.of()));
        bench.on(new AgentEvent.LinkUp(1));
        bench.says(1, new LinkMessage.Welcome(F1, new AgentId("someone-else"), Duration.ofSeconds(1)));

        assertThat(bench.last(AgentEffect.Stop.class).code()).isEqualTo(Halt.Code.REFUSED);
    }

    @Test
    void anAgentThatIsGoneForGoodEndsItsTasksAndItself() {
        var bench = Bench.running();
        bench.says(1, new LinkMessage.Refuse(F1, "marked gone", true));
        bench.write();
        assertThat(bench.all(AgentEffect.Stop.class)).isEmpty();
        end(bench, new TaskExit.Signal(15));

        assertThat(bench.last(AgentEffect.Stop.class).code()).isEqualTo(Halt.Code.REFUSED);
    }

    @Test
    void anAgentThatLeavesSaysSoEndsItsTasksAndForgetsItsId() {
        var bench = Bench.running();
        bench.on(new AgentEvent.LeaveAsked());
        bench.write();
        end(bench, new TaskExit.Signal(15));
        bench.writeIdentity();

        assertThat(bench.messages(LinkMessage.Leave.class)).hasSize(1);
        assertThat(bench.disk()).isEqualTo(new Recovered(new AgentRecord(null, F1), List.of()));
        assertThat(bench.last(AgentEffect.Stop.class).code()).isEqualTo(Halt.Code.STOPPED);
    }

    private static String ending(TaskExit exit) {
        var bench = Bench.running();
        end(bench, exit);
        var status = bench.sent().getLast().status();
        return status.state() + " " + status.reason() + " " + status.message();
    }

    private static void end(Bench bench, TaskExit exit) {
        bench.on(new AgentEvent.Exited(RUN, exit));
        bench.on(new AgentEvent.CleanedUp(RUN));
        bench.write();
    }

    /** Time passes and the master speaks each second. */
    private static void quietly(Bench bench, Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            bench.advance(Duration.ofSeconds(1));
            bench.says(1, new LinkMessage.MasterHeartbeat(F1));
        }
    }

    @Test
    void filesAreFetchedBeforeTheTaskIsStarted() {
        var bench = Bench.joined();
        bench.says(1, Bench.launch(F1, Bench.AT, "fetch"));
        bench.write();

        assertThat(bench.all(AgentEffect.Fetch.class)).hasSize(1);
        assertThat(bench.all(AgentEffect.Spawn.class)).isEmpty();

        bench.on(new AgentEvent.Fetched(RUN));

        assertThat(bench.all(AgentEffect.Spawn.class)).hasSize(1);
    }

    @Test
    void aKillDuringAFetchStopsItAndNothingIsStarted() {
        var bench = Bench.joined();
        bench.says(1, Bench.launch(F1, Bench.AT, "fetch"));
        bench.write();
        bench.says(1, new LinkMessage.Kill(F1, Bench.TASK, null));
        bench.on(new AgentEvent.Fetched(RUN)); // too late to be stopped
        bench.on(new AgentEvent.CleanedUp(RUN));
        bench.write();

        assertThat(bench.all(AgentEffect.StopFetch.class)).hasSize(1);
        assertThat(bench.all(AgentEffect.Spawn.class)).isEmpty();
        assertThat(bench.last(AgentEffect.WriteRun.class)
                        .run()
                        .progress()
                        .updates()
                        .getLast()
                        .reason())
                .isEqualTo(StatusReason.REASON_TASK_KILLED_DURING_LAUNCH);
    }
}
