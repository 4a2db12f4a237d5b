package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.fault.Preload;

/** A cluster is made by its page; then the leader's clock is wrong by an hour. */
@Tag("nightly")
final class ClockTroubleIT {
    @TempDir
    private Path directory;

    @Test
    void aLeaderWithAWrongClockIsShownAndHandsTheLeadOverAndNothingElseHappens() throws IOException {
        if (!Preload.unmet().isEmpty()) {
            throw Needs.missing(Preload.unmet());
        }
        var settings = ClusterProcess.Settings.of(3, 0).withEnvironment(Preload.prepare(directory.resolve("clock")));
        try (var desk = new MembersDesk(
                directory, new ClusterProcess(Installation.current(), directory.resolve("cluster"), settings))) {
            var cluster = desk.cluster();
            cluster.startMasters();
            var made = desk.page("init", Map.of("NEW_MASTERS", cluster.masterAddresses()));
            assertThat(made).contains("waits and would be in", "nothing was changed (--dry-run)", "has 3 members");
            var leader = cluster.awaitLeader(MembersDesk.LONG);
            var good = desk.follower();
            var fresh = cluster.startNewMaster();
            var token = desk.ok("cluster", "token", "--expires", "10m").out().strip();

            Preload.set(leader, Preload.Trouble.clock(Duration.ofHours(1), 0));

            desk.awaitVerdict(good, "clock");
            assertThat(desk.of(good).whole("clock_offset_ms", 0)).isBetween(-3_700_000L, -3_500_000L);
            // The process goes on by the time of its start, which was right, and says so.
            assertThat(desk.of(good).whole("process_clock_offset_ms", -1)).isBetween(-100L, 100L);
            assertThat(desk.refused("master", "join", "--token", token, "--this", fresh.address()))
                    .contains("expired");
            assertThat(fresh.role()).isEqualTo("WAITING");
            assertThat(leader.isServingLeader()).isTrue();

            desk.page("clock", Map.of("TO", good.address()));

            cluster.awaitLeaderOtherThan(leader, MembersDesk.LONG);
            desk.awaitVerdict(leader, "clock");
            desk.ok("master", "join", "--token", token, "--this", fresh.address());
            Preload.set(leader, Preload.Trouble.NONE);
            desk.awaitVerdict(leader, "ok");
        }
    }
}
