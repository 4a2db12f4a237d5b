package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;
import org.mesolith.state.Change;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.store.RocksStore;

/** Events and audit over changes of the leader: whoever reads misses nothing, sees nothing twice, and in one order. */
final class EventsIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int WRITES = 12;

    /** Of the events; more than there are after one round of writes, less than after three. */
    private static final int KEPT = 30;

    @TempDir
    private Path directory;

    private int calls;

    @Test
    void aReaderThatMovesBetweenMastersSeesWhatEveryMasterTells() throws IOException {
        try (var cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(3, 0))) {
            cluster.start();
            var leader = cluster.awaitLeader(LONG);
            // The leader first, so that the reader has to move.
            var order = leader.address() + "," + cluster.masterAddresses();
            var reader = meso("reader", order, "events", "--since", "oldest", "--follow", "--json", "--timeout", "60s");
            for (int round = 0; round < 3; round++) {
                write(cluster, round);
                leader = restart(cluster, leader);
            }
            write(cluster, 3);
            var last = "r3w" + (WRITES - 1);
            Waiting.until(
                    "the last write at the reader", LONG, () -> missing("reader", "\"subject\":\"" + last + "\""));
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

    @Test
    void whatWasForgottenRefusedOrChangedIsSaid() throws IOException {
        var settings = ClusterProcess.Settings.of(1, 0).withMasterOptions("--events_max=" + KEPT, "--audit_max=20");
        try (var cluster = new ClusterProcess(Installation.current(), directory.resolve("cluster"), settings)) {
            cluster.start();
            var master = cluster.awaitLeader(LONG);
            write(cluster, 0);
            var told = meso(0, cluster, "events", "--since", "1h", "--kind", "weight", "--json");
            var first = token(told.getFirst());
            assertThat(told).hasSize(WRITES).allMatch(line -> line.contains("\"kind\":\"weight_updated\""));
            assertThat(meso(0, cluster, "events", "--since", token(told.get(4)), "--json"))
                    .isEqualTo(told.subList(5, WRITES));
            assertThat(meso(0, cluster, "events", "--since", "1h", "--kind", "agent"))
                    .isEmpty();
            assertThat(said(1, cluster, "events", "--since", "1h", "--kind", "nonsense"))
                    .contains("No event has the kind 'nonsense'");
            assertThat(said(1, cluster, "events", "--since", "yesterday")).contains("'yesterday'", "30m, 1h or 7d");

            // Only now there are more than are kept.
            write(cluster, 1);
            write(cluster, 2);
            theOldestAreForgotten(cluster, first);
            aRefusedCallIsWrittenDown(master);
            aChangedRowIsFound(cluster, master);
        }
    }

    private void theOldestAreForgotten(ClusterProcess cluster, String first) throws IOException {
        Waiting.until("the oldest events to be forgotten", LONG, () -> {
            try {
                var left = meso(0, cluster, "events", "--since", "oldest", "--json")
                        .size();
                return left <= KEPT ? "" : left + " are left";
            } catch (IOException unread) {
                throw new UncheckedIOException(unread);
            }
        });
        assertThat(said(1, cluster, "events", "--since", first)).contains("410", "was forgotten", "oldest");
        assertThat(said(0, cluster, "audit", "--verify")).contains("verified: ");
    }

    private static void aRefusedCallIsWrittenDown(Member master) throws IOException {
        var refused = Probe.ask(master.address(), "/api/v1", "{\"type\":\"NONSENSE\"}", Duration.ofSeconds(5));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(Files.readAllLines(master.directory().resolve("data/refused.jsonl")))
                .last(as(InstanceOfAssertFactories.STRING))
                .contains("\"status\":400", "/api/v1", "127.0.0.1");
    }

    private void aChangedRowIsFound(ClusterProcess cluster, Member master) throws IOException {
        // In good order, so that the row has reached the database and is not applied again.
        master.process().stop(LONG);
        long changed;
        try (var store = RocksStore.open(master.directory().resolve("data/db"))) {
            var loaded = store.load();
            var row = store.audits(loaded.registry().journal().audits() - 3, 1).getFirst();
            changed = row.sequence();
            store.write(loaded.applied(), List.of(new Change.AuditPut(otherwise(row))));
            store.flush();
        }
        master.startAndAwaitHealth(LONG, false);
        cluster.awaitLeader(LONG);

        assertThat(said(1, cluster, "audit", "--verify"))
                .contains("row " + changed + " was changed: its content does not give its hash");
    }

    /** As if somebody else had done it. */
    private static AuditRow otherwise(AuditRow row) {
        var deed = row.deed();
        return new AuditRow(
                row.sequence(),
                row.at(),
                row.epoch(),
                row.time(),
                new AuditRow.Deed(
                        deed.actor(),
                        deed.id(),
                        "mallory",
                        deed.address(),
                        deed.call(),
                        deed.subject(),
                        deed.arguments(),
                        deed.outcome(),
                        deed.message(),
                        deed.before(),
                        deed.after()),
                row.previous(),
                row.hash());
    }

    private static String token(String line) {
        int from = line.indexOf("\"token\":\"") + 9;
        return line.substring(from, line.indexOf('"', from));
    }

    private List<String> meso(int status, ClusterProcess cluster, String... arguments) throws IOException {
        return said(status, cluster, arguments).lines().toList();
    }

    private String said(int status, ClusterProcess cluster, String... arguments) throws IOException {
        var name = "call-" + ++calls;
        assertThat(meso(name, cluster.masterAddresses(), arguments).awaitEnd(LONG))
                .as(seen(name))
                .isEqualTo(status);
        return seen(name);
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
