package org.mesolith.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.state.Digest;
import org.mesolith.state.LogEntry;
import org.mesolith.state.RandomCommands;
import org.mesolith.state.Registry;
import org.mesolith.state.row.Applied;
import org.mesolith.state.row.TaskRow;
import org.mesolith.state.rules.StateMachine;
import org.mesolith.statecodec.CommandCodec;

final class RocksStoreTest {
    private static final int COMMANDS = 800;

    @TempDir
    Path directory;

    /** A member: a registry and its store, fed with entries. */
    private static final class Member {
        private final RocksStore store;
        private Registry registry;
        private Applied applied;

        Member(RocksStore store) {
            this.store = store;
            var loaded = store.load();
            this.registry = loaded.registry();
            this.applied = loaded.applied();
        }

        void apply(LogEntry entry) {
            var step = StateMachine.step(registry, entry);
            applied = new Applied(entry.term(), entry.at().index(), entry.at());
            store.write(applied, step.changes());
            registry = step.after();
        }
    }

    @Test
    void aReloadedStoreHoldsWhatMemoryHeld() {
        var commands = new RandomCommands(RandomCommands.seed(System.nanoTime()));
        for (int round = 0; round < 4; round++) {
            try (var store = RocksStore.open(directory)) {
                var member = new Member(store);
                for (int i = 0; i < COMMANDS / 4; i++) {
                    member.apply(commands.entry(member.registry, member.applied.index() + 1));
                }
                checkDetails(store, member.registry);
                var loaded = store.load();
                assertThat(loaded.applied()).isEqualTo(member.applied);
                assertThat(loaded.registry().at()).isEqualTo(member.registry.at());
                assertThat(loaded.registry().digest()).isEqualTo(member.registry.digest());
                assertThat(Digest.recount(loaded.registry())).isEqualTo(member.registry.digest());
                assertThat(loaded.registry().digestNote()).isEqualTo(member.registry.digestNote());
            }
        }
    }

    /** Every task that is remembered has its launch and as many statuses as its row says. */
    private static void checkDetails(RocksStore store, Registry registry) {
        var tasks = new ArrayList<TaskRow>();
        registry.frameworks().forEach(row -> {
            registry.tasksOfFramework(row.id()).forEach(tasks::add);
            registry.completedTasks(row.id()).forEach(task -> tasks.add(task.task()));
        });
        var details = store.details(tasks);
        assertThat(details).hasSameSizeAs(tasks).doesNotContainNull();
        for (int i = 0; i < tasks.size(); i++) {
            assertThat(details.get(i).statuses()).hasSize(tasks.get(i).statuses());
        }
        if (!tasks.isEmpty()) {
            assertThat(details.getFirst().taskInfo().schema()).isEqualTo("mesos.v1.TaskInfo");
        }
    }

    @Test
    void anotherReplicaThatReadsTheSameLogEndsWithTheSameFingerprint() {
        var commands = new RandomCommands(RandomCommands.seed(System.nanoTime()));
        try (var one = RocksStore.open(directory.resolve("one"));
                var other = RocksStore.open(directory.resolve("other"))) {
            var first = new Member(one);
            var second = new Member(other);
            for (int index = 0; index < COMMANDS; index++) {
                var entry = commands.entry(first.registry, index);
                first.apply(entry);
                var read = CommandCodec.decode(CommandCodec.encode(entry.envelope(), entry.command()));
                second.apply(new LogEntry(entry.at(), entry.term(), read.envelope(), read.command()));
            }
            assertThat(second.registry.digest()).isEqualTo(first.registry.digest());
        }
    }

    @Test
    void aCheckpointHoldsEverythingWrittenBeforeAndReplacesAnotherStore() throws IOException {
        var commands = new RandomCommands(RandomCommands.seed(System.nanoTime()));
        try (var one = RocksStore.open(directory.resolve("one"));
                var other = RocksStore.open(directory.resolve("other"))) {
            var first = new Member(one);
            for (int index = 0; index < COMMANDS; index++) {
                first.apply(commands.entry(first.registry, index));
            }
            var second = new Member(other);
            second.apply(new RandomCommands(1).entry(Registry.EMPTY, 0));
            one.checkpoint(directory.resolve("checkpoint"));

            other.replaceBy(directory.resolve("checkpoint"));

            assertThat(other.load().registry().digest()).isEqualTo(first.registry.digest());
            assertThat(other.load().applied()).isEqualTo(first.applied);
            new Member(other).apply(commands.entry(first.registry, COMMANDS));
            other.checkpoint(directory.resolve("second checkpoint"));
            try (var copy = RocksStore.open(directory.resolve("third"))) {
                copy.replaceBy(directory.resolve("checkpoint"));
                assertThat(copy.load().registry().digest())
                        .as("what happened to the other store does not show in the checkpoint")
                        .isEqualTo(first.registry.digest());
            }
        }
    }

    @Test
    void aReplacementCutShortLeavesTheOldOrTheNewStore() throws IOException {
        try (var store = RocksStore.open(directory)) {
            new Member(store).apply(new RandomCommands(1).entry(Registry.EMPTY, 0));
        }
        var live = directory.resolve("live");
        Files.createDirectory(directory.resolve("live.next"));
        try (var store = RocksStore.open(directory)) {
            assertThat(store.load().registry().cluster().exists())
                    .as("half a copy is thrown away")
                    .isTrue();
        }
        assertThat(directory.resolve("live.next")).doesNotExist();

        Files.move(live, directory.resolve("live.next"));
        Files.createDirectory(directory.resolve("live.old"));
        try (var store = RocksStore.open(directory)) {
            assertThat(store.load().registry().cluster().exists())
                    .as("a whole copy is taken")
                    .isTrue();
        }
        assertThat(directory.resolve("live.old")).doesNotExist();
    }

    @Test
    void aPlaceWithoutChangesIsRemembered() {
        try (var store = RocksStore.open(directory)) {
            assertThat(store.load().applied()).isEqualTo(Applied.NONE);
            store.write(new Applied(3, 9, Registry.EMPTY.at()), List.of());
            assertThat(store.load().applied()).isEqualTo(new Applied(3, 9, Registry.EMPTY.at()));
        }
    }

    @Test
    void aStoreIsOpenOnce() {
        try (var _ = RocksStore.open(directory)) {
            assertThatThrownBy(() -> RocksStore.open(directory))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("cannot be opened");
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        var store = RocksStore.open(directory);
        store.close();

        assertThatThrownBy(store::load)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    /** What a newer version made and has not filled yet keeps nobody from going back. */
    @Test
    void familiesOfANewerVersionAreLeftAlone() throws Exception {
        var commands = new RandomCommands(RandomCommands.seed(System.nanoTime()));
        long digest;
        try (var store = RocksStore.open(directory)) {
            var member = new Member(store);
            for (int i = 0; i < 50; i++) {
                member.apply(commands.entry(member.registry, member.applied.index() + 1));
            }
            digest = member.registry.digest();
            store.flush();
        }
        NewerFamily.add(directory.resolve("live"));

        for (int round = 0; round < 2; round++) {
            try (var store = RocksStore.open(directory)) {
                assertThat(store.load().registry().digest()).isEqualTo(digest);
                store.flush();
            }
        }
    }
}
