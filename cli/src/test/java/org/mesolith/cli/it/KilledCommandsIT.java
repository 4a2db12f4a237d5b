package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.cli.it.Interruption.Step;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;

/**
 * Commands that change the members, killed in the middle, or with the master that serves them: the same command again
 * ends well, and nothing acknowledged is lost. One step of each; {@link KilledEverywhereIT} has all of them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class KilledCommandsIT {
    @TempDir
    private static Path directory;

    private static MembersDesk desk;
    private static ClusterProcess cluster;
    private static Interruption interruption;
    private static Acknowledged writes;

    @BeforeAll
    static void start() {
        desk = new MembersDesk(directory, ClusterProcess.Settings.of(1, 0));
        cluster = desk.cluster();
        interruption = new Interruption(cluster, directory);
        writes = Acknowledged.gently(cluster);
    }

    @AfterAll
    static void stop() {
        if (writes != null) {
            writes.close();
        }
        if (desk != null) {
            desk.close();
        }
    }

    private static void assertWhole(int voters) {
        writes.awaitMore(5);
        desk.awaitVoters(voters);
        writes.assertNothingIsLost(cluster.awaitLeader(MembersDesk.LONG));
    }

    @Test
    @Order(1)
    void growthFromOneToThreeThatWasKilledGoesOnWhereItStopped() {
        var second = cluster.startNewMaster();
        var third = cluster.startNewMaster();

        interruption.at(Step.belongs(() -> second), null, "cluster", "add", second.address() + "," + third.address());

        assertWhole(3);
    }

    @Test
    @Order(2)
    void aReplacementSurvivesTheDeathOfTheLeaderThatCarriesItOut() throws IOException {
        var old = desk.of(desk.follower()).text("id");
        var fresh = cluster.startNewMaster();
        var leader = cluster.awaitLeader(MembersDesk.LONG);

        interruption.at(Step.belongs(() -> fresh), leader, "cluster", "replace", old, fresh.address());

        assertWhole(3);
        desk.awaitVerdict(fresh, "ok");
    }

    @Test
    @Order(3)
    void aMasterThatDiesWhileItJoinsBelongsAfterwards() {
        var fresh = cluster.startNewMaster();
        var token = desk.ok("cluster", "token").out().strip();

        interruption.at(
                Step.begun(), fresh, "master", "join", "--token", token, "--this", fresh.address(), "--timeout", "60s");

        desk.awaitVerdict(fresh, "standby");
        assertWhole(3);
    }

    @Test
    @Order(4)
    void aHandoverSurvivesTheDeathOfTheLeaderThatHandsOver() {
        var to = desk.follower();

        interruption.at(
                Step.begun(), cluster.awaitLeader(MembersDesk.LONG), "cluster", "transfer", "--to", to.address());

        // Another one may have been elected when the former leader died; who was named leads in the end.
        assertThat(to.isAlive()).isTrue();
        assertWhole(3);
    }

    @Test
    @Order(5)
    void theRemovalOfTheLeaderThatWasKilledGoesOnWhereItStopped() {
        Member leader = cluster.awaitLeader(MembersDesk.LONG);

        interruption.at(Step.said("step 1 of 1"), null, "cluster", "remove", leader.address(), "--accept-even");

        assertWhole(2);
    }
}
