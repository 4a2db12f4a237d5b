package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/** Resources of a real cluster are reserved where there is room, expire, and are given back; the leader dies twice. */
final class ReserveIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private int runs;

    @Test
    void reservationsAreMadeOverAgentsExpireAndAreGivenBackUnderOtherLeaders() throws IOException {
        var settings = ClusterProcess.Settings.of(3, 2)
                .withAgentOptions("--attributes=zone:a", "--resources=cpus:2;mem:512;disk:512;ports:[31000-31009]");
        try (var cluster = new ClusterProcess(Installation.current(), directory.resolve("cluster"), settings)) {
            cluster.start();
            Waiting.until(
                    "two active agents",
                    LONG,
                    () -> meso(cluster, "agent", "ls")
                                            .lines()
                                            .filter(line -> line.contains("active"))
                                            .count()
                                    == 2
                            ? ""
                            : "not all are active");
            var leader = cluster.awaitLeader(LONG);

            // It stands still: the command's call to it is never answered, and another master leads soon.
            leader.process().pause();
            var reserve = start(
                    cluster,
                    "reserve",
                    "shop",
                    "cpus:0.5;mem:64MB",
                    "--agents",
                    "2",
                    "--spread",
                    "zone",
                    "--owner",
                    "ann",
                    "--purpose",
                    "launch",
                    "--expires",
                    "in 1h",
                    "--yes",
                    "--timeout",
                    "40s");
            cluster.awaitLeaderOtherThan(leader, LONG);
            leader.process().killNow();
            assertThat(reserve.awaitEnd(LONG)).as(said(reserve)).isZero();
            assertThat(said(reserve))
                    .contains(
                            "2 of 2 agents that are in use have room for it",
                            "zone a: 2 of 2 with room",
                            "all at once");
            assertThat(meso(cluster, "reservation", "ls", "--role", "shop")
                            .lines()
                            .skip(1)
                            .limit(2))
                    .hasSize(2)
                    .allMatch(line -> line.contains("cpus:0.5 mem:64MB") && line.contains("ann"));
            leader.startAndAwaitHealth(LONG, false);

            var refused = start(cluster, "reserve", "shop", "cpus:1.75", "--agents", "2", "--yes");
            assertThat(refused.awaitEnd(LONG)).isEqualTo(1);
            assertThat(said(refused))
                    .contains("0 of the 2 agents that are wanted have room", "cpus 1.75 wanted, 1.5 free");
            assertThat(meso(cluster, "reservation", "note", "--all", "shop", "--owner", "bob"))
                    .contains("bob");

            // A task outlives the expiry of the reservation that it uses; the other agent's is given back.
            var now = cluster.awaitLeader(LONG);
            try (var framework = HandFramework.subscribeInRole(now.address(), "shop")) {
                var offer = framework.awaitOffer();
                var reserved = offer.objects("resources").stream()
                        .filter(one -> one.text("name").equals("cpus")
                                && !one.objects("reservations").isEmpty())
                        .toList();
                assertThat(framework
                                .call(HandFramework.launch(offer, "keeper", "sleep 300", reserved))
                                .status())
                        .isEqualTo(202);
                framework.awaitUpdate("keeper", "TASK_RUNNING");
                meso(cluster, "reservation", "note", "--all", "shop", "--expires", "in 2s");
                Waiting.until("one reservation that is left because it is used", LONG, () -> {
                    var listed = meso(cluster, "reservation", "ls", "--role", "shop");
                    return listed.contains("expired used")
                                    && listed.contains("still used by task keeper")
                                    && listed.lines()
                                                    .filter(line -> line.contains(" ann ") || line.contains(" bob "))
                                                    .count()
                                            == 1
                            ? ""
                            : listed;
                });
                now.process().killNow();
                cluster.awaitLeaderOtherThan(now, LONG);
                meso(cluster, "task", "kill", "keeper");
            }
            Waiting.until("nothing that is reserved", LONG, () -> {
                var listed = meso(cluster, "reservation", "ls", "--role", "shop");
                return listed.lines().count() == 1 ? "" : listed;
            });

            // Nobody has the role, so it is an orphan from the start.
            var agent = meso(cluster, "agent", "ls")
                    .lines()
                    .skip(1)
                    .findFirst()
                    .orElseThrow()
                    .split(" ")[0];
            meso(cluster, "reserve", agent, "old", "cpus:0.25;disk:64MB");
            meso(cluster, "volume", "create", agent, "old", "letters", "32MB");
            Waiting.until(
                    "an orphan of a second",
                    LONG,
                    () -> meso(cluster, "reservation", "ls", "--orphans", "--for", "1s")
                                    .contains("no framework has the role old")
                            ? ""
                            : "none is listed");
            assertThat(meso(cluster, "reservation", "gc", "--for", "1s", "--dry-run"))
                    .contains("letters");
            assertThat(meso(cluster, "reservation", "gc", "--for", "1s", "--yes"))
                    .contains("0 of 1 are given back");
            assertThat(meso(cluster, "reservation", "ls", "--role", "old")).contains("disk:32MB", "letters");
            assertThat(meso(cluster, "reservation", "gc", "--for", "1s", "--with-volumes", "--yes"))
                    .contains("1 of 1 are given back");

            assertThat(meso(cluster, "events", "--kind", "reservation"))
                    .contains("reservation_noted", "reservation_expired");
            assertThat(meso(cluster, "audit"))
                    .contains("RESERVE_AGENTS", "NOTE_RESERVATIONS", "EXPIRE_RESERVATIONS", "RELEASE_RESERVATIONS");
        }
    }

    private OsProcess start(ClusterProcess cluster, String... args) {
        return OsProcess.start(
                "meso",
                cluster.installation().command(args),
                Map.of("MESO_MASTERS", cluster.masterAddresses()),
                directory,
                directory.resolve("meso-" + ++runs + ".log"));
    }

    private static String said(OsProcess process) {
        try {
            return Files.readString(process.log());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Runs a command to its good end. */
    private String meso(ClusterProcess cluster, String... args) {
        var process = start(cluster, args);
        int ended = process.awaitEnd(LONG);
        assertThat(ended).as(said(process)).isZero();
        return said(process);
    }
}
