package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.base.Limits;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Opaque;
import org.mesolith.model.TaskState;
import org.mesolith.state.Change;
import org.mesolith.state.FrameworkCommand.DisconnectFramework;
import org.mesolith.state.FrameworkCommand.SubscribeFramework;
import org.mesolith.state.FrameworkCommand.TearDownFramework;
import org.mesolith.state.FrameworkCommand.TimeOutFramework;
import org.mesolith.state.FrameworkCommand.UpdateFramework;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;
import org.mesolith.state.TestCluster;
import org.mesolith.state.row.FrameworkRow;

final class FrameworkRulesTest {
    private final TestCluster cluster = TestCluster.made();

    private FrameworkRow row(FrameworkId id) {
        var row = cluster.registry().framework(id);
        assertThat(row).isNotNull();
        return row;
    }

    private static FrameworkInfo info(String user, boolean checkpoint, String principal) {
        return new FrameworkInfo(
                null,
                user,
                "changed",
                List.of("web"),
                List.of(),
                Duration.ZERO,
                checkpoint,
                principal,
                "h",
                Opaque.empty("mesos.v1.FrameworkInfo"));
    }

    @Test
    void aNewFrameworkGetsAnIdOfClusterEpochAndCounter() {
        var id = cluster.framework();

        assertThat(id).isEqualTo(new FrameworkId("c0ffee00-0001-F0000000001"));
        assertThat(row(id).info().id()).isEqualTo(id);
        assertThat(row(id).registeredAt()).isEqualTo(TestCluster.START);
    }

    @Test
    void anUnknownIdIsTakenAsItIs() {
        var result = cluster.accepted(new SubscribeFramework(new FrameworkId("mine"), TestCluster.framework("fw")));

        assertThat(result).isEqualTo(new Result.FrameworkSubscribed(new FrameworkId("mine"), false));
    }

    @Test
    void resubscribingChangesEverythingButUserAndCheckpoint() {
        var id = cluster.framework();
        cluster.accepted(new DisconnectFramework(id, cluster.now()));

        var result =
                cluster.later(Duration.ofSeconds(9)).accepted(new SubscribeFramework(id, info("joe", false, "alice")));

        assertThat(result).isEqualTo(new Result.FrameworkSubscribed(id, true));
        assertThat(row(id).info().name()).isEqualTo("changed");
        assertThat(row(id).info().roles()).containsExactly("web");
        assertThat(row(id).info().failoverTimeout()).isEqualTo(Duration.ZERO);
        assertThat(row(id).info().user()).isEqualTo("root");
        assertThat(row(id).info().checkpoint()).isTrue();
        assertThat(row(id).disconnectedSince()).isNull();
        assertThat(row(id).reregisteredAt()).isEqualTo(TestCluster.START.plusSeconds(9));
    }

    @Test
    void thePrincipalNeverChanges() {
        var id = cluster.framework();

        assertThat(cluster.rejected(new SubscribeFramework(id, info("root", true, "mallory"))))
                .isEqualTo(Reason.FRAMEWORK_FIELD_FIXED);
        assertThat(cluster.rejected(new UpdateFramework(id, info("root", true, "mallory"))))
                .isEqualTo(Reason.FRAMEWORK_FIELD_FIXED);
    }

    @Test
    void anUpdateThatChangesUserOrCheckpointIsRefused() {
        var id = cluster.framework();

        assertThat(cluster.rejected(new UpdateFramework(id, info("joe", true, "alice"))))
                .isEqualTo(Reason.FRAMEWORK_FIELD_FIXED);
        assertThat(cluster.rejected(new UpdateFramework(id, info("root", false, "alice"))))
                .isEqualTo(Reason.FRAMEWORK_FIELD_FIXED);
        cluster.accepted(new UpdateFramework(id, info("root", true, "alice")));
        assertThat(row(id).info().name()).isEqualTo("changed");
    }

    @Test
    void theFirstDisconnectionCounts() {
        var id = cluster.framework();
        var first = cluster.now();
        cluster.accepted(new DisconnectFramework(id, first));

        cluster.later(Duration.ofSeconds(5)).accepted(new DisconnectFramework(id, cluster.now()));

        assertThat(row(id).disconnectedSince()).isEqualTo(first);
    }

    @Test
    void aTimeOutOfAFrameworkThatCameBackIsRefused() {
        var id = cluster.framework();
        var since = cluster.now();
        cluster.accepted(new DisconnectFramework(id, since));
        cluster.accepted(new SubscribeFramework(id, TestCluster.framework("fw")));

        assertThat(cluster.rejected(new TimeOutFramework(id, since))).isEqualTo(Reason.FRAMEWORK_NOT_DISCONNECTED);
        cluster.accepted(new DisconnectFramework(id, since.plusSeconds(1)));
        assertThat(cluster.rejected(new TimeOutFramework(id, since))).isEqualTo(Reason.FRAMEWORK_NOT_DISCONNECTED);
    }

    @Test
    void aTimedOutFrameworkIsCompletedWithItsTasksKilled() {
        var id = cluster.framework();
        var agent = cluster.agent("cpus:4");
        cluster.launched(id, agent, "t", "cpus:1");
        cluster.accepted(new DisconnectFramework(id, cluster.now()));

        cluster.accepted(new TimeOutFramework(id, cluster.now()));

        assertThat(cluster.registry().framework(id)).isNull();
        assertThat(cluster.registry().completedFramework(id)).isNotNull();
        assertThat(cluster.registry().tasksOfAgent(agent)).isEmpty();
        assertThat(cluster.registry()
                        .completedTasks(id)
                        .iterator()
                        .next()
                        .task()
                        .state())
                .isEqualTo(TaskState.TASK_KILLED);
    }

    @Test
    void ofMoreTasksThanAreRememberedTheRestIsForgottenAtOnce() {
        var id = cluster.framework();
        var agent = cluster.agent("cpus:2000");
        for (int i = 0; i < Limits.COMPLETED_TASKS_PER_FRAMEWORK_MAX + 3; i++) {
            cluster.launched(id, agent, "t" + i, "cpus:1");
        }

        var changes = cluster.changes(new TearDownFramework(id));

        assertThat(cluster.registry().completedTaskCount(id)).isEqualTo(Limits.COMPLETED_TASKS_PER_FRAMEWORK_MAX);
        assertThat(cluster.registry().tasksOfAgent(agent)).isEmpty();
        assertThat(changes.stream().filter(change -> change instanceof Change.CompletedTaskRemoved))
                .isEmpty();
        assertThat(changes.stream().filter(change -> change instanceof Change.TaskDetailsRemoved))
                .hasSize(3);
    }

    @Test
    void aCompletedFrameworkCannotSubscribeAgain() {
        var id = cluster.framework();
        cluster.accepted(new TearDownFramework(id));

        assertThat(cluster.rejected(new SubscribeFramework(id, TestCluster.framework("fw"))))
                .isEqualTo(Reason.FRAMEWORK_COMPLETED);
        assertThat(cluster.rejected(new TearDownFramework(id))).isEqualTo(Reason.FRAMEWORK_COMPLETED);
        assertThat(cluster.rejected(new TearDownFramework(new FrameworkId("nobody"))))
                .isEqualTo(Reason.FRAMEWORK_UNKNOWN);
    }

    @Test
    void theOldestCompletedFrameworkIsForgottenWithItsTasks() {
        var agent = cluster.agent("cpus:4");
        var first = cluster.framework();
        cluster.launched(first, agent, "t", "cpus:1");
        cluster.accepted(new TearDownFramework(first));
        for (int i = 1; i < Limits.COMPLETED_FRAMEWORKS_MAX; i++) {
            cluster.accepted(new TearDownFramework(cluster.framework()));
        }
        assertThat(cluster.registry().completedFramework(first)).isNotNull();

        cluster.accepted(new TearDownFramework(cluster.framework()));

        assertThat(cluster.registry().completedFramework(first)).isNull();
        assertThat(cluster.registry().completedTaskCount(first)).isZero();
        assertThat(cluster.registry().completedFrameworkCount()).isEqualTo(Limits.COMPLETED_FRAMEWORKS_MAX);
    }
}
