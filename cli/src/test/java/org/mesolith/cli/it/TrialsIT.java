package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.base.Halt;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/** Trials of {@code docs/trials.md} on one cluster under load; each leaves it whole. */
@Tag("nightly")
final class TrialsIT {
    /** Longer than everything a loaded machine may take to notice a death without it. */
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @TempDir
    private static Path directory;

    private static MembersDesk desk;
    private static ClusterProcess cluster;
    private static Acknowledged writes;

    @BeforeAll
    static void start() {
        desk = new MembersDesk(directory, ClusterProcess.Settings.of(3, 0));
        cluster = desk.cluster();
        writes = new Acknowledged(cluster);
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

    private static void assertWhole() {
        desk.awaitVoters(3);
        writes.awaitMore(5);
        cluster.masters().stream().filter(Member::isAlive).forEach(writes::assertNothingIsLost);
    }

    @Test
    void aMemberThatIsOutOfReachIsNotAddedAndNothingChanges() {
        assertThat(desk.refused("cluster", "add", "127.0.0.1:1", "--accept-even"))
                .contains("127.0.0.1:1 does not answer", "nothing was changed");

        assertWhole();
    }

    @Test
    void theLeadIsNotHandedToADeadMemberAndWritesGoOn() {
        var leader = cluster.awaitLeader(MembersDesk.LONG);
        var dead = desk.follower();
        dead.process().kill();
        writes.awaitMore(5);

        var said = desk.refused("cluster", "transfer", "--to", dead.address());

        assertThat(said).contains("is in reach and up to date; wait until one is");
        writes.awaitMore(5);
        assertThat(leader.isServingLeader()).isTrue();
        dead.start();
        desk.awaitVerdict(dead, "ok");
        assertWhole();
    }

    @Test
    void twoTransfersAtTheSameTimeLeaveOneLeader() {
        var leader = cluster.awaitLeader(MembersDesk.LONG);
        var others = cluster.masters().stream()
                .filter(Member::isAlive)
                .filter(master -> !master.equals(leader))
                .toList();

        var both = others.stream().map(TrialsIT::transfer).toList();
        both.forEach(command -> command.awaitEnd(MembersDesk.LONG));

        assertThat(both)
                .filteredOn(command -> command.exitStatus() != 0)
                .allSatisfy(command -> assertThat(command.tail())
                        .containsAnyOf(
                                "another handover is under way", "did not take the lead", "no other member says"));
        assertWhole();
        var next = desk.follower();
        assertThat(desk.ok("cluster", "transfer", "--to", next.address()).out())
                .containsAnyOf("the lead went from", "leads already");
        assertWhole();
    }

    private static OsProcess transfer(Member to) {
        return OsProcess.start(
                "transfer",
                Installation.current().command("cluster", "transfer", "--to", to.address()),
                Map.of("MESO_MASTERS", cluster.masterAddresses()),
                directory,
                directory.resolve("transfer-" + to.name()));
    }

    @Test
    void aFollowerThatWasStoppedForASecondCatchesUpUnderLoad() {
        stopForAWhile(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 9})
    @Tag("nightly")
    void aFollowerThatWasStoppedForLongerCatchesUpUnderLoad(int seconds) {
        stopForAWhile(Duration.ofSeconds(seconds));
    }

    private static void stopForAWhile(Duration time) {
        var stopped = desk.follower();
        long since = System.nanoTime();
        stopped.process().pause();
        try {
            Waiting.until("time under load", MembersDesk.LONG, () -> {
                writes.awaitMore(1);
                return System.nanoTime() - since >= time.toNanos() ? "" : "not long enough";
            });
        } finally {
            stopped.process().resume();
        }

        desk.awaitVerdict(stopped, "ok");
        writes.assertNothingIsLost(stopped);
        assertWhole();
    }

    @Test
    void aWipedMachineTakesItsOwnPlaceUnderANewId() throws IOException {
        var wiped = desk.follower();
        var former = desk.of(wiped).text("id");
        wiped.process().kill();
        Files.move(wiped.directory().resolve("data"), wiped.directory().resolve("lost-" + former));
        wiped.start();
        wiped.awaitHealth(MembersDesk.LONG);
        assertThat(wiped.role()).isEqualTo("WAITING");

        desk.ok("cluster", "replace", former, wiped.address());

        desk.awaitVerdict(wiped, "ok");
        assertThat(desk.of(wiped).text("id")).isNotEqualTo(former);
        writes.assertNothingIsLost(wiped);
        assertWhole();
    }

    @Test
    void aDatabaseWithoutItsLogRefusesToStart() throws IOException {
        var victim = desk.follower();
        victim.process().kill();
        var log = victim.directory().resolve("data/raft");
        var aside = victim.directory().resolve("raft-aside");
        Files.move(log, aside);

        victim.start();

        assertThat(victim.process().awaitEnd(MembersDesk.LONG))
                .as(victim.process().tail())
                .isEqualTo(Halt.Code.CORRUPT_DATA.status());
        assertThat(victim.process().tail()).contains("cannot start", "The other members are not harmed");
        org.mesolith.process.Leftovers.delete(log);
        Files.move(aside, log);
        victim.start();
        desk.awaitVerdict(victim, "ok");
        assertWhole();
    }

    /** With election timeouts that are far longer than the whole test. */
    @Test
    void theDeathOfALeaderIsNoticedBeforeTheElectionTimeout() {
        try (var patient = new ClusterProcess(
                Installation.current(),
                directory.resolve("patient"),
                ClusterProcess.Settings.of(3, 0)
                        .withMasterOptions(
                                "--election_timeout_min=" + PATIENCE.toMinutes() + "mins",
                                "--election_timeout_max=" + 2 * PATIENCE.toMinutes() + "mins"))) {
            patient.start();
            var leader = patient.awaitLeader(MembersDesk.LONG);
            Waiting.until("both others to follow", MembersDesk.LONG, () -> {
                var roles = patient.masters().stream().map(Member::role).toList();
                return roles.stream().filter("FOLLOWER"::equals).count() == 2 ? "" : roles.toString();
            });

            leader.process().kill();
            long since = System.nanoTime();

            var next = patient.awaitLeaderOtherThan(leader, MembersDesk.LONG);
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(PATIENCE);
            assertThat(List.of(leader)).doesNotContain(next);
            assertThat(next.get("/metrics").body()).containsPattern("mesolith_raft_forced_elections(_total)? [1-9]");
        }
    }
}
