package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;
import org.mesolith.state.Change;
import org.mesolith.state.row.ClusterRow;
import org.mesolith.store.RocksStore;

/** A member whose software is older than what its data was made with. */
final class TooOldTest {
    @TempDir
    Path root;

    @Test
    void aDatabaseOfALevelThatThisSoftwareDoesNotKnowNamesTheVersionThatIsNeeded() throws Exception {
        assertThatThrownBy(() -> openedAt(1_000, "9.1.0"))
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Halt.Code.TOO_OLD))
                .hasMessageContaining("feature level 1000")
                .hasMessageContaining("install version 9.1.0 or a newer one");
    }

    @Test
    void withoutAVersionItSaysWhereToLook() throws Exception {
        assertThatThrownBy(() -> openedAt(1_000, ""))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("`meso cluster members`");
    }

    /** Opens a member again after somebody raised the level in its database. */
    private void openedAt(int level, String needs) throws Exception {
        try (var group = new TestGroup(root, 1, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT)) {
            group.openAll();
            group.bootstrap();
            group.set("x", 1);
            var place = group.places.getFirst();
            group.drop(place);
            try (var store = RocksStore.open(group.settings(place).databaseDir())) {
                var loaded = store.load();
                var cluster = loaded.registry().cluster();
                store.write(
                        loaded.applied(),
                        List.of(new Change.ClusterPut(new ClusterRow(
                                cluster.clusterId(), cluster.epoch(), cluster.epochId(), level, needs))));
            }
            group.open(place);
        }
    }
}
