package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;

/** The pages of the upgrade and of the doctor, typed as they stand there, and what the commands refuse. */
final class UpgradePageIT {
    @TempDir
    private Path directory;

    @Test
    void thePagesWorkAndASilentMemberKeepsTheUpgradeFromBeingEnded() throws IOException {
        try (var desk = new MembersDesk(directory, ClusterProcess.Settings.of(3, 1))) {
            for (var master : desk.cluster().masters()) {
                desk.awaitVerdict(master, "ok");
            }

            var said = desk.page(
                    "upgrade", Map.of("BACKUP", directory.resolve("backup.meso").toString()));
            assertThat(said)
                    .contains("one down")
                    .contains("3 of 3 voters are healthy, 2 are needed")
                    .contains("already; nothing to do");
            assertThat(desk.page("doctor", Map.of())).contains("\"check\"").contains("\"flush\"");

            var dead = desk.follower();
            dead.process().kill();
            desk.awaitVerdict(dead, "silent");
            assertThat(desk.refused("cluster", "finalize"))
                    .contains(dead.address())
                    .contains("Nothing was changed");
            var check = desk.meso("cluster", "upgrade-check");
            assertThat(check.status()).isEqualTo(1);
            assertThat(check.out()).contains("2 of 3 voters are healthy, 2 are needed");
            assertThat(check.err()).contains("without one more there is no majority");
            var doctor = desk.meso("doctor", "--all");
            assertThat(doctor.status()).isEqualTo(1);
            assertThat(doctor.out()).contains(dead.address()).contains("silent");
        }
    }
}
