package org.mesolith.agent.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.agent.core.TaskLifecycle.Phase;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.Uuid;

/** Runs that are written together are there together, or none is, wherever the agent is cut off. */
final class TogetherTest {
    private static final FrameworkId FRAMEWORK = new FrameworkId("fw");
    private static final Position AT = new Position(7, 0);
    private static final RunId HOST = RunId.ofExecutor(FRAMEWORK, new ExecutorId("e"), AT);
    private static final List<RunRecord> GROUP = List.of(run(1, Phase.RECORDING), run(2, Phase.RECORDING));

    @TempDir
    Path dir;

    private static RunRecord run(int number, Phase phase) {
        var group = new RunRecord.Under(HOST, new Uuid(9, 9), new RunRecord.Group(3, true));
        return new RunRecord(
                new RunId(new TaskKey(FRAMEWORK, new TaskId("t" + number)), AT),
                new Uuid(1, number),
                new RunRecord.Order(
                        new AgentId("agent"),
                        "user",
                        Opaque.empty("mesos.v1.FrameworkInfo"),
                        new Opaque("mesos.v1.TaskInfo", new byte[] {1, 2, 3}),
                        Instant.EPOCH,
                        group),
                new RunRecord.Progress(phase, null, null, true, List.of(), 0));
    }

    private CheckpointStore open() throws IOException {
        return Check.present(CheckpointStore.open(dir), "store");
    }

    private List<RunRecord> load() throws Exception {
        try (var store = open()) {
            return store.load(true).runs();
        }
    }

    private Path files() {
        return dir.resolve("meta").resolve("runs");
    }

    private Path common() {
        return files().resolve(GROUP.getFirst().container() + ".together");
    }

    private Path single(int number) {
        return files().resolve(new Uuid(1, number) + ".run");
    }

    @Test
    void whatWasWrittenTogetherIsReadByTheNextProcessAndLeavesNoCommonFile() throws Exception {
        try (var store = open()) {
            store.writeTogether(GROUP);
            CheckpointStoreTest.write(store, run(2, Phase.RUNNING));
        }

        assertThat(common()).doesNotExist();
        assertThat(load()).containsExactly(run(1, Phase.RECORDING), run(2, Phase.RUNNING));
    }

    @Test
    void aCommonFileThatIsCutAnywhereWasNever() throws Exception {
        load();
        byte[] whole = RunFiles.together(GROUP);
        for (int length = 0; length < whole.length; length++) {
            Files.write(common(), Arrays.copyOf(whole, length));
            assertThat(load()).isEmpty();
            assertThat(common()).doesNotExist();
        }
    }

    @Test
    void aWholeCommonFileIsFinishedWhateverThereIsOfTheSingleOnes() throws Exception {
        load();
        byte[] common = RunFiles.together(GROUP);
        Files.write(common(), common);
        assertThat(load()).isEqualTo(GROUP);
        byte[] single = Files.readAllBytes(single(1));
        for (int length = 0; length <= single.length; length++) {
            Files.write(common(), common);
            Files.write(single(1), Arrays.copyOf(single, length));
            Files.deleteIfExists(single(2));

            assertThat(load()).isEqualTo(GROUP);
            assertThat(common()).doesNotExist();
        }
    }

    @Test
    void whenOneCannotBeWrittenNoneIsThere() throws Exception {
        try (var store = open()) {
            Files.createDirectory(single(2));
            assertThatThrownBy(() -> store.writeTogether(GROUP)).isInstanceOf(IOException.class);
        }

        assertThat(common()).doesNotExist();
        assertThat(single(1)).doesNotExist();
        Files.deleteIfExists(single(2));
        assertThat(load()).isEmpty();
    }

    @Test
    void aDamagedCommonFileIsNamedOrPutAside() throws Exception {
        load();
        byte[] damaged = RunFiles.together(GROUP);
        damaged[damaged.length / 2] ^= 1;
        Files.write(common(), damaged);

        assertThatThrownBy(this::load)
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining(".together");
        try (var store = open()) {
            assertThat(store.load(false).runs()).isEmpty();
        }
        assertThat(files().resolve(common().getFileName() + ".damaged")).exists();
    }
}
