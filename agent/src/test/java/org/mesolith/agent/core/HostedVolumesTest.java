package org.mesolith.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mesolith.api.ExecutorCall;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.api.ExecutorRequest;
import org.mesolith.api.LinkMessage;
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

/** Persistent volumes of tasks under executors of frameworks, as the core of the agent deals with them. */
final class HostedVolumesTest {
    private static final ExecutorId E = new ExecutorId("e");
    private static final Position AT = new Position(7, 0);
    private static final RunId HOST = RunId.ofExecutor(Bench.TASK.framework(), E, AT);
    private static final RunId FIRST = new RunId(key("first"), AT);
    private static final RunId SECOND = new RunId(key("second"), new Position(8, 0));

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

    private static TaskKey key(String task) {
        return new TaskKey(Bench.TASK.framework(), new TaskId(task));
    }

    private static LinkMessage.Launch launch(RunId run, String what) {
        return new LinkMessage.Launch(
                Bench.F1,
                run.key(),
                run.launchedAt(),
                "nobody",
                Resources.EMPTY,
                Opaque.empty("mesos.v1.FrameworkInfo"),
                new Opaque("mesos.v1.TaskInfo", (what + "@exec").getBytes(StandardCharsets.UTF_8)),
                new LinkMessage.Launch.Under(E, AT));
    }

    private static void subscribe(Bench bench, long stream, String... tasks) {
        var names = Stream.of(tasks).map(TaskId::new).toList();
        var call = new ExecutorRequest(Bench.TASK.framework(), E, new ExecutorCall.Subscribe(names, List.of()));
        bench.on(new AgentEvent.ExecutorAsked(stream, call));
        bench.on(new AgentEvent.ExecutorUp(stream, call));
        bench.writeAll();
    }

    /** The executor runs and listens; the first task waits for its volume. */
    private void waiting() {
        bench.says(1, launch(FIRST, "volume v1 data/store"));
        bench.writeAll();
        bench.on(new AgentEvent.Spawned(HOST, Bench.PROCESS));
        subscribe(bench, 5);
    }

    private static void shown(Bench bench, RunId run) {
        bench.on(new AgentEvent.VolumesShown(run, null));
        bench.writeAll();
    }

    private static void ends(Bench bench, String task, TaskState state) {
        var status = new TaskStatus(
                new TaskId(task),
                state,
                StatusSource.SOURCE_EXECUTOR,
                null,
                "",
                Instant.EPOCH,
                new Uuid(state.number(), task.hashCode()),
                null,
                null,
                null,
                Opaque.empty(TaskStatus.SCHEMA));
        var call = new ExecutorCall.Update(status, null);
        bench.on(new AgentEvent.ExecutorAsked(77, new ExecutorRequest(Bench.TASK.framework(), E, call)));
        bench.writeAll();
    }

    private static List<ExecutorEvent.Launch> launches(Bench bench) {
        return bench.all(AgentEffect.TellExecutor.class).stream()
                .map(AgentEffect.TellExecutor::event)
                .filter(ExecutorEvent.Launch.class::isInstance)
                .map(ExecutorEvent.Launch.class::cast)
                .toList();
    }

    private static List<String> hidden(Bench bench) {
        return bench.all(AgentEffect.HideVolumes.class).stream()
                .flatMap(hide -> hide.volumes().volumes().stream())
                .map(TaskSpec.Mount::path)
                .toList();
    }

    @Test
    void aTaskIsHandedOverWhenItsVolumeIsThereAndTakesItAwayWithIt() {
        waiting();
        assertThat(launches(bench)).isEmpty();
        var asked = bench.last(AgentEffect.ShowVolumes.class);
        assertThat(asked.run()).isEqualTo(FIRST);
        assertThat(asked.volumes().executor()).isEqualTo(HOST);
        assertThat(asked.volumes().user()).isEqualTo("nobody");
        assertThat(asked.volumes().volumes()).extracting(TaskSpec.Mount::path).containsExactly("data/store");
        assertThat(asked.beside()).isEmpty();

        shown(bench, FIRST);
        assertThat(launches(bench)).hasSize(1);
        assertThat(bench.all(AgentEffect.ShowVolumes.class)).hasSize(1);
        ends(bench, "first", TaskState.TASK_RUNNING);
        assertThat(hidden(bench)).isEmpty();
        ends(bench, "first", TaskState.TASK_FINISHED);
        assertThat(hidden(bench)).containsExactly("data/store");
    }

    @Test
    void whatTwoTasksSeeStaysUntilBothHaveEnded() {
        waiting();
        shown(bench, FIRST);
        bench.says(1, launch(SECOND, "volume v1 data/store"));
        bench.writeAll();
        assertThat(bench.last(AgentEffect.ShowVolumes.class).beside())
                .extracting(TaskSpec.Mount::path)
                .containsExactly("data/store");
        shown(bench, SECOND);
        assertThat(launches(bench)).hasSize(2);

        ends(bench, "first", TaskState.TASK_FINISHED);
        assertThat(hidden(bench)).isEmpty();
        ends(bench, "second", TaskState.TASK_FINISHED);
        assertThat(hidden(bench)).containsExactly("data/store");
    }

    @Test
    void aTaskWhoseVolumeCannotBeShownFailsAndTheOthersGoOn() {
        waiting();
        shown(bench, FIRST);
        bench.says(1, launch(SECOND, "volume v2 data/store"));
        bench.writeAll();
        bench.on(new AgentEvent.VolumesShown(SECOND, "it lies within another"));
        bench.writeAll();

        assertThat(launches(bench)).hasSize(1);
        assertThat(bench.sent()).singleElement().satisfies(sent -> {
            assertThat(sent.status().task()).isEqualTo(new TaskId("second"));
            assertThat(sent.status().state()).isEqualTo(TaskState.TASK_FAILED);
            assertThat(sent.status().reason()).isEqualTo(StatusReason.REASON_CONTAINER_LAUNCH_FAILED);
            assertThat(sent.status().message()).isEqualTo("it lies within another");
        });
        assertThat(bench.all(AgentEffect.Terminate.class)).isEmpty();
    }

    @Test
    void anExecutorThatGetsNoTaskForLackOfAVolumeIsShutDown() {
        waiting();
        bench.on(new AgentEvent.VolumesShown(FIRST, "it cannot be"));
        bench.writeAll();

        assertThat(bench.states()).containsExactly(TaskState.TASK_FAILED);
        assertThat(bench.all(AgentEffect.TellExecutor.class).stream().map(AgentEffect.TellExecutor::event))
                .anyMatch(ExecutorEvent.Shutdown.class::isInstance);
    }

    @Test
    void aTaskThatIsKilledWhileItsVolumeIsShownLeavesNothing() {
        waiting();
        bench.says(1, new LinkMessage.Kill(Bench.F1, FIRST.key(), null));
        bench.writeAll();
        assertThat(bench.states()).containsExactly(TaskState.TASK_KILLED);
        assertThat(hidden(bench)).containsExactly("data/store");

        shown(bench, FIRST);
        assertThat(launches(bench)).isEmpty();
    }

    @Test
    void anotherAgentProcessShowsAgainWhatWasNotHandedOver() {
        waiting();
        var next = joined(new Bench(bench.disk()));
        next.on(new AgentEvent.Spawned(HOST, Bench.PROCESS));
        subscribe(next, 6);
        assertThat(launches(next)).isEmpty();
        assertThat(next.last(AgentEffect.ShowVolumes.class).run()).isEqualTo(FIRST);

        shown(next, FIRST);
        assertThat(launches(next)).hasSize(1);
    }

    @Test
    void anotherAgentProcessTakesAwayWhatTheOneBeforeMayNotHaveComeTo() {
        waiting();
        shown(bench, FIRST);
        bench.says(1, launch(SECOND, "volume v2 other"));
        bench.writeAll();
        shown(bench, SECOND);
        ends(bench, "first", TaskState.TASK_FINISHED);
        var next = joined(new Bench(bench.disk()));

        assertThat(hidden(next)).containsExactly("data/store");
        assertThat(next.all(AgentEffect.ShowVolumes.class)).isEmpty();
    }
}
