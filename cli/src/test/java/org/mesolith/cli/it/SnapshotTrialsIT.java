package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;

/**
 * Members that must take a snapshot of another one. A restored cluster begins with one and has no older log, so whoever
 * comes new gets it.
 */
@Tag("nightly")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SnapshotTrialsIT {
    /** Each makes a file or more of the database, of what was written since the one before; some are merged. */
    private static final int BACKUPS = 6;

    /** More than Ratis sends in one piece. */
    private static final int MANY = 4;

    @TempDir
    private static Path directory;

    private static ClusterProcess cluster;
    private static Acknowledged writes;
    private static int runs;

    @BeforeAll
    static void restoreAClusterOfOne() {
        try (var lost = new ClusterProcess(
                Installation.current(), directory.resolve("lost"), ClusterProcess.Settings.of(1, 0))) {
            lost.start();
            var masters = lost.masterAddresses();
            for (int number = 1; number <= BACKUPS; number++) {
                meso(masters, "weight", "set", "old-" + number + "=" + number);
                meso(masters, "cluster", "backup", "create", "backup-" + number);
            }
        }
        cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(1, 0));
        cluster.startMasters();
        meso(
                cluster.masterAddresses(),
                "cluster",
                "restore",
                "backup-" + BACKUPS,
                "--members",
                cluster.masterAddresses(),
                "--yes");
        cluster.awaitLeader(MembersDesk.LONG);
        writes = new Acknowledged(cluster);
    }

    @AfterAll
    static void stop() {
        if (writes != null) {
            writes.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void newMembersTakeASnapshotOfManyFilesWhileWritesGoOn() throws IOException {
        var second = cluster.startNewMaster();
        var third = cluster.startNewMaster();

        meso(cluster.masterAddresses(), "cluster", "add", second.address() + "," + third.address());

        writes.awaitMore(20);
        for (Member member : List.of(second, third)) {
            writes.assertNothingIsLost(member);
            var taken = snapshot(member);
            assertThat(files(taken))
                    .isEqualTo(files(snapshot(cluster.masters().getFirst()).resolveSibling(taken.getFileName())))
                    .hasSizeGreaterThan(MANY);
        }
        assertThat(weights(second)).isNotEmpty();
    }

    /**
     * What a member leaves that was killed there: the new snapshot lies where Ratis has put it, and the database is
     * still the one from before.
     */
    @Test
    @Order(2)
    void aMemberThatDiedBetweenTheExchangeOfItsSnapshotsAndTheRestartGoesOn() throws IOException {
        var victim = cluster.masters().getLast();
        victim.process().kill();
        var data = victim.directory().resolve("data");
        var database = data.resolve("db");
        Leftovers.delete(database);
        Files.createDirectories(database); // Older than any snapshot: nothing.

        victim.start();

        victim.awaitHealth(MembersDesk.LONG);
        writes.awaitMore(5);
        writes.assertNothingIsLost(victim);
        assertThat(weights(victim)).contains("old-1", "old-" + BACKUPS);
    }

    private static String weights(Member member) {
        return org.mesolith.process.Probe.ask(
                        member.address(),
                        "/api/v1?consistency=linearizable",
                        "{\"type\":\"GET_WEIGHTS\"}",
                        MembersDesk.LONG)
                .body();
    }

    /** The newest snapshot of a member. */
    private static Path snapshot(Member member) throws IOException {
        try (Stream<Path> all = Files.walk(member.directory().resolve("data/raft"))) {
            return all.filter(Files::isDirectory)
                    .filter(path -> String.valueOf(path.getFileName()).matches("snapshot\\.\\d+_\\d+"))
                    .sorted()
                    .toList()
                    .getLast();
        }
    }

    /** Names and bytes of the files, without those that each member makes of its own. */
    private static SortedMap<String, Long> files(Path snapshot) throws IOException {
        var found = new TreeMap<String, Long>();
        try (Stream<Path> files = Files.list(snapshot)) {
            for (var file :
                    files.filter(file -> !file.toString().endsWith(".md5")).toList()) {
                found.put(String.valueOf(file.getFileName()), Files.size(file));
            }
        }
        return found;
    }

    private static void meso(String masters, String... line) {
        var process = OsProcess.start(
                "meso",
                Installation.current().command(line),
                Map.of("MESO_MASTERS", masters),
                directory,
                directory.resolve("meso-" + ++runs));
        assertThat(process.awaitEnd(MembersDesk.LONG))
                .as(String.join(" ", line) + "\n" + process.tail())
                .isZero();
    }
}
