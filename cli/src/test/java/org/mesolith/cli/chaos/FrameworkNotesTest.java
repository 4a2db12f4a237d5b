package org.mesolith.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.Json;

/** What the controller knows of a framework in another process, and tells the next one. */
final class FrameworkNotesTest {
    private final FrameworkNotes notes = new FrameworkNotes();

    private void launched(long operation, String task) {
        notes.invoked(operation, "launch", Map.of("tasks", task, "offer", "o"));
    }

    private void told(String task, String state) {
        notes.seen("update", Map.of("task", task, "state", state));
    }

    @Test
    void aTaskIsOpenFromWhenItsLaunchIsAboutToBeSentUntilItsEndIsTold() {
        notes.seen("subscribed", Map.of("framework", "F1", "at", "master-1"));
        launched(1, "t1");
        launched(2, "t2");
        launched(3, "t3");
        told("t1", "TASK_RUNNING");
        told("t2", "TASK_FINISHED");

        assertThat(notes.living()).containsExactly("t1", "t3");
        assertThat(notes.past())
                .isEqualTo(new FrameworkPast("F1", 3, new TreeMap<>(Map.of("t1", true, "t3", false)), "", ""));
    }

    @Test
    void aLaunchThatWasCertainlyNotCarriedOutLeavesNothingOpenAndOneThatNobodyKnowsOfDoes() {
        launched(1, "refused");
        launched(2, "unknown");
        notes.ended(Kind.FAIL, 1);
        notes.ended(Kind.UNKNOWN, 2);

        assertThat(notes.living()).containsExactly("unknown");
    }

    @Test
    void aTaskThatNoMasterKnowsIsOverUnlessItWasSaidToRun() {
        launched(1, "never");
        launched(2, "ran");
        told("ran", "TASK_RUNNING");
        told("ran", "TASK_UNKNOWN");
        told("never", "TASK_UNKNOWN");

        assertThat(notes.living()).containsExactly("ran");
    }

    @Test
    void theVolumeIsKeptUntilItsEndIsSent() {
        notes.invoked(1, "launch", Map.of("tasks", "t1", "volume", "v1", "step", "make"));
        assertThat(notes.past().volume()).isEqualTo("v1");
        assertThat(notes.past().volumeTask()).isEqualTo("t1");

        told("t1", "TASK_FINISHED");
        assertThat(notes.past().volume()).isEqualTo("v1");
        assertThat(notes.past().volumeTask()).isEmpty();

        notes.invoked(2, "launch", Map.of("tasks", "t2", "volume", "v1", "step", "destroy"));
        assertThat(notes.past().volume()).isEmpty();
    }

    @Test
    void anOrderSurvivesItsLine() throws IOException {
        launched(1, "t1");
        var master = HostPort.parse("127.0.0.1:5050");
        var order = new FrameworkOrder(
                "framework-1",
                true,
                2,
                7,
                List.of(master),
                Map.of(master, "master-1"),
                new Marks(Path.of("/a"), null),
                notes.past());

        assertThat(FrameworkOrder.of(Json.readObject(Json.bytes(order.toJson()))))
                .isEqualTo(order);
    }

    @Test
    void linesComeOneByOneAndHalfALineOfAProcessThatWasKilledIsNone() throws IOException {
        var written = new ByteArrayOutputStream();
        UserLine.write(written, UserLine.note(Kind.SEEN, "f", -1, "offer", Map.of("a.b", "1\n2")));
        UserLine.write(written, UserLine.note(Kind.OK, "f", 3, "kill", Map.of()));
        var input = new ByteArrayInputStream(Arrays.copyOf(written.toByteArray(), written.size() - 1));

        var first = UserLine.read(input);
        assertThat(first).isNotNull();
        assertThat(UserLine.facts(java.util.Objects.requireNonNull(first))).containsEntry("a.b", "1\n2");
        assertThat(UserLine.read(input)).isNull();
    }

    @Test
    void aLineWithoutEndIsRefused() {
        byte[] endless = new byte[(1 << 20) + 2];
        Arrays.fill(endless, (byte) 'x');

        assertThatThrownBy(() -> UserLine.read(new ByteArrayInputStream(endless)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a line of more than");
    }
}
