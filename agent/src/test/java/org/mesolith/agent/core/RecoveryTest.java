package org.mesolith.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mesolith.agent.core.Bench.F1;
import static org.mesolith.agent.core.Bench.PROCESS;
import static org.mesolith.agent.core.Bench.RUN;
import static org.mesolith.agent.core.Bench.TASK;
import static org.mesolith.agent.core.Bench.fence;
import static org.mesolith.agent.core.Bench.launch;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.TaskState;

final class RecoveryTest {
    @Test
    void aLaunchThatWasWrittenButPerhapsNotStartedIsStartedAgain() {
        var before = Bench.joined();
        before.says(1, launch(F1));

        var after = new Bench(before.disk());

        assertThat(after.all(AgentEffect.Spawn.class)).hasSize(1);
        assertThat(after.last(AgentEffect.Spawn.class).container())
                .isEqualTo(before.last(AgentEffect.WriteRun.class).run().container());
    }

    @Test
    void aRunThatRanIsLookedForAndNotStarted() {
        var before = Bench.joined();
        before.says(1, launch(F1));
        before.write();
        before.on(new AgentEvent.Spawned(RUN, PROCESS));

        var after = new Bench(before.disk());

        assertThat(after.all(AgentEffect.Spawn.class)).isEmpty();
        assertThat(after.last(AgentEffect.Adopt.class).process()).isEqualTo(PROCESS);
    }

    @Test
    void anExitThatHappenedWhileNobodyLookedIsReportedAfterwards() {
        var before = Bench.joined();
        before.says(1, launch(F1));
        before.write();
        before.on(new AgentEvent.Spawned(RUN, PROCESS));
        var after = new Bench(before.disk());
        after.on(new AgentEvent.Exited(RUN, new TaskExit.Status(0)));
        after.on(new AgentEvent.CleanedUp(RUN));
        after.write();
        after.join(1, fence(2));
        after.says(1, acknowledgement(after));
        after.write();
        after.says(1, acknowledgement(after));
        after.write();

        assertThat(after.states())
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
    }

    @Test
    void aKillThatWasUnderWayIsFinished() {
        var before = Bench.joined();
        before.says(1, launch(F1));
        before.write();
        before.on(new AgentEvent.Spawned(RUN, PROCESS));
        before.write();
        before.says(1, new LinkMessage.Kill(F1, TASK, null));
        var after = new Bench(before.disk());
        after.on(new AgentEvent.Spawned(RUN, PROCESS));
        after.advance(java.time.Duration.ofSeconds(4));

        assertThat(after.all(AgentEffect.Terminate.class)).hasSize(1);
        assertThat(after.all(AgentEffect.KillTree.class)).hasSize(1);
    }

    @Test
    void whatARunLeftBehindIsRemovedAlthoughTheOldProcessHadBegunThat() {
        var before = Bench.joined();
        before.says(1, launch(F1));
        before.write();
        before.on(new AgentEvent.Spawned(RUN, PROCESS));
        before.write();
        before.on(new AgentEvent.Exited(RUN, new TaskExit.Status(0)));
        before.acknowledge();
        var after = new Bench(before.disk());
        after.on(new AgentEvent.Exited(RUN, new TaskExit.Status(0)));
        after.on(new AgentEvent.CleanedUp(RUN));

        assertThat(after.all(AgentEffect.CleanUp.class)).hasSize(1);
        assertThat(after.last(AgentEffect.WriteRun.class).run().progress().phase())
                .isEqualTo(TaskLifecycle.Phase.ENDED);
    }

    @Test
    void anotherUpdateAtTheSamePlaceHasAnotherUuid() {
        var container = Names.container(Bench.AGENT, RUN, 7);

        assertThat(Names.update(container, 2, TaskState.TASK_FAILED))
                .isNotEqualTo(Names.update(container, 2, TaskState.TASK_KILLING));
    }

    @Test
    void theFenceOfTheOldProcessStillCounts() {
        var before = new Bench();
        before.join(1, fence(5));
        var after = new Bench(before.disk());
        after.on(new AgentEvent.LinkUp(1));
        after.says(1, new LinkMessage.Welcome(fence(4), Bench.AGENT, java.time.Duration.ofSeconds(1)));

        assertThat(after.messages(LinkMessage.RefusedOrder.class)).hasSize(1);
        assertThat(after.core.snapshot(after.now).registered()).isFalse();
    }

    @Test
    void aSecondReportOfOneEndHasTheSameUuid() {
        var before = Bench.joined();
        before.says(1, launch(F1));
        before.write();
        before.on(new AgentEvent.Spawned(RUN, PROCESS));
        before.write();
        var disk = before.disk();

        assertThat(endOf(new Bench(disk))).isEqualTo(endOf(new Bench(disk)));
    }

    @Test
    void cleanupEndsWhatIsLeftAndStops() {
        var before = Bench.joined();
        before.says(1, launch(F1));
        before.write();
        before.on(new AgentEvent.Spawned(RUN, PROCESS));
        var info = before.messages(LinkMessage.Join.class).getFirst().info();
        var core = new AgentCore(new AgentSettings(info, java.time.Duration.ofSeconds(5), true), (TaskReaderForTests)
                (framework, task, user) -> new TaskReader.Reading.Refused("unreadable"));
        var effects = new java.util.ArrayList<>(core.start(before.now, before.disk()));
        effects.addAll(core.on(before.now, new AgentEvent.Exited(RUN, new TaskExit.Signal(15))));
        effects.addAll(core.on(before.now, new AgentEvent.CleanedUp(RUN)));

        assertThat(effects.getLast()).isInstanceOf(AgentEffect.Stop.class);
    }

    @Test
    void theRunsOfAnAgentThatForgotWhoItWasAreEndedAndNobodyHearsOfThem() {
        var before = Bench.joined();
        before.says(1, launch(F1));
        before.write();
        before.on(new AgentEvent.Spawned(RUN, PROCESS));
        before.write();
        var after = new Bench(new Recovered(AgentRecord.NEW, before.disk().runs()));
        after.on(new AgentEvent.Spawned(RUN, PROCESS));
        after.write();
        var terminated = after.all(AgentEffect.Terminate.class);
        after.on(new AgentEvent.Exited(RUN, new TaskExit.Signal(15)));
        after.on(new AgentEvent.CleanedUp(RUN));
        after.write();
        after.join(1, fence(2));

        assertThat(terminated).isNotEmpty();
        assertThat(after.states()).isEmpty();
        assertThat(after.all(AgentEffect.Forget.class)).hasSize(1);
    }

    @Test
    void aFetchIsBegunAnew() {
        var before = Bench.joined();
        before.says(1, Bench.launch(Bench.F1, Bench.AT, "fetch"));
        before.write();
        before.acknowledge();
        var after = new Bench(before.disk());

        assertThat(before.last(AgentEffect.WriteRun.class).run().progress().phase())
                .isEqualTo(TaskLifecycle.Phase.RECORDING);
        assertThat(after.all(AgentEffect.Fetch.class)).hasSize(1);
        assertThat(after.all(AgentEffect.Spawn.class)).isEmpty();
    }

    private static List<RunRecord.Update> endOf(Bench bench) {
        bench.on(new AgentEvent.Exited(RUN, new TaskExit.Status(0)));
        bench.on(new AgentEvent.CleanedUp(RUN));
        return bench.last(AgentEffect.WriteRun.class).run().progress().updates();
    }

    private static LinkMessage.AcknowledgeStatus acknowledgement(Bench bench) {
        var uuid = bench.sent().getLast().status().uuid();
        return new LinkMessage.AcknowledgeStatus(fence(2), TASK, org.mesolith.base.Check.present(uuid, "uuid"));
    }

    private interface TaskReaderForTests extends TaskReader {
        @Override
        default @org.jspecify.annotations.Nullable Long memory(org.mesolith.model.Opaque anyInfo) {
            return null;
        }

        @Override
        default org.mesolith.model.Opaque statusRest(
                org.mesolith.model.Uuid container,
                org.mesolith.model.@org.jspecify.annotations.Nullable Uuid parent,
                org.mesolith.api.@org.jspecify.annotations.Nullable CheckStatus check) {
            return org.mesolith.model.Opaque.empty("mesos.v1.TaskStatus");
        }

        @Override
        default Reading readExecutor(org.mesolith.model.Opaque executorInfo, String user, java.time.Duration grace) {
            return read(executorInfo, executorInfo, user);
        }

        @Override
        default org.mesolith.model.Opaque executorOf(
                org.mesolith.model.Opaque taskInfo, org.mesolith.model.FrameworkId framework) {
            return taskInfo;
        }

        @Override
        default @org.jspecify.annotations.Nullable String refusedUnderExecutor(org.mesolith.model.Opaque taskInfo) {
            return null;
        }

        @Override
        default org.mesolith.model.Opaque inContainer(
                org.mesolith.model.Opaque rest, org.mesolith.model.Uuid container) {
            return rest;
        }
    }
}
