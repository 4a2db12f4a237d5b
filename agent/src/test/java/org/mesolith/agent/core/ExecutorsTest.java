package org.mesolith.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.mesolith.api.ExecutorCall;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.api.ExecutorRequest;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Check;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;

/** Executors of frameworks and the tasks under them, as the core of the agent deals with them. */
final class ExecutorsTest {
    private static final ExecutorId E = new ExecutorId("e");
    private static final Position AT = new Position(7, 0);
    private static final RunId HOST = RunId.ofExecutor(Bench.TASK.framework(), E, AT);
    private static final Uuid U1 = new Uuid(1, 1);
    private static final Uuid U2 = new Uuid(2, 2);

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

    private static LinkMessage.Launch launch(String task, Position at, String what) {
        return new LinkMessage.Launch(
                Bench.F1,
                new TaskKey(Bench.TASK.framework(), new TaskId(task)),
                at,
                "nobody",
                Resources.EMPTY,
                Opaque.empty("mesos.v1.FrameworkInfo"),
                new Opaque("mesos.v1.TaskInfo", what.getBytes(StandardCharsets.UTF_8)),
                new LinkMessage.Launch.Under(E, AT));
    }

    private static ExecutorRequest call(ExecutorCall call) {
        return new ExecutorRequest(Bench.TASK.framework(), E, call);
    }

    private static ExecutorCall.Update update(String task, TaskState state, Uuid uuid) {
        var status = new TaskStatus(
                new TaskId(task),
                state,
                StatusSource.SOURCE_EXECUTOR,
                null,
                "says the executor",
                Instant.EPOCH,
                uuid,
                null,
                null,
                null,
                Opaque.empty(TaskStatus.SCHEMA));
        return new ExecutorCall.Update(status, new byte[] {42});
    }

    private static void writeAll(Bench bench) {
        bench.writeAll();
    }

    private static void subscribe(Bench bench, long stream, String... tasks) {
        var call = call(
                new ExecutorCall.Subscribe(Arrays.stream(tasks).map(TaskId::new).toList(), List.of()));
        bench.on(new AgentEvent.ExecutorAsked(stream, call));
        bench.on(new AgentEvent.ExecutorUp(stream, call));
    }

    private static List<ExecutorEvent> told(Bench bench) {
        return bench.all(AgentEffect.TellExecutor.class).stream()
                .map(AgentEffect.TellExecutor::event)
                .toList();
    }

    private static <E extends ExecutorEvent> List<E> told(Bench bench, Class<E> kind) {
        return told(bench).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static List<Integer> answers(Bench bench) {
        return bench.all(AgentEffect.AnswerExecutor.class).stream()
                .map(AgentEffect.AnswerExecutor::status)
                .toList();
    }

    /** An executor that has subscribed and was given task "t". */
    private static Bench hosting(Bench bench) {
        bench.says(1, launch("t", AT, "run@exec"));
        writeAll(bench);
        bench.on(new AgentEvent.Spawned(HOST, Bench.PROCESS));
        subscribe(bench, 5);
        writeAll(bench);
        return bench;
    }

    private static List<StatusReason> reasons(Bench bench) {
        return bench.sent().stream()
                .map(status -> status.status().reason())
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    void theFirstTaskStartsItsExecutorAndIsHandedOverWhenThatSubscribes() {
        bench.says(1, launch("t", AT, "run@exec"));
        writeAll(bench);
        assertThat(bench.all(AgentEffect.Spawn.class))
                .singleElement()
                .satisfies(spawn -> assertThat(spawn.run()).isEqualTo(HOST));
        bench.on(new AgentEvent.Spawned(HOST, Bench.PROCESS));
        assertThat(bench.sent()).isEmpty();

        subscribe(bench, 5);
        assertThat(told(bench)).hasOnlyElementsOfType(ExecutorEvent.Subscribed.class);
        writeAll(bench);

        assertThat(told(bench, ExecutorEvent.Launch.class)).hasSize(1);
        bench.says(1, launch("second", new Position(8, 0), "run@exec"));
        writeAll(bench); // the order
        writeAll(bench); // that it is handed over
        assertThat(told(bench, ExecutorEvent.Launch.class)).hasSize(2);
        assertThat(bench.all(AgentEffect.Spawn.class)).hasSize(1);
    }

    @Test
    void anUpdateIsConfirmedToTheExecutorOnceItIsOnDiskAndSentWithItsNameAndData() {
        hosting(bench);

        bench.on(new AgentEvent.ExecutorAsked(6, call(update("t", TaskState.TASK_RUNNING, U1))));
        assertThat(told(bench, ExecutorEvent.Acknowledged.class)).isEmpty();
        writeAll(bench);

        assertThat(told(bench, ExecutorEvent.Acknowledged.class))
                .containsExactly(new ExecutorEvent.Acknowledged(new TaskId("t"), U1));
        assertThat(bench.sent()).singleElement().satisfies(sent -> {
            assertThat(sent.status().uuid()).isEqualTo(U1);
            assertThat(sent.status().executor()).isEqualTo(E);
            assertThat(sent.data()).containsExactly(42);
        });
        assertThat(answers(bench)).containsExactly(200, 202);
    }

    @Test
    void anUpdateThatIsToldAgainIsConfirmedAgainAndNotSentTwice() {
        hosting(bench);
        bench.on(new AgentEvent.ExecutorAsked(6, call(update("t", TaskState.TASK_RUNNING, U1))));
        writeAll(bench);

        bench.on(new AgentEvent.ExecutorAsked(7, call(update("t", TaskState.TASK_RUNNING, U1))));

        assertThat(told(bench, ExecutorEvent.Acknowledged.class)).hasSize(2);
        assertThat(bench.sent()).hasSize(1);
    }

    @Test
    void withAnExecutorEndItsTasksAndItsEndIsToldUntilItIsKnown() {
        hosting(bench);

        bench.on(new AgentEvent.Exited(HOST, new TaskExit.Status(3)));
        bench.on(new AgentEvent.CleanedUp(HOST));
        writeAll(bench);

        assertThat(bench.states()).containsExactly(TaskState.TASK_FAILED);
        assertThat(reasons(bench)).containsExactly(StatusReason.REASON_EXECUTOR_TERMINATED);
        var run = new LinkMessage.ExecutorRun(Bench.TASK.framework(), E, AT);
        assertThat(bench.messages(LinkMessage.ExecutorEnded.class))
                .containsExactly(new LinkMessage.ExecutorEnded(run, 3 << 8, "Command exited with status 3"));
        bench.says(1, new LinkMessage.AcknowledgeExecutor(Bench.F1, run));
        assertThat(bench.all(AgentEffect.Forget.class))
                .anySatisfy(forget -> assertThat(forget.run()).isEqualTo(HOST));
    }

    @Test
    void aTaskForAnExecutorThatIsOverIsDropped() {
        hosting(bench);
        bench.on(new AgentEvent.Exited(HOST, new TaskExit.Signal(9)));
        bench.on(new AgentEvent.CleanedUp(HOST));

        bench.says(1, launch("late", new Position(9, 0), "run@exec"));
        writeAll(bench);

        assertThat(bench.states()).endsWith(TaskState.TASK_DROPPED);
        assertThat(bench.all(AgentEffect.Spawn.class)).hasSize(1);
    }

    @Test
    void anotherExecutorOfTheSameIdIsNotStarted() {
        hosting(bench);

        bench.says(1, launch("other", new Position(9, 0), "run@different"));
        writeAll(bench);

        assertThat(bench.states()).containsExactly(TaskState.TASK_DROPPED);
    }

    @Test
    void anExecutorThatDoesNotSubscribeInTimeIsKilled() {
        bench.says(1, launch("t", AT, "run@exec"));
        writeAll(bench);
        bench.on(new AgentEvent.Spawned(HOST, Bench.PROCESS));
        bench.advance(Duration.ofMinutes(1));
        writeAll(bench);
        bench.advance(Duration.ofMillis(1));
        assertThat(bench.all(AgentEffect.KillTree.class)).hasSize(1);

        bench.on(new AgentEvent.Exited(HOST, new TaskExit.Signal(9)));
        bench.on(new AgentEvent.CleanedUp(HOST));
        writeAll(bench);

        assertThat(reasons(bench)).containsExactly(StatusReason.REASON_EXECUTOR_REGISTRATION_TIMEOUT);
    }

    @Test
    void aTaskThatWaitsForItsExecutorIsKilledAtOnceAndTheExecutorWithIt() {
        bench.says(1, launch("t", AT, "run@exec"));
        writeAll(bench);
        bench.on(new AgentEvent.Spawned(HOST, Bench.PROCESS));

        bench.says(1, new LinkMessage.Kill(Bench.F1, new TaskKey(Bench.TASK.framework(), new TaskId("t")), null));
        writeAll(bench);

        assertThat(bench.states()).containsExactly(TaskState.TASK_KILLED);
        assertThat(reasons(bench)).containsExactly(StatusReason.REASON_TASK_KILLED_DURING_LAUNCH);
        assertThat(bench.all(AgentEffect.Terminate.class)).hasSize(1);
    }

    @Test
    void aKillOfARunningTaskIsTheExecutorsToObey() {
        hosting(bench);

        bench.says(
                1,
                new LinkMessage.Kill(
                        Bench.F1, new TaskKey(Bench.TASK.framework(), new TaskId("t")), Duration.ofSeconds(9)));
        writeAll(bench);

        assertThat(told(bench, ExecutorEvent.Kill.class))
                .containsExactly(new ExecutorEvent.Kill(new TaskId("t"), Duration.ofSeconds(9)));
        assertThat(bench.sent()).isEmpty();
    }

    @Test
    void aShutdownIsToldToTheExecutorWhichIsKilledWhenItTakesTooLong() {
        hosting(bench);

        bench.says(1, new LinkMessage.ShutdownExecutor(Bench.F1, Bench.TASK.framework(), E));
        writeAll(bench);
        assertThat(told(bench, ExecutorEvent.Shutdown.class)).hasSize(1);
        assertThat(bench.all(AgentEffect.KillTree.class)).isEmpty();
        bench.advance(Duration.ofSeconds(5));

        assertThat(bench.all(AgentEffect.KillTree.class)).hasSize(1);
    }

    @Test
    void anExecutorWhoseOnlyTaskCannotBeRunIsNeverStartedAndGivesBackWhatItHeld() {
        bench.says(1, launch("t", AT, "unwanted@exec"));
        writeAll(bench);
        writeAll(bench);

        assertThat(bench.all(AgentEffect.Spawn.class)).isEmpty();
        assertThat(bench.states()).containsExactly(TaskState.TASK_FAILED);
        assertThat(reasons(bench)).containsExactly(StatusReason.REASON_CONTAINER_LAUNCH_FAILED);
        assertThat(bench.messages(LinkMessage.ExecutorEnded.class)).isNotEmpty();
    }

    @Test
    void messagesGoBothWays() {
        hosting(bench);

        bench.says(1, new LinkMessage.TellExecutor(Bench.F1, Bench.TASK.framework(), E, new byte[] {1}));
        bench.on(new AgentEvent.ExecutorAsked(6, call(new ExecutorCall.Message(new byte[] {2}))));

        assertThat(told(bench, ExecutorEvent.Message.class)).hasSize(1);
        assertThat(bench.messages(LinkMessage.ExecutorSaid.class))
                .singleElement()
                .satisfies(said -> assertThat(said.data()).containsExactly(2));
    }

    @Test
    void aNewAgentProcessHandsNothingOverTwiceWhenTheExecutorKnowsTheTask() {
        hosting(bench);
        var next = joined(new Bench(bench.disk()));
        assertThat(next.all(AgentEffect.Adopt.class)).hasSize(1);
        next.on(new AgentEvent.Spawned(HOST, Bench.PROCESS));

        subscribe(next, 1, "t");
        writeAll(next);
        next.advance(Duration.ofSeconds(3));

        assertThat(told(next, ExecutorEvent.Subscribed.class)).hasSize(1);
        assertThat(told(next, ExecutorEvent.Launch.class)).isEmpty();
        assertThat(next.all(AgentEffect.KillTree.class)).isEmpty();
        assertThat(next.messages(LinkMessage.Executors.class))
                .containsExactly(
                        new LinkMessage.Executors(List.of(new LinkMessage.ExecutorRun(Bench.TASK.framework(), E, AT))));
    }

    @Test
    void aTaskThatNeverReachedItsExecutorIsDroppedWhenThatSubscribesAgain() {
        hosting(bench);
        var next = joined(new Bench(bench.disk()));
        next.on(new AgentEvent.Spawned(HOST, Bench.PROCESS));

        subscribe(next, 1);
        writeAll(next);

        assertThat(next.states()).containsExactly(TaskState.TASK_DROPPED);
        assertThat(reasons(next)).containsExactly(StatusReason.REASON_AGENT_RESTARTED);
    }

    @Test
    void anExecutorThatDoesNotSubscribeAgainInTimeTakesItsTasksWithIt() {
        hosting(bench);
        var next = joined(new Bench(bench.disk()));
        next.on(new AgentEvent.Spawned(HOST, Bench.PROCESS));
        next.advance(Duration.ofSeconds(2));
        writeAll(next);
        next.advance(Duration.ofMillis(1));
        assertThat(next.all(AgentEffect.KillTree.class)).hasSize(1);

        next.on(new AgentEvent.Exited(HOST, new TaskExit.Signal(9)));
        next.on(new AgentEvent.CleanedUp(HOST));
        writeAll(next);

        assertThat(next.states()).containsExactly(TaskState.TASK_GONE);
        assertThat(reasons(next)).containsExactly(StatusReason.REASON_EXECUTOR_REREGISTRATION_TIMEOUT);
    }

    @Test
    void updatesThatWereNotConfirmedComeWithTheSubscription() {
        hosting(bench);
        var next = joined(new Bench(bench.disk()));
        next.on(new AgentEvent.Spawned(HOST, Bench.PROCESS));
        var call = call(new ExecutorCall.Subscribe(
                List.of(new TaskId("t")),
                List.of(update("t", TaskState.TASK_RUNNING, U1), update("t", TaskState.TASK_FINISHED, U2))));

        next.on(new AgentEvent.ExecutorAsked(1, call));
        next.on(new AgentEvent.ExecutorUp(1, call));
        writeAll(next);

        assertThat(told(next, ExecutorEvent.Acknowledged.class)).hasSize(2);
        assertThat(next.sent().getFirst().status().uuid()).isEqualTo(U1);
        assertThat(next.sent().getFirst().latest()).isEqualTo(TaskState.TASK_FINISHED);
    }

    @Test
    void updatesWithMuchDataGoOutInSeveralMessagesAndTheRestLater() {
        hosting(bench);
        for (int number = 2; number <= 7; number++) {
            bench.says(1, launch("t" + number, new Position(7 + number, 0), "run@exec"));
            writeAll(bench);
        }
        writeAll(bench);
        for (int number = 2; number <= 7; number++) {
            var update = update("t" + number, TaskState.TASK_RUNNING, new Uuid(5, number));
            var large = new ExecutorCall.Update(update.status(), new byte[3 << 20]);
            bench.on(new AgentEvent.ExecutorAsked(10 + number, call(large)));
        }
        writeAll(bench);
        var next = joined(new Bench(bench.disk()));

        assertThat(next.messages(LinkMessage.Statuses.class)).hasSize(5);
        next.advance(Duration.ofSeconds(11));
        assertThat(next.sent().stream().map(sent -> sent.status().task()).distinct())
                .hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void callsAreCheckedInTheOrderOfTheReference() {
        bench.on(new AgentEvent.ExecutorAsked(1, call(new ExecutorCall.Message(new byte[0]))));
        bench.says(1, launch("t", AT, "run@exec"));
        writeAll(bench);
        bench.on(new AgentEvent.ExecutorAsked(2, call(new ExecutorCall.Message(new byte[0]))));
        bench.on(new AgentEvent.Spawned(HOST, Bench.PROCESS));
        subscribe(bench, 3);
        bench.on(new AgentEvent.ExecutorAsked(4, call(new ExecutorCall.Unknown())));

        assertThat(answers(bench)).containsExactly(400, 403, 200, 501);
    }

    @Test
    void aMasterOfAnOlderLevelHearsNothingOfExecutors() {
        var old = Bench.joined();
        old.says(1, launch("t", AT, "run@exec"));
        writeAll(old);
        old.on(new AgentEvent.Exited(HOST, new TaskExit.Status(0)));
        old.on(new AgentEvent.CleanedUp(HOST));
        writeAll(old);

        assertThat(old.messages(LinkMessage.Executors.class)).isEmpty();
        assertThat(old.messages(LinkMessage.ExecutorEnded.class)).isEmpty();
        assertThat(old.states()).containsExactly(TaskState.TASK_FAILED);
    }

    @Test
    void whatIsKilledBecauseItsAgentIsDrainedSaysSoWhoeverTells() {
        hosting(bench);
        bench.says(1, new LinkMessage.Drain(Bench.F1, null, false));
        writeAll(bench);
        assertThat(told(bench, ExecutorEvent.Kill.class)).hasSize(1);

        bench.on(new AgentEvent.ExecutorAsked(6, call(update("t", TaskState.TASK_KILLING, U1))));
        bench.on(new AgentEvent.ExecutorAsked(7, call(update("t", TaskState.TASK_KILLED, U2))));
        writeAll(bench);
        for (var sent : bench.sent()) {
            var uuid = Check.present(sent.status().uuid(), "uuid");
            bench.says(1, new LinkMessage.AcknowledgeStatus(Bench.F1, key("t"), uuid));
            writeAll(bench);
        }

        assertThat(bench.states()).containsExactly(TaskState.TASK_KILLING, TaskState.TASK_KILLED);
        assertThat(reasons(bench))
                .containsExactly(StatusReason.REASON_AGENT_DRAINING, StatusReason.REASON_AGENT_DRAINING);
    }

    @Test
    void aTaskThatWaitsForItsExecutorWhenItsAgentIsDrainedIsKilledForThatReason() {
        bench.says(1, launch("t", AT, "run@exec"));
        writeAll(bench);

        bench.says(1, new LinkMessage.Drain(Bench.F1, null, false));
        writeAll(bench);

        assertThat(bench.states()).containsExactly(TaskState.TASK_KILLED);
        assertThat(reasons(bench)).containsExactly(StatusReason.REASON_AGENT_DRAINING);
    }

    private static TaskKey key(String task) {
        return new TaskKey(Bench.TASK.framework(), new TaskId(task));
    }
}
