package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** The leader's disk fills up, first so far that it is short, then to the last byte. */
final class FullMasterDiskIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int DISK_MEGABYTES = 160;

    @TempDir(cleanup = CleanupMode.NEVER) // The disks are unmounted when the processes have ended, below.
    private Path directory;

    private final List<SmallDisk> disks = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (SmallDisk disk : disks) {
            disk.close();
        }
        org.mesolith.process.Leftovers.delete(directory);
    }

    @Test
    void aLeaderWhoseDiskFillsRefusesWritesThenHandsOverAndStopsAndComesBackWhenThereIsRoom() throws IOException {
        try (var cluster = new ClusterProcess(
                Installation.current(),
                directory.resolve("cluster"),
                ClusterProcess.Settings.of(3, 0).withMasterOptions("--disk_reserve=16MB"))) {
            for (Member master : cluster.masters()) {
                disks.add(SmallDisk.mount(master.directory(), DISK_MEGABYTES));
            }
            cluster.start();
            fillTheLeadersDisk(cluster);
        }
    }

    private void fillTheLeadersDisk(ClusterProcess cluster) throws IOException {
        Member leader = cluster.awaitLeader(LONG);
        SmallDisk disk = disks.get(cluster.masters().indexOf(leader));
        assertThat(setWeight(leader, "before").status()).isEqualTo(200);

        disk.fillUpTo(disk.bytes() / 20);
        Waiting.until("writes to be refused", LONG, () -> {
            Probe answer = setWeight(leader, "short");
            return answer.status() == 507 ? "" : answer.status() + " " + answer.body();
        });
        assertThat(setWeight(leader, "short").body()).contains("MB free of").contains("free some space there");
        Probe read = Probe.ask(leader.address(), "/api/v1", "{\"type\":\"GET_WEIGHTS\"}", SOON);
        assertThat(read.body()).contains("before");

        disk.fillUpTo(0);
        assertThat(leader.process().awaitEnd(LONG)).isEqualTo(Halt.Code.STORAGE.status());
        assertThat(leader.process().tail()).contains("stopping with exit status 74 (STORAGE)");
        Member next = cluster.awaitLeaderOtherThan(leader, LONG);
        Waiting.until("a write without the full one", LONG, () -> {
            Probe answer = setWeight(next, "after");
            return answer.isOk() ? "" : answer.status() + " " + answer.body();
        });
        disk.fillUpTo(0); // The process gave some back as it ended: its log was laid out ahead.
        leader.start();
        assertThat(leader.process().awaitEnd(LONG)).isEqualTo(Halt.Code.STORAGE.status());
        assertThat(leader.process().tail()).contains("cannot start").contains("free some space there");

        disk.free();
        leader.start();
        leader.awaitHealth(LONG);
        Waiting.until("the former leader to follow", LONG, () -> {
            String role = leader.role();
            return role.equals("FOLLOWER") ? "" : "it is " + role;
        });
        next.process().kill();
        Member last = cluster.awaitLeaderOtherThan(next, LONG);
        assertThat(Probe.ask(last.address(), "/api/v1", "{\"type\":\"GET_WEIGHTS\"}", SOON)
                        .body())
                .contains("before")
                .contains("after");
    }

    private static Probe setWeight(Member master, String role) {
        String weight = "{\"role\":\"" + role + "\",\"weight\":2}";
        return Probe.ask(
                master.address(),
                "/api/v1",
                "{\"type\":\"UPDATE_WEIGHTS\",\"update_weights\":{\"weight_infos\":[" + weight + "]}}",
                SOON);
    }
}
