package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.access.Authenticator;
import org.mesolith.api.FrameworkView;
import org.mesolith.api.OperatorEvent;
import org.mesolith.api.TaskView;
import org.mesolith.codec.CommandTask;
import org.mesolith.codec.CommandTasks;
import org.mesolith.codec.OperatorCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Encoding;
import org.mesolith.model.Acls;
import org.mesolith.model.Acls.Rule;
import org.mesolith.model.Acls.Side;
import org.mesolith.model.Action;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusSource;
import org.mesolith.model.StreamId;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.Change;
import org.mesolith.state.Registry;
import org.mesolith.state.row.FrameworkRow;

/** What readers of the operators' stream get: each what it may see, in order, and an end when it is too slow. */
final class WatchStreamsTest {
    private static final StreamId ALL = new StreamId("all");
    private static final StreamId SOME = new StreamId("some");
    private static final FrameworkId SHOWN = new FrameworkId("shown");
    private static final FrameworkId HIDDEN = new FrameworkId("hidden");
    private static final AgentId AGENT = new AgentId("a1");

    /** "guest" sees frameworks of user "nobody" and tasks that run as "nobody". */
    private static final Acls RULES = new Acls(
            List.of(
                    new Rule(Action.VIEW_FRAMEWORK, Side.of(List.of("guest")), Side.of(List.of("nobody"))),
                    new Rule(Action.VIEW_TASK, Side.of(List.of("guest")), Side.of(List.of("nobody")))),
            false);

    private final WatchStreams streams = new WatchStreams(new OperatorCodec(CodecLimits.DEFAULT));
    private final Registry registry =
            Registry.EMPTY.with(new Position(1, 0), List.of(put(SHOWN, "nobody"), put(HIDDEN, "root")));

    private static Change put(FrameworkId id, String user) {
        return new Change.FrameworkPut(new FrameworkRow(info(id, user), Instant.EPOCH, null, null));
    }

    private static FrameworkInfo info(FrameworkId id, String user) {
        return new FrameworkInfo(
                id,
                user,
                "n",
                List.of("r"),
                List.of(),
                Duration.ZERO,
                false,
                null,
                null,
                Opaque.empty("mesos.v1.FrameworkInfo"));
    }

    private static OperatorEvent added(FrameworkId framework, String task, @Nullable String user) {
        var command =
                new CommandTask("n", true, "sleep 1", List.of(), List.of(), user, null, null, List.of(), List.of());
        var launch = CommandTasks.launch(command, new TaskId(task), AGENT, Resources.parse("cpus:1"));
        return new OperatorEvent.TaskAdded(new TaskView(
                new TaskKey(framework, new TaskId(task)),
                "n",
                AGENT,
                null,
                TaskState.TASK_STAGING,
                null,
                null,
                launch.resources(),
                List.of(),
                launch.taskInfo()));
    }

    private static OperatorEvent updated(FrameworkId framework, String task) {
        var status = new TaskStatus(
                new TaskId(task),
                TaskState.TASK_RUNNING,
                StatusSource.SOURCE_EXECUTOR,
                null,
                "",
                Instant.EPOCH,
                null,
                AGENT,
                null,
                null,
                Opaque.empty(TaskStatus.SCHEMA));
        return new OperatorEvent.TaskUpdated(new TaskKey(framework, new TaskId(task)), status, TaskState.TASK_RUNNING);
    }

    private KeptFrames opened(StreamId stream, Set<TaskKey> hidden) {
        var box = new KeptFrames(Integer.MAX_VALUE);
        streams.open(stream, box, "{\"type\":\"SUBSCRIBED\"}".getBytes(StandardCharsets.UTF_8), hidden, () -> {});
        return box;
    }

    private List<StreamId> send(OperatorEvent event) {
        return streams.send(List.of(ALL, SOME), event, registry);
    }

    private void prepare() {
        streams.prepare(ALL, Encoding.JSON, Gate.OPEN.sight(null));
        streams.prepare(SOME, Encoding.JSON, new Gate(Authenticator.OPEN, RULES).sight("guest"));
    }

    @Test
    void whatHappensBeforeTheHeadIsSentComesBehindThePicture() {
        prepare();
        send(added(SHOWN, "t1", null));
        var all = opened(ALL, Set.of());
        send(updated(SHOWN, "t1"));

        assertThat(all.types()).containsExactly("SUBSCRIBED", "HEARTBEAT", "TASK_ADDED", "TASK_UPDATED");
    }

    @Test
    void nobodyHearsOfWhatHeMayNotSee() {
        prepare();
        var all = opened(ALL, Set.of());
        var some = opened(SOME, Set.of());
        for (var id : List.of(SHOWN, HIDDEN)) {
            send(added(id, "t1", null));
            send(added(id, "t2", "root"));
            send(updated(id, "t1"));
            send(updated(id, "t2"));
        }
        send(new OperatorEvent.FrameworkRemoved(info(HIDDEN, "root")));
        send(new OperatorEvent.FrameworkRemoved(info(SHOWN, "nobody")));

        assertThat(all.types()).hasSize(12);
        assertThat(some.types())
                .containsExactly("SUBSCRIBED", "HEARTBEAT", "TASK_ADDED", "TASK_UPDATED", "FRAMEWORK_REMOVED");
    }

    @Test
    void aTaskThatIsHiddenInThePictureStaysHiddenWheneverItGoesOn() {
        prepare();
        send(updated(SHOWN, "t2"));
        send(updated(SHOWN, "t1"));
        var some = opened(SOME, Set.of(new TaskKey(SHOWN, new TaskId("t2"))));
        send(updated(SHOWN, "t2"));

        assertThat(some.types()).containsExactly("SUBSCRIBED", "HEARTBEAT", "TASK_UPDATED");
    }

    @Test
    void whoReadsTooSlowlyIsEndedAndTheOthersAreNot() {
        prepare();
        var all = opened(ALL, Set.of());
        var some = opened(SOME, Set.of());
        some.room = 3;
        var first = send(updated(SHOWN, "t1"));
        var second = send(updated(SHOWN, "t1"));
        var third = send(updated(SHOWN, "t1"));

        assertThat(first).isEmpty();
        assertThat(second).containsExactly(SOME);
        assertThat(third).containsExactly(SOME);
        assertThat(some.isOpen()).isFalse();
        assertThat(streams.endedFull()).isEqualTo(1);
        assertThat(all.types()).hasSize(5);
    }

    @Test
    void aStreamThatWasEndedBeforeItsHeadWasSentEndsBehindIt() {
        prepare();
        streams.end(ALL);
        var all = opened(ALL, Set.of());

        assertThat(all.isOpen()).isFalse();
    }

    @Test
    void frameworksAreShownAsTheirReaderMaySeeThem() {
        prepare();
        var some = opened(SOME, Set.of());
        for (var id : List.of(SHOWN, HIDDEN)) {
            var view = new FrameworkView(
                    id,
                    info(id, id.equals(SHOWN) ? "nobody" : "root"),
                    true,
                    true,
                    false,
                    Instant.EPOCH,
                    null,
                    null,
                    List.of(),
                    Resources.EMPTY,
                    Resources.EMPTY,
                    new TreeMap<>());
            send(new OperatorEvent.FrameworkAdded(view));
            send(new OperatorEvent.FrameworkUpdated(view));
        }

        assertThat(some.types()).containsExactly("SUBSCRIBED", "HEARTBEAT", "FRAMEWORK_ADDED", "FRAMEWORK_UPDATED");
    }
}
