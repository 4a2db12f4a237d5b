package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Waiting;

/** A standby takes the place of a dead master by itself, where masters were told so. */
final class AutopilotIT {
    @TempDir
    private Path directory;

    @Test
    void aStandbyTakesThePlaceOfADeadMember() {
        var settings = ClusterProcess.Settings.of(3, 0).withMasterOptions("--autopilot", "--dead_member_after=3secs");
        try (var desk = new MembersDesk(directory, settings)) {
            var cluster = desk.cluster();
            var dead = desk.follower();
            var standby = cluster.startNewMaster();
            var token = desk.ok("cluster", "token").out().strip();
            desk.ok("master", "join", "--token", token, "--this", standby.address());
            desk.awaitVerdict(standby, "standby");

            dead.process().kill();

            desk.awaitVerdict(standby, "ok");
            Waiting.until("the dead one to be removed", MembersDesk.LONG, () -> {
                var said = standby.get("/raft").body();
                return said.contains("\"removed\":true") ? "" : said;
            });
            desk.awaitVoters(3);
            assertThat(cluster.masters().stream()
                            .map(master -> master.process().tail())
                            .collect(Collectors.joining()))
                    .contains("has been silent for", "autopilot: ");
        }
    }
}
