package org.mesolith.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mesolith.api.ExecutorCall;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.api.ExecutorRequest;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Check;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;

/** Groups of tasks: under the built-in executor, whose work the agent does, and under one of a framework's. */
final class GroupsTest {
    private static final FrameworkId FRAMEWORK = Bench.TASK.framework();
    private static final ExecutorId E = new ExecutorId("e");
    private static final Position AT = new Position(7, 0);
    private static final RunId HOST = RunId.ofExecutor(FRAMEWORK, E, AT);

    private static final long MIB = 1 << 20;

    private final Bench bench = joined(new Bench());

    private static Bench joined(Bench bench) {
        bench.on(new AgentEvent.LinkUp(1));
        var level = LinkMessage.Software.EXECUTORS;
        bench.says(1, new LinkMessage.Welcome(Bench.F1, Bench.AGENT, Duration.ofSeconds(1), List.of(), level));
        if (!bench.all(AgentEffect.WriteIdentity.class).isEmpty()) {
            bench.writeIdentity();
        }
        return bench;
    }

    /** Tasks called after what they are, each with its number: {@code run1}. */
    private static LinkMessage.LaunchGroup group(Position at, String executor, String... what) {
        return new LinkMessage.LaunchGroup(
                Bench.F1,
                FRAMEWORK,
                at,
                1,
                "nobody",
                Opaque.empty("mesos.v1.FrameworkInfo"),
                new LinkMessage.Launch.Under(E, AT),
                Stream.of(what)
                        .map(each -> new LinkMessage.LaunchGroup.Member(
                                new TaskId(each),
                                Resources.EMPTY,
                                new Opaque(
                                        "mesos.v1.TaskInfo",
                                        (each.replaceAll("\\d", "") + "@" + executor)
                                                .getBytes(StandardCharsets.UTF_8))))
                        .toList());
    }

    private static LinkMessage.LaunchGroup group(String... what) {
        return group(AT, "builtin", what);
    }

    private static RunId run(String task) {
        return new RunId(new TaskKey(FRAMEWORK, new TaskId(task)), AT);
    }

    private static Bench running(Bench bench, String... tasks) {
        bench.says(1, group(tasks));
        bench.writeAll();
        for (var task : tasks) {
            bench.on(new AgentEvent.Spawned(run(task), Bench.PROCESS));
        }
        settle(bench);
        return bench;
    }

    /** Everything is written, and every update acknowledged, until nothing is left to do. */
    private static void settle(Bench bench) {
        for (int round = 0; round < 6; round++) {
            bench.writeAll();
            for (var sent : bench.sent()) {
                var status = sent.status();
                var key = new TaskKey(sent.framework(), status.task());
                bench.says(1, new LinkMessage.AcknowledgeStatus(Bench.F1, key, Check.present(status.uuid(), "uuid")));
            }
        }
    }

    private static void exits(Bench bench, String task, TaskExit exit) {
        bench.on(new AgentEvent.Exited(run(task), exit));
        bench.on(new AgentEvent.CleanedUp(run(task)));
    }

    private static List<TaskState> states(Bench bench, String task) {
        return bench.sent().stream()
                .filter(sent -> sent.status().task().value().equals(task))
                .map(sent -> sent.status().state())
                .distinct()
                .toList();
    }

    private static String lastWords(Bench bench, String task) {
        return bench.sent().stream()
                .filter(sent -> sent.status().task().value().equals(task))
                .toList()
                .getLast()
                .status()
                .message();
    }

    private static List<StatusReason> reasons(Bench bench) {
        return bench.sent().stream()
                .map(status -> status.status().reason())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static List<RunId> spawned(Bench bench) {
        return bench.all(AgentEffect.Spawn.class).stream()
                .map(AgentEffect.Spawn::run)
                .toList();
    }

    private static List<RunId> terminated(Bench bench) {
        return bench.all(AgentEffect.Terminate.class).stream()
                .map(AgentEffect.Terminate::run)
                .toList();
    }

    @Test
    void aGroupAndItsExecutorAreWrittenTogetherBeforeAnyOfItsTasksIsStarted() {
        bench.says(1, group("run1", "run2"));
        assertThat(bench.all(AgentEffect.WriteTogether.class))
                .singleElement()
                .satisfies(written -> assertThat(written.runs())
                        .extracting(write -> write.run().id())
                        .containsExactly(HOST, run("run1"), run("run2")));
        assertThat(spawned(bench)).isEmpty();
        bench.writeAll();

        assertThat(spawned(bench)).containsExactly(run("run1"), run("run2"));
        assertThat(bench.all(AgentEffect.Spawn.class))
                .allSatisfy(spawn -> assertThat(
                                Check.present(spawn.within(), "executor").executor())
                        .isEqualTo(HOST));
        assertThat(states(bench, "run1")).containsExactly(TaskState.TASK_STARTING);
    }

    @Test
    void aGroupThatTheDiskRefusesEndsWhole() {
        bench.says(1, group("run1", "run2"));
        for (var write : bench.writes()) {
            bench.on(new AgentEvent.RunRefused(write.run().id(), write.version(), "no space"));
        }
        settle(bench);

        assertThat(spawned(bench)).isEmpty();
        assertThat(states(bench, "run1")).endsWith(TaskState.TASK_FAILED);
        assertThat(states(bench, "run2")).endsWith(TaskState.TASK_FAILED);
        assertThat(bench.messages(LinkMessage.ExecutorEnded.class)).isNotEmpty();
    }

    @Test
    void aTaskThatCannotBeRunTakesTheGroupWithItBeforeAnythingIsStarted() {
        bench.says(1, group("run1", "refuse2"));
        settle(bench);

        assertThat(spawned(bench)).isEmpty();
        assertThat(states(bench, "run1")).containsExactly(TaskState.TASK_FAILED);
        assertThat(states(bench, "refuse2")).containsExactly(TaskState.TASK_FAILED);
        assertThat(reasons(bench)).containsExactly(StatusReason.REASON_CONTAINER_LAUNCH_FAILED);
        assertThat(lastWords(bench, "run1")).contains("Task 'refuse2' of the group");
    }

    @Test
    void aTaskThatFailsTakesTheOthersOfItsGroupWithItAndNobodyElse() {
        running(bench, "run1", "run2");
        bench.says(1, group(new Position(8, 0), "builtin", "run3"));
        bench.writeAll();
        bench.on(new AgentEvent.Spawned(
                new RunId(new TaskKey(FRAMEWORK, new TaskId("run3")), new Position(8, 0)), Bench.PROCESS));
        settle(bench);

        exits(bench, "run1", new TaskExit.Status(3));
        settle(bench);
        assertThat(states(bench, "run1")).endsWith(TaskState.TASK_FAILED);
        assertThat(terminated(bench)).containsExactly(run("run2"));
        exits(bench, "run2", new TaskExit.Signal(15));
        settle(bench);

        assertThat(states(bench, "run2")).endsWith(TaskState.TASK_KILLED);
        assertThat(lastWords(bench, "run2"))
                .isEqualTo("Command terminated with signal Terminated; another task of its group had failed or was"
                        + " killed");
        assertThat(states(bench, "run3")).endsWith(TaskState.TASK_RUNNING);
        assertThat(bench.messages(LinkMessage.ExecutorEnded.class)).isEmpty();
    }

    @Test
    void aTaskThatFinishesLeavesItsGroupAloneAndTheLastOneEndsTheExecutor() {
        running(bench, "run1", "run2");
        exits(bench, "run1", new TaskExit.Status(0));
        settle(bench);
        assertThat(terminated(bench)).isEmpty();
        assertThat(bench.messages(LinkMessage.ExecutorEnded.class)).isEmpty();

        exits(bench, "run2", new TaskExit.Status(0));
        bench.writeAll();
        assertThat(bench.messages(LinkMessage.ExecutorEnded.class)).isEmpty(); // its update is not acknowledged yet
        settle(bench);

        assertThat(bench.messages(LinkMessage.ExecutorEnded.class).getFirst())
                .satisfies(ended -> assertThat(ended.status()).isZero());
    }

    @Test
    void anExecutorWhoseUpdatesNobodyAcknowledgesWaitsAMinute() {
        running(bench, "run1");
        exits(bench, "run1", new TaskExit.Status(0));
        bench.writeAll();
        bench.advance(Duration.ofSeconds(59));
        bench.writeAll();
        assertThat(bench.messages(LinkMessage.ExecutorEnded.class)).isEmpty();

        bench.advance(Duration.ofSeconds(2));
        bench.writeAll();

        assertThat(bench.messages(LinkMessage.ExecutorEnded.class)).isNotEmpty();
    }

    @Test
    void aKilledTaskTakesItsGroupWithItEachWithItsOwnGrace() {
        running(bench, "run1", "run2");

        bench.says(1, new LinkMessage.Kill(Bench.F1, run("run1").key(), Duration.ofSeconds(1)));
        bench.writeAll();
        assertThat(terminated(bench)).containsExactly(run("run1"));
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.all(AgentEffect.KillTree.class)).hasSize(1);
        exits(bench, "run1", new TaskExit.Signal(9));
        settle(bench);
        assertThat(terminated(bench)).containsExactly(run("run1"), run("run2"));
        bench.advance(Duration.ofMillis(2_900));
        assertThat(bench.all(AgentEffect.KillTree.class)).hasSize(1);
        bench.advance(Duration.ofMillis(200));

        assertThat(bench.all(AgentEffect.KillTree.class)).hasSize(2);
        assertThat(states(bench, "run1")).endsWith(TaskState.TASK_KILLED);
    }

    @Test
    void aKillBeforeAnythingWasStartedEndsTheWholeGroup() {
        bench.says(1, group("run1", "run2"));
        bench.says(1, new LinkMessage.Kill(Bench.F1, run("run2").key(), null));
        settle(bench);

        assertThat(spawned(bench)).isEmpty();
        assertThat(states(bench, "run1")).endsWith(TaskState.TASK_KILLED);
        assertThat(states(bench, "run2")).endsWith(TaskState.TASK_KILLED);
        assertThat(reasons(bench)).containsExactly(StatusReason.REASON_TASK_KILLED_DURING_LAUNCH);
        assertThat(bench.messages(LinkMessage.ExecutorEnded.class)).isNotEmpty();
    }

    @Test
    void aShutdownEndsAllTasksWithinTheGraceOfTheExecutor() {
        running(bench, "run1", "run2");

        bench.says(1, new LinkMessage.ShutdownExecutor(Bench.F1, FRAMEWORK, E));
        bench.writeAll();
        assertThat(terminated(bench)).containsExactly(run("run1"), run("run2"));
        exits(bench, "run1", new TaskExit.Status(0));
        exits(bench, "run2", new TaskExit.Status(0));
        settle(bench);

        assertThat(states(bench, "run2")).endsWith(TaskState.TASK_KILLED);
        assertThat(bench.messages(LinkMessage.ExecutorEnded.class)).isNotEmpty();
        bench.says(1, group(new Position(9, 0), "builtin", "run3"));
        settle(bench);
        assertThat(states(bench, "run3")).containsExactly(TaskState.TASK_DROPPED);
        assertThat(reasons(bench)).contains(StatusReason.REASON_EXECUTOR_TERMINATED);
    }

    @Test
    void aFrameworkThatEndsTakesItsGroupsAndTheirExecutorsWithIt() {
        running(bench, "run1", "run2");

        bench.says(1, new LinkMessage.ShutdownFramework(Bench.F1, FRAMEWORK));
        bench.writeAll();
        exits(bench, "run1", new TaskExit.Signal(15));
        exits(bench, "run2", new TaskExit.Signal(15));
        bench.writeAll();

        assertThat(bench.core.snapshot(bench.now).live()).isEmpty();
        assertThat(bench.core.snapshot(bench.now).executors()).isEmpty();
    }

    @Test
    void aDrainedGroupSaysSo() {
        running(bench, "run1", "run2");

        bench.says(1, new LinkMessage.Drain(Bench.F1, null, false));
        bench.writeAll();
        exits(bench, "run1", new TaskExit.Signal(15));
        exits(bench, "run2", new TaskExit.Signal(15));
        settle(bench);

        assertThat(reasons(bench)).containsExactly(StatusReason.REASON_AGENT_DRAINING);
        assertThat(bench.messages(LinkMessage.ExecutorEnded.class)).isNotEmpty();
    }

    @Test
    void anUnhealthyTaskTakesItsGroupWithIt() {
        running(bench, "health1", "run2");
        for (int look = 0; look < 8; look++) {
            bench.advance(Duration.ofSeconds(3));
            for (var probe : bench.all(AgentEffect.Probe.class)) {
                var nothing = new ProbeResult.Nothing("nobody answers");
                bench.on(new AgentEvent.Probed(probe.run(), probe.kind(), probe.round(), nothing));
            }
            settle(bench);
        }
        exits(bench, "health1", new TaskExit.Signal(15));
        settle(bench);

        assertThat(states(bench, "health1")).endsWith(TaskState.TASK_KILLED);
        assertThat(terminated(bench)).contains(run("run2"));
    }

    @Test
    void aNewAgentProcessGoesOnWithTheGroupWhereItWas() {
        running(bench, "run1", "run2");
        var next = joined(new Bench(bench.disk()));
        assertThat(next.all(AgentEffect.Adopt.class))
                .extracting(AgentEffect.Adopt::run)
                .containsExactlyInAnyOrder(run("run1"), run("run2"));
        next.on(new AgentEvent.Spawned(run("run1"), Bench.PROCESS));
        next.on(new AgentEvent.Spawned(run("run2"), Bench.PROCESS));

        exits(next, "run1", new TaskExit.Status(1));
        settle(next);

        assertThat(terminated(next)).containsExactly(run("run2"));
        assertThat(next.messages(LinkMessage.Executors.class))
                .containsExactly(new LinkMessage.Executors(List.of(new LinkMessage.ExecutorRun(FRAMEWORK, E, AT))));
    }

    @Test
    void anAgentThatDiedBetweenTheEndOfATaskAndThatOfItsGroupEndsTheGroupWhenItReturns() {
        running(bench, "run1", "run2");
        exits(bench, "run1", new TaskExit.Status(1));
        var cut = new Bench(withoutKills(bench));
        var next = joined(cut);
        next.writeAll();

        assertThat(terminated(next)).containsExactly(run("run2"));
    }

    /** What the disk holds when the kill of the others did not reach it. */
    private static Recovered withoutKills(Bench bench) {
        var all = bench.disk();
        var runs = all.runs().stream()
                .map(run -> run.progress().phase() == TaskLifecycle.Phase.KILLING
                        ? new RunRecord(
                                run.id(),
                                run.container(),
                                run.order(),
                                new RunRecord.Progress(
                                        TaskLifecycle.Phase.RUNNING,
                                        run.progress().process(),
                                        null,
                                        true,
                                        run.progress().updates(),
                                        run.progress().acknowledged()))
                        : run)
                .toList();
        assertThat(runs).isNotEqualTo(all.runs());
        return new Recovered(all.identity(), runs);
    }

    @Test
    void aFailedTaskIsNotForgottenBeforeItsGroupHasEndedAndIsNotListedMeanwhile() {
        running(bench, "run1", "run2");
        exits(bench, "run1", new TaskExit.Status(1));
        settle(bench);
        assertThat(bench.all(AgentEffect.Forget.class)).isEmpty();
        assertThat(bench.core.snapshot(bench.now).live()).hasSize(2);
        bench.says(1, new LinkMessage.SendTasks(Bench.F1));
        assertThat(bench.messages(LinkMessage.Tasks.class).getLast().tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.key()).isEqualTo(run("run2").key()));

        exits(bench, "run2", new TaskExit.Signal(15));
        settle(bench);

        assertThat(bench.all(AgentEffect.Forget.class)).hasSize(2);
    }

    @Test
    void aRestartOfTheMachineEndsEachTaskAsGone() {
        running(bench, "run1", "run2");
        var next = joined(new Bench(bench.disk()));

        exits(next, "run1", new TaskExit.Rebooted());
        exits(next, "run2", new TaskExit.Rebooted());
        settle(next);

        assertThat(states(next, "run1")).containsExactly(TaskState.TASK_GONE);
        assertThat(states(next, "run2")).containsExactly(TaskState.TASK_GONE);
    }

    @Test
    void anOrderThatComesTwiceIsObeyedOnce() {
        running(bench, "run1", "run2");
        bench.effects.clear();

        bench.says(1, group("run1", "run2"));

        assertThat(bench.all(AgentEffect.WriteTogether.class)).isEmpty();
    }

    @Test
    void nobodyElseCanSubscribeAsTheBuiltInExecutor() {
        running(bench, "run1");
        var call = new ExecutorRequest(FRAMEWORK, E, new ExecutorCall.Subscribe(List.of(), List.of()));

        bench.on(new AgentEvent.ExecutorAsked(3, call));

        assertThat(bench.last(AgentEffect.AnswerExecutor.class))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(400));
    }

    @Test
    void anExecutorOfAFrameworkIsHandedAGroupWhole() {
        bench.says(1, group(AT, "exec", "run1", "run2"));
        bench.writeAll();
        assertThat(spawned(bench)).containsExactly(HOST);
        bench.on(new AgentEvent.Spawned(HOST, Bench.PROCESS));
        var call = new ExecutorRequest(FRAMEWORK, E, new ExecutorCall.Subscribe(List.of(), List.of()));
        bench.on(new AgentEvent.ExecutorAsked(5, call));
        bench.on(new AgentEvent.ExecutorUp(5, call));
        bench.writeAll();

        assertThat(bench.all(AgentEffect.TellExecutor.class).stream()
                        .map(AgentEffect.TellExecutor::event)
                        .filter(ExecutorEvent.LaunchGroup.class::isInstance)
                        .map(ExecutorEvent.LaunchGroup.class::cast))
                .singleElement()
                .satisfies(event -> assertThat(event.taskInfos()).hasSize(2));
        assertThat(bench.sent()).isEmpty();
    }

    @Test
    void aGroupThatWaitsForAnExecutorIsKilledWhole() {
        bench.says(1, group(AT, "exec", "run1", "run2"));
        bench.writeAll();

        bench.says(1, new LinkMessage.Kill(Bench.F1, run("run2").key(), null));
        settle(bench);

        assertThat(states(bench, "run1")).containsExactly(TaskState.TASK_KILLED);
        assertThat(states(bench, "run2")).containsExactly(TaskState.TASK_KILLED);
        assertThat(reasons(bench)).containsExactly(StatusReason.REASON_TASK_KILLED_DURING_LAUNCH);
    }

    @Test
    void theTasksOfABuiltInExecutorShareItsMemoryAndFailTogetherWhenTheyUseMore() {
        var bounded = running(joined(new Bench(Recovered.NOTHING, true)), "memory1", "memory2");
        bounded.advance(Duration.ofSeconds(1));
        assertThat(bounded.last(AgentEffect.MeasureMemory.class).bounds())
                .singleElement()
                .satisfies(bound -> {
                    assertThat(bound.run()).isEqualTo(HOST);
                    assertThat(bound.containers()).hasSize(2);
                    assertThat(bound.bytes()).isEqualTo(3 * 64 * MIB);
                });

        bounded.on(new AgentEvent.MemoryMeasured(new TreeMap<>(Map.of(HOST, 200 * MIB)), Duration.ofMillis(1)));
        bounded.writeAll();
        bounded.advance(Duration.ofMillis(1));
        assertThat(bounded.all(AgentEffect.KillTree.class)).hasSize(2);
        exits(bounded, "memory1", new TaskExit.Signal(9));
        exits(bounded, "memory2", new TaskExit.Signal(9));
        settle(bounded);

        for (var task : List.of("memory1", "memory2")) {
            assertThat(lastWords(bounded, task)).contains("used 200 MiB of memory where 192 MiB are allowed");
            assertThat(states(bounded, task)).endsWith(TaskState.TASK_FAILED);
        }
    }

    @Test
    void aTaskThatSharesNothingIsBoundedByItselfAndTakesItsGroupWithIt() {
        var bounded = running(joined(new Bench(Recovered.NOTHING, true)), "memory apart", "memory too, apart");
        bounded.advance(Duration.ofSeconds(1));
        var asked = bounded.last(AgentEffect.MeasureMemory.class).bounds();
        assertThat(asked)
                .extracting(AgentEffect.MemoryBound::run)
                .containsExactlyInAnyOrder(run("memory apart"), run("memory too, apart"));
        assertThat(asked).allSatisfy(bound -> assertThat(bound.bytes()).isEqualTo(64 * MIB));

        var over = new TreeMap<>(Map.of(run("memory apart"), 65 * MIB));
        bounded.on(new AgentEvent.MemoryMeasured(over, Duration.ofMillis(1)));
        bounded.writeAll();
        bounded.advance(Duration.ofMillis(1));
        assertThat(bounded.all(AgentEffect.KillTree.class))
                .extracting(AgentEffect.KillTree::run)
                .containsExactly(run("memory apart"));
        exits(bounded, "memory apart", new TaskExit.Signal(9));
        settle(bounded);

        assertThat(lastWords(bounded, "memory apart")).contains("used 65 MiB of memory where 64 MiB are allowed");
        assertThat(bounded.all(AgentEffect.Terminate.class))
                .extracting(AgentEffect.Terminate::run)
                .containsExactly(run("memory apart"), run("memory too, apart"));
    }

    @Test
    void aTaskWithoutALimitLeavesItsExecutorUnbounded() {
        var bounded = running(joined(new Bench(Recovered.NOTHING, true)), "memory", "memory unbounded");
        bounded.advance(Duration.ofSeconds(1));

        assertThat(bounded.all(AgentEffect.MeasureMemory.class)).isEmpty();
    }
}
