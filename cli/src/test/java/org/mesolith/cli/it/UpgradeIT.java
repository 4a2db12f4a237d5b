package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.fault.SwitchedInstallation;
import org.mesolith.state.FeatureLevel;

/**
 * A cluster of an older commit of this project is rolled to the present one, back, and there again, under load; then
 * the upgrade is ended, and the older software is refused.
 */
@Tag("nightly")
final class UpgradeIT {
    /** The last feature level but this one, and a commit of it that understands how to be upgraded. */
    private static final String OLDER = "8c4fc26";

    private static final long OLDER_LEVEL = 5;

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aClusterOfTheOlderCommitIsRolledForthAndBackAndForthUnderLoad() throws IOException {
        var older = OlderCommit.installation(OLDER);
        var cluster = new ClusterProcess(
                new SwitchedInstallation(directory.resolve("switching"), older, Installation.current()).installation(),
                directory.resolve("cluster"),
                ClusterProcess.Settings.of(3, 2));
        try (var desk = new MembersDesk(directory, cluster)) {
            cluster.start();
            desk.awaitAgents(2);
            String framework = beginATask(cluster);
            try (var writes = Acknowledged.gently(cluster)) {
                roll(desk, writes, true);
                theTaskRunsOn(cluster, framework);
                assertThat(level(desk)).isEqualTo(OLDER_LEVEL);
                roll(desk, writes, false);
                theTaskRunsOn(cluster, framework);
                assertThat(level(desk)).isEqualTo(OLDER_LEVEL);
                roll(desk, writes, true);
                theTaskRunsOn(cluster, framework);
                // One agent of each software, then of the older one again: both keep their link and their tasks.
                restart(cluster.agents().getFirst(), true);
                desk.awaitAgents(2);
                restart(cluster.agents().getFirst(), false);
                desk.awaitAgents(2);

                desk.ok("cluster", "finalize", "--dry-run");
                assertThat(level(desk)).isEqualTo(OLDER_LEVEL);
                desk.ok("cluster", "finalize");

                assertThat(level(desk)).isEqualTo(FeatureLevel.NEWEST.number());
                whole(desk, writes);
                theOlderSoftwareIsRefused(desk);
                whole(desk, writes);
                desk.awaitAgents(2);
                theTaskRunsOn(cluster, framework);
            }
        }
    }

    private String beginATask(ClusterProcess cluster) {
        try (var framework =
                HandFramework.subscribe(cluster.awaitLeader(MembersDesk.LONG).address())) {
            framework.run("keeper", "echo $$ > " + directory.resolve("keeper.pid") + "; exec sleep 3600");
            return framework.id();
        }
    }

    /** Its framework comes back in time each time, and is told so. */
    private void theTaskRunsOn(ClusterProcess cluster, String id) throws IOException {
        try (var framework =
                HandFramework.subscribe(cluster.awaitLeader(MembersDesk.LONG).address(), id)) {
            framework.call(JsonObject.of("type", "RECONCILE", "reconcile", JsonObject.of("tasks", List.of())));
            framework.awaitUpdate("keeper", "TASK_RUNNING");
        }
        long pid =
                Long.parseLong(Files.readString(directory.resolve("keeper.pid")).strip());
        assertThat(ProcessHandle.of(pid)).isPresent();
    }

    /** One master after the other, followers first, gets other software; something is written all the time. */
    private static void roll(MembersDesk desk, Acknowledged writes, boolean forth) throws IOException {
        var leader = desk.cluster().awaitLeader(MembersDesk.LONG);
        var order = new ArrayList<>(desk.cluster().masters());
        order.remove(leader);
        order.add(leader);
        for (var master : order) {
            writes.awaitMore(10);
            restart(master, forth);
            desk.awaitVerdict(master, "ok");
            writes.awaitMore(10);
        }
        whole(desk, writes);
        desk.awaitAgents(2);
    }

    private static void whole(MembersDesk desk, Acknowledged writes) {
        writes.awaitMore(5);
        for (var master : desk.cluster().masters()) {
            writes.assertNothingIsLost(master);
            assertThat(master.get("/metrics").body()).contains("mesolith_raft_digest_alarm 0");
        }
    }

    private static void theOlderSoftwareIsRefused(MembersDesk desk) throws IOException {
        var master = desk.follower();
        stop(master, false);
        master.start();
        assertThat(master.process().awaitEnd(MembersDesk.LONG)).isEqualTo(Halt.Code.TOO_OLD.status());
        assertThat(master.process().tail()).contains("feature level " + FeatureLevel.NEWEST.number());
        restart(master, true);
        desk.awaitVerdict(master, "ok");
    }

    private static void restart(Member member, boolean forth) throws IOException {
        stop(member, forth);
        member.startAndAwaitHealth(MembersDesk.LONG, false);
    }

    /** As a service does; at the next start it is the other software. */
    private static void stop(Member member, boolean forth) throws IOException {
        member.process().stop(MembersDesk.LONG);
        SwitchedInstallation.choose(member, forth);
    }

    private static long level(MembersDesk desk) throws IOException {
        return desk.of(desk.cluster().awaitLeader(MembersDesk.LONG)).whole("feature_level", 0);
    }
}
