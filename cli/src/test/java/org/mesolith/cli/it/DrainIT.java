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

/** Agents of a real cluster are emptied batch by batch, and the leader dies in the middle of it. */
final class DrainIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    private int runs;

    @Test
    void aDrainGoesOnUnderTheNextLeaderAndIsTakenBack() throws IOException {
        try (var cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(3, 2))) {
            cluster.start();
            Waiting.until("two active agents", LONG, () -> active(cluster) == 2 ? "" : "not all are active");
            // It does not listen to TERM, so its agent's batch takes as long as the grace.
            var stubborn = start(cluster, "task", "run", "--", "sh", "-c", "trap '' TERM; while :; do sleep 1; done");
            var agents = meso(cluster, "agent", "ls")
                    .lines()
                    .skip(1)
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .toList();
            Waiting.until(
                    "a running task",
                    LONG,
                    () -> meso(cluster, "task", "ls").contains("RUNNING") ? "" : "no task runs");

            var apply = start(
                    cluster,
                    "drain",
                    "apply",
                    agents.get(0),
                    agents.get(1),
                    "--anyway",
                    "--grace",
                    "6s",
                    "--wait",
                    "2m");
            Waiting.until(
                    "a batch under way",
                    LONG,
                    () -> meso(cluster, "drain", "status").contains("running") ? "" : "no plan runs");
            var leader = cluster.awaitLeader(LONG);
            leader.process().killNow();

            int status = apply.awaitEnd(Duration.ofMinutes(2));
            var said = Files.readString(apply.log());
            assertThat(status).as(said).isZero();
            assertThat(said).contains("D1 done [####################] 2 of 2 agents");
            assertThat(stubborn.awaitEnd(LONG)).isNotZero();
            assertThat(active(cluster)).isZero();
            leader.startAndAwaitHealth(LONG, false);
            assertThat(meso(cluster, "drain", "cancel", "D1")).contains("D1 cancelled");
            assertThat(active(cluster)).isEqualTo(2);
            assertThat(meso(cluster, "events", "--kind", "drain"))
                    .contains("drain_planned", "drain_batch_begun", "drain_done", "drain_cancelled");
            assertThat(meso(cluster, "audit")).contains("PLAN_DRAIN", "ADVANCE_DRAIN", "STEER_DRAIN");
        }
    }

    @Test
    void aDrainGoesOnWhenTheCommandThatWaitsForItIsKilled() throws IOException {
        try (var cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(1, 1))) {
            cluster.start();
            Waiting.until("an active agent", LONG, () -> active(cluster) == 1 ? "" : "it is not active");
            var stubborn = start(cluster, "task", "run", "--", "sh", "-c", "trap '' TERM; while :; do sleep 1; done");
            Waiting.until(
                    "a running task",
                    LONG,
                    () -> meso(cluster, "task", "ls").contains("RUNNING") ? "" : "no task runs");
            var agent = meso(cluster, "agent", "ls")
                    .lines()
                    .skip(1)
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .toList()
                    .getFirst();

            var apply = start(cluster, "drain", "apply", agent, "--anyway", "--grace", "3s", "--wait", "2m");
            Waiting.until(
                    "the command to wait", LONG, () -> text(apply).contains("D1 running") ? "" : "it does not wait");
            apply.killNow();

            assertThat(stubborn.awaitEnd(LONG)).isNotZero();
            Waiting.until(
                    "the end of the plan",
                    LONG,
                    () -> meso(cluster, "drain", "status", "D1").contains("D1 done") ? "" : "it is not over");
            assertThat(active(cluster)).isZero();
            assertThat(meso(cluster, "drain", "cancel", "D1")).contains("D1 cancelled");
            assertThat(active(cluster)).isEqualTo(1);
        }
    }

    private int active(ClusterProcess cluster) {
        return (int) meso(cluster, "agent", "ls")
                .lines()
                .filter(line -> line.contains("  active  "))
                .count();
    }

    private OsProcess start(ClusterProcess cluster, String... args) {
        return OsProcess.start(
                "meso",
                cluster.installation().command(args),
                Map.of("MESO_MASTERS", cluster.masterAddresses()),
                directory,
                directory.resolve("meso-" + ++runs + ".log"));
    }

    /** Runs a command to its good end. */
    private String meso(ClusterProcess cluster, String... args) {
        var process = start(cluster, args);
        int ended = process.awaitEnd(LONG);
        String said = text(process);
        assertThat(ended).as(said).isZero();
        return said;
    }

    /** What it has said. */
    private static String text(OsProcess process) {
        try {
            return Files.readString(process.log());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
