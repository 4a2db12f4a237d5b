package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/** Events and audit over changes of the leader: whoever reads misses nothing, sees nothing twice, and in one order. */
final class EventsIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int WRITES = 12;

    @TempDir
    private Path directory;

    @Test
    void aReaderThatMovesBetweenMastersSeesWhatEveryMasterTells() throws IOException {
        try (var cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(3, 0))) {
            cluster.start();
            var leader = cluster.awaitLeader(LONG);
            // The leader first, so that the reader has to move.
            var order = leader.address() + "," + cluster.masterAddresses();
            var reader = meso("reader", order, "events", "--since", "oldest", "--follow", "--json", "--timeout", "60");
            for (int round = 0; round < 3; round++) {
                write(cluster, round);
                leader = restart(cluster, leader);
            }
            write(cluster, 3);
            var last = "r3w" + (WRITES - 1);
            Waiting.until(
                    "the last write at the " + "reader", LONG, () -> missing("reader", "\"subject\":\"" + last + "\""));
            reader.killNow();

            var seen = lines("reader");
            for (var member : cluster.masters()) {
                var name = "told-" + member.name();
                assertThat(meso(name, member.address(), "events", "--since", "oldest", "--json")
                                .awaitEnd(LONG))
                        .as(seen(name))
                        .isZero();
                assertThat(lines(name).subList(0, seen.size()))
                        .as("what %s tells", member.name())
                        .isEqualTo(seen);
                var verify = "verify-" + member.name();
                assertThat(meso(verify, member.address(), "audit", "--verify").awaitEnd(LONG))
                        .as(seen(verify))
                        .isZero();
                assertThat(seen(verify)).startsWith("verified: ").contains(member.address());
            }
            assertThat(seen.stream().filter(line -> line.contains("weight_updated")))
                    .hasSize(4 * WRITES);
            assertThat(meso("audit", cluster.masterAddresses(), "audit", "--actor", "operator", "--json")
                            .awaitEnd(LONG))
                    .isZero();
            assertThat(lines("audit").stream().filter(line -> line.contains("\"call\":\"SET_WEIGHTS\"")))
                    .hasSize(4 * WRITES)
                    .allSatisfy(line -> assertThat(line)
                            .contains("\"outcome\":\"accepted\"")
                            .contains("\"address\":\"127.0.0.1\""));
        }
    }

    private void write(ClusterProcess cluster, int round) throws IOException {
        for (int number = 0; number < WRITES; number++) {
            var name = "r" + round + "w" + number;
            assertThat(meso(name, cluster.masterAddresses(), "weight", "set", name + "=2")
                            .awaitEnd(LONG))
                    .as(seen(name))
                    .isZero();
        }
    }

    private static Member restart(ClusterProcess cluster, Member leader) throws IOException {
        leader.process().killNow();
        var next = cluster.awaitLeaderOtherThan(leader, LONG);
        leader.startAndAwaitHealth(LONG, false);
        return next;
    }

    private OsProcess meso(String name, String masters, String... arguments) throws IOException {
        var command = Installation.current().command(arguments);
        return OsProcess.start(name, command, Map.of("MESO_MASTERS", masters), directory, directory.resolve(name));
    }

    private String missing(String name, String text) {
        try {
            return seen(name).contains(text) ? "" : text;
        } catch (IOException notYet) {
            return String.valueOf(notYet.getMessage());
        }
    }

    private String seen(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    /** Documents only: remarks of the command are in the same file. */
    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(directory.resolve(name)).stream()
                .filter(line -> line.startsWith("{") && line.endsWith("}"))
                .toList();
    }
}
