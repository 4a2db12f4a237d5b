package org.mesolith.agent.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.agent.core.AgentRecord;
import org.mesolith.agent.core.KillOrder;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.agent.core.Recovered;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.agent.core.TaskLifecycle.Phase;
import org.mesolith.agent.core.VolumePath;
import org.mesolith.api.CheckStatus;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.Fence;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;

final class CheckpointStoreTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final AgentRecord IDENTITY =
            new AgentRecord(new AgentId("agent-1"), new Fence("cluster", 2, -77, 12));

    @TempDir
    Path dir;

    @Test
    void whatWasWrittenIsReadByTheNextProcess() throws Exception {
        try (var store = open()) {
            store.write(IDENTITY);
            write(store, run(Phase.RECORDING, 1));
            write(store, run(Phase.RUNNING, 2));
        }
        assertThat(load(true)).isEqualTo(new Recovered(IDENTITY, List.of(run(Phase.RUNNING, 2))));
    }

    @Test
    void reservationsAreReadByTheNextProcessAndAVolumeThatIsNoMoreIsWiped() throws Exception {
        var cpus = Resources.parse("cpus(+a@ops#k=v):1;disk(+a@ops)[v:p]:64");
        var fence = new Fence("cluster", 2, -77, 12);
        var volumes = new Volumes(dir);
        var kept = new VolumePath(null, false, "a/b", "kept");
        var gone = new VolumePath(null, false, "a", "gone");
        Files.writeString(Files.createDirectories(volumes.of(kept)).resolve("file"), "stays");
        Files.createDirectories(volumes.of(gone).resolve("deep"));
        Files.createSymbolicLink(volumes.of(gone).resolve("deep/link"), volumes.of(kept));
        try (var store = open()) {
            store.keep(new LinkMessage.SetReserved(fence, cpus), List.of(gone, gone));
        }

        assertThat(load(true).reserved()).isEqualTo(cpus);
        assertThat(volumes.of(gone)).doesNotExist();
        assertThat(volumes.of(kept).resolve("file")).exists();
    }

    @Test
    void aWholeDiskIsEmptiedAndItsRootStays() throws Exception {
        var root = Files.createDirectories(dir.resolve("mnt"));
        Files.writeString(root.resolve("file"), "goes");
        try (var store = open()) {
            store.keep(
                    new LinkMessage.SetReserved(new Fence("c", 1, 1, 1), Resources.EMPTY),
                    List.of(new VolumePath(root.toString(), true, "a", "v")));
        }

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aFirstStartFindsNothing() throws Exception {
        assertThat(load(true)).isEqualTo(Recovered.NOTHING);
    }

    @Test
    void anAcknowledgementIsThereForTheNextProcessAndIsNotNews() throws Exception {
        var told = run(Phase.RUNNING, 2);
        var acknowledged = acknowledged(told, 2);
        assertThat(acknowledged.progress().onlyAcknowledges(told.progress())).isTrue();
        assertThat(acknowledged(told, 1)
                        .progress()
                        .onlyAcknowledges(acknowledged(told, 0).progress()))
                .as("another one waits")
                .isFalse();
        assertThat(told.progress().onlyAcknowledges(acknowledged.progress())).isFalse();
        assertThat(run(Phase.RUNNING, 3).progress().onlyAcknowledges(told.progress()))
                .isFalse();
        assertThat(run(Phase.KILLING, 2).progress().onlyAcknowledges(told.progress()))
                .isFalse();
        try (var store = open()) {
            write(store, told);
            write(store, acknowledged);
        }

        assertThat(load(true).runs()).containsExactly(acknowledged);
    }

    @Test
    void oneThatIsRefusedLeavesTheOthersOfItsBatchWritten() throws Exception {
        var other = run(Phase.RECORDING, 1);
        var refused = new RunRecord(
                new RunId(new TaskKey(new FrameworkId("fw"), new TaskId("other")), new Position(7, 4)),
                new Uuid(3, 4),
                other.order(),
                other.progress());
        try (var store = open()) {
            Files.createDirectory(dir.resolve("meta/runs").resolve(new Uuid(3, 4) + ".run"));

            assertThat(store.write(List.of(refused, other))).containsOnlyKeys(refused.id());
            Files.delete(dir.resolve("meta/runs").resolve(new Uuid(3, 4) + ".run"));
            assertThat(store.write(List.of(refused))).isEmpty();
        }

        assertThat(load(true).runs()).containsExactlyInAnyOrder(refused, other);
    }

    @Test
    void aForgottenRunIsGone() throws Exception {
        try (var store = open()) {
            write(store, run(Phase.RECORDING, 1));
            store.remove(run(Phase.RECORDING, 1).container());
        }
        assertThat(load(true).runs()).isEmpty();
    }

    @Test
    void twoAgentsCannotShareAWorkDirectory() throws Exception {
        try (var store = open()) {
            assertThat(store).isNotNull();
            assertThat(CheckpointStore.open(dir)).isNull();
        }
    }

    @Test
    void aRunFileThatIsCutAnywhereHoldsAStateThatWasWritten() throws Exception {
        try (var store = open()) {
            write(store, run(Phase.RECORDING, 1));
            write(store, run(Phase.RUNNING, 2));
        }
        byte[] whole = Files.readAllBytes(runFile());
        var found = new ArrayList<List<RunRecord>>();
        for (int length = 0; length <= whole.length; length++) {
            Files.write(runFile(), Arrays.copyOf(whole, length));
            found.add(load(true).runs());
        }
        assertThat(found.stream().distinct())
                .containsExactly(List.of(), List.of(run(Phase.RECORDING, 1)), List.of(run(Phase.RUNNING, 2)));
    }

    @Test
    void aRunFileGoesOnBehindACutRecord() throws Exception {
        try (var store = open()) {
            write(store, run(Phase.RECORDING, 1));
            write(store, run(Phase.RUNNING, 2));
        }
        byte[] whole = Files.readAllBytes(runFile());
        Files.write(runFile(), Arrays.copyOf(whole, whole.length - 3));
        try (var store = open()) {
            store.load(true);
            write(store, run(Phase.KILLING, 3));
        }
        assertThat(load(true).runs()).containsExactly(run(Phase.KILLING, 3));
    }

    @Test
    void aFlippedBitAnywhereInARunIsNeverReadAsAnotherState() throws Exception {
        try (var store = open()) {
            write(store, run(Phase.RECORDING, 1));
            write(store, run(Phase.RUNNING, 2));
        }
        byte[] whole = Files.readAllBytes(runFile());
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(runFile(), damaged);
            var outcome = outcome();
            assertThat(outcome)
                    .as("byte " + at)
                    .isIn(
                            "refused",
                            List.of().toString(),
                            List.of(run(Phase.RECORDING, 1)).toString());
        }
    }

    @Test
    void aDamagedRunRefusesTheStartAndSaysWhichFileAndWhatToDo() throws Exception {
        damageRun();
        assertThatThrownBy(() -> load(true))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining(".run")
                .hasMessageContaining("move the file away");
    }

    @Test
    void withoutStrictADamagedRunIsPutAside() throws Exception {
        damageRun();

        assertThat(load(false).runs()).isEmpty();
        assertThat(Path.of(runFile() + ".damaged")).exists();
    }

    @Test
    void aWriteThatACrashCutsLeavesTheIdentityBefore() throws Exception {
        var newer = new AgentRecord(new AgentId("agent-1"), new Fence("cluster", 2, -77, 13));
        try (var store = open()) {
            store.write(IDENTITY);
            store.write(newer);
        }
        var file = dir.resolve("meta").resolve("identity");
        byte[] whole = Files.readAllBytes(file);
        // The second write went to the first slot.
        Arrays.fill(whole, 0, 4096, (byte) 0);
        Files.write(file, whole);

        assertThat(load(true).identity()).isEqualTo(IDENTITY);
    }

    @Test
    void aDamagedIdentityRefusesTheStart() throws Exception {
        try (var store = open()) {
            store.write(IDENTITY);
        }
        var file = dir.resolve("meta").resolve("identity");
        byte[] whole = Files.readAllBytes(file);
        whole[4096 + 20] ^= 1;
        Files.write(file, whole);

        assertThatThrownBy(() -> load(true))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining("identity");
    }

    private void damageRun() throws Exception {
        try (var store = open()) {
            write(store, run(Phase.RECORDING, 1));
        }
        byte[] whole = Files.readAllBytes(runFile());
        whole[40] ^= 1;
        Files.write(runFile(), whole);
    }

    private String outcome() throws Exception {
        try {
            return load(true).runs().toString();
        } catch (CorruptCheckpointException refused) {
            return "refused";
        }
    }

    @Test
    void whatChecksHaveToldComesBackAndAFileThatHasGrownBeginsAnew() throws Exception {
        var watched = watched(CheckStatusKinds.ALL.size());
        try (var store = open()) {
            for (int i = 0; i < 400; i++) {
                write(store, watched);
            }
            write(store, watched);
        }

        assertThat(load(true).runs()).containsExactly(watched);
        assertThat(Files.size(runFile())).isLessThan(1 << 20);
        assertThat(dir.resolve("meta/runs").toFile().list()).hasSize(1);
    }

    @Test
    void aRunWithoutChecksIsWrittenAsAgentsOfBeforeReadIt() {
        assertThat(RecordFormat.progress(run(Phase.RUNNING, 3).progress())).startsWith(0x50, 0x01);
        assertThat(RecordFormat.progress(watched(1).progress())).startsWith(0x50, 0x02);
    }

    /** What a check can have told. */
    private static final class CheckStatusKinds {
        static final List<CheckStatus> ALL = List.of(
                new CheckStatus.Command(null),
                new CheckStatus.Command(-1),
                new CheckStatus.Http(404),
                new CheckStatus.Http(null),
                new CheckStatus.Tcp(true),
                new CheckStatus.Tcp(false),
                new CheckStatus.Tcp(null));
    }

    private static RunRecord watched(int kinds) {
        var plain = run(Phase.RUNNING, 3);
        var updates = new java.util.ArrayList<RunRecord.Update>();
        for (int i = 0; i < 40; i++) {
            updates.add(new RunRecord.Update(
                    TaskState.TASK_RUNNING,
                    StatusSource.SOURCE_EXECUTOR,
                    StatusReason.REASON_TASK_CHECK_STATUS_UPDATED,
                    "Health check failed: HTTP status 500",
                    AT,
                    i % 3 == 0 ? null : i % 3 == 1,
                    CheckStatusKinds.ALL.get(i % kinds)));
        }
        var progress = plain.progress();
        return new RunRecord(
                plain.id(),
                plain.container(),
                plain.order(),
                new RunRecord.Progress(
                        progress.phase(),
                        progress.process(),
                        progress.kill(),
                        true,
                        updates,
                        70,
                        60,
                        new RunRecord.Watched(true, 2, false, CheckStatusKinds.ALL.getFirst())));
    }

    static void write(CheckpointStore store, RunRecord run) {
        assertThat(store.write(List.of(run))).isEmpty();
    }

    private CheckpointStore open() throws IOException {
        return Check.present(CheckpointStore.open(dir), "the lock");
    }

    private Recovered load(boolean strict) throws Exception {
        try (var store = open()) {
            return store.load(strict);
        }
    }

    private Path runFile() {
        return dir.resolve("meta").resolve("runs").resolve(new Uuid(1, 2) + ".run");
    }

    private static RunRecord run(Phase phase, int updates) {
        @Nullable StatusReason reason = updates == 1 ? null : StatusReason.REASON_RECONCILIATION;
        var update = new RunRecord.Update(
                TaskState.TASK_STARTING, StatusSource.SOURCE_EXECUTOR, reason, "mëssage " + updates, AT);
        return new RunRecord(
                new RunId(new TaskKey(new FrameworkId("fw"), new TaskId("täsk")), new Position(7, 3)),
                new Uuid(1, 2),
                new RunRecord.Order(
                        new AgentId("agent-1"),
                        "nobody",
                        new Opaque("mesos.v1.FrameworkInfo", new byte[] {1, 2, 3}),
                        new Opaque("mesos.v1.TaskInfo", filled(100)),
                        AT),
                new RunRecord.Progress(
                        phase,
                        updates == 1 ? null : new ProcessMark(4711, 99, "boot"),
                        updates < 3 ? null : new KillOrder(AT, Duration.ofMillis(1500), KillOrder.Cause.ASKED),
                        true,
                        java.util.Collections.nCopies(updates, update),
                        updates - 1));
    }

    private static RunRecord acknowledged(RunRecord run, int count) {
        var progress = run.progress();
        return new RunRecord(
                run.id(),
                run.container(),
                run.order(),
                new RunRecord.Progress(
                        progress.phase(),
                        progress.process(),
                        progress.kill(),
                        progress.wanted(),
                        progress.updates(),
                        count));
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0x41);
        return bytes;
    }
}
