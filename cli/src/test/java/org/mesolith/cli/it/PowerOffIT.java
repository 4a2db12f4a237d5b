package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;

/** A whole cluster is switched off, comes back at other ports, and its agent is brought over; by the pages. */
@Tag("nightly")
final class PowerOffIT {
    @TempDir
    private Path directory;

    @Test
    void aClusterComesBackAtOtherPortsInAnyOrderAndItsAgentIsBroughtOver() throws IOException {
        var others = Files.createFile(directory.resolve("masters"));
        var settings = ClusterProcess.Settings.of(3, 1).withMasterOptions("--other_masters=file://" + others);
        try (var desk = new MembersDesk(directory, settings)) {
            var cluster = desk.cluster();
            desk.awaitAgents(1);
            var data = cluster.masters().getFirst().directory().resolve("data").toString();
            assertThat(desk.page("disk-full", Map.of("WORK_DIR", data))).contains("Use%");
            desk.page("power-off#Before", Map.of());
            cluster.masters().forEach(master -> master.process().killNow());
            cluster.masters().forEach(master -> master.process().kill());

            cluster.masters().forEach(Member::move);
            Files.writeString(others, cluster.masterAddresses());
            cluster.masters().reversed().forEach(Member::start);

            cluster.masters().forEach(master -> desk.awaitVerdict(master, "ok"));
            var said = desk.page("power-off#After", Map.of("MASTERS", cluster.masterAddresses()));
            // The new masters have not met the agent yet: they know it by its host's name.
            var address = cluster.agents().getFirst().address();
            assertThat(said).contains(address.substring(address.indexOf(':')) + "  " + cluster.masterAddresses());
            desk.awaitAgents(1);
        }
    }
}
