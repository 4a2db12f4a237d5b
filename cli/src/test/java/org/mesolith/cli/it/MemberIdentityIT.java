package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.FreePorts;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/** What a member is known by: other ports, an old copy of its disk, one directory used twice. One cluster for all. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MemberIdentityIT {
    @TempDir
    private static Path directory;

    private static MembersDesk desk;
    private static ClusterProcess cluster;
    private static int runs;

    @BeforeAll
    static void start() throws IOException {
        var others = Files.createFile(directory.resolve("masters"));
        desk = new MembersDesk(
                directory, ClusterProcess.Settings.of(3, 0).withMasterOptions("--other_masters=file://" + others));
        cluster = desk.cluster();
    }

    @AfterAll
    static void stop() {
        if (desk != null) {
            desk.close();
        }
    }

    /** The cluster knows of this many starts of the master's data. */
    private static void awaitLife(Member master, long life) {
        Waiting.until(master.name() + " to be known for its life " + life, MembersDesk.LONG, () -> {
            var known = cluster.awaitLeader(MembersDesk.LONG).get("/raft").body();
            return known.contains("\"http_address\":\"" + master.address() + "\",\"zone\":\"\",\"life\":" + life + ",")
                    ? ""
                    : known;
        });
    }

    @Test
    @Order(1)
    void aMemberMayMoveToOtherPorts() {
        var moved = desk.follower();
        moved.process().stop(MembersDesk.LONG);

        moved.move();
        moved.start();

        desk.awaitVerdict(moved, "ok");
        cluster.masters().forEach(master -> desk.awaitVerdict(master, "ok"));
    }

    @Test
    @Order(2)
    void allMembersMayBeSwitchedOffAndComeBackAtOtherPortsInAnyOrder() throws IOException {
        cluster.masters().forEach(master -> master.process().killNow());
        cluster.masters().forEach(master -> master.process().kill());

        cluster.masters().forEach(Member::move);
        Files.writeString(directory.resolve("masters"), cluster.masterAddresses());
        cluster.masters().reversed().forEach(Member::start);

        cluster.masters().forEach(master -> desk.awaitVerdict(master, "ok"));
    }

    @Test
    @Order(3)
    void anOldCopyOfAMembersDiskIsFenced() throws IOException {
        var victim = desk.follower();
        var data = victim.directory().resolve("data");
        var copy = victim.directory().resolve("copy");
        long life = desk.of(victim).whole("life", 0);
        victim.process().stop(MembersDesk.LONG);
        copyTree(data, copy);
        victim.start();
        awaitLife(victim, life + 1);
        victim.process().stop(MembersDesk.LONG);
        var present = victim.directory().resolve("present");
        Files.move(data, present);
        Files.move(copy, data);

        victim.start();

        assertThat(victim.process().awaitEnd(MembersDesk.LONG))
                .as(victim.process().tail())
                .isEqualTo(Halt.Code.CORRUPT_DATA.status());
        assertThat(victim.process().tail()).contains("it is an old copy");
        Leftovers.delete(data);
        Files.move(present, data);
        victim.start();
        desk.awaitVerdict(victim, "ok");
    }

    @Test
    @Order(4)
    void oneDataDirectoryIsUsedByOneProcessAndACopyOfItByNone() throws IOException {
        var running = desk.follower();
        var data = running.directory().resolve("data");
        var copy = running.directory().resolve("running-copy");
        running.process().pause(); // So that all files are of one moment.
        try {
            copyTree(data, copy);
        } finally {
            running.process().resume();
        }

        // However old the state in it is that a start finds: who has it knows where to ask.
        assertThat(copy.resolve("masters")).content().contains(running.address());
        assertThat(startBeside(running, data))
                .startsWith(Halt.Code.DATA_IN_USE.status() + " ")
                .contains("is in use by process");
        // The log may have grown since the copy was made: then the leader's word alone is enough.
        assertThat(startBeside(running, copy))
                .containsPattern("^" + Halt.Code.DATA_IN_USE.status() + " (?s:.*)runs already, at " + running.address()
                        + "|^" + Halt.Code.CORRUPT_DATA.status() + " (?s:.*)the leader .* has its confirmation up to");

        desk.awaitVerdict(running, "ok");
    }

    /** How a master ends that is started on this directory, at other ports, and what it says. */
    private static String startBeside(Member other, Path data) {
        var ports = new FreePorts(new SplittableRandom());
        var process = OsProcess.start(
                "beside",
                Installation.current()
                        .command(
                                "master",
                                "--work_dir=" + data,
                                "--ip=127.0.0.1",
                                "--port=" + ports.next(),
                                "--raft_port=" + ports.next()),
                Map.of(),
                other.directory(),
                directory.resolve("beside-" + ++runs));
        try {
            int status = process.awaitEnd(MembersDesk.LONG);
            return status + " " + process.tail();
        } finally {
            process.killNow();
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
