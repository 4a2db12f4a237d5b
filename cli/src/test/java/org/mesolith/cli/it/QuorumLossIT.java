package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** Two of three masters are lost with their disks; the third goes on with everything that it acknowledged with one. */
final class QuorumLossIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    @Test
    void theSurvivorGoesOnWithWhatItAcknowledgedTogetherWithALostMember() throws IOException {
        try (var cluster = new ClusterProcess(
                Installation.current(),
                directory.resolve("cluster"),
                ClusterProcess.Settings.of(3, 1).withAgentOptions("--resources=cpus:4;mem:1024"))) {
            cluster.start();
            Member leader = cluster.awaitLeader(LONG);
            List<Member> followers = cluster.masters().stream()
                    .filter(master -> !master.equals(leader))
                    .toList();
            Member survivor = followers.getFirst();
            HandFramework framework = HandFramework.subscribe(leader.address());
            framework.run("keeper", "echo $$ > " + directory.resolve("keeper.pid") + "; exec sleep 600");

            assertThat(meso("cluster", "recover-quorum", "--yes", "--masters", cluster.masterAddresses()))
                    .contains("the group has a majority", "nothing was changed");
            // The other follower hears nothing: what is acknowledged now, leader and survivor have.
            followers.getLast().process().pause();
            assertThat(meso("weight", "set", "ads=9", "--masters", leader.address()))
                    .contains("answered by");
            cluster.masters().forEach(master -> master.process().killNow());
            cluster.masters().forEach(master -> master.process().kill());
            survivor.start(); // It does not know any more how far its log was committed.
            survivor.awaitHealth(LONG);
            var lost = cluster.masters().stream()
                    .filter(master -> !master.equals(survivor))
                    .toList();
            for (Member member : lost) {
                Files.move(
                        member.directory().resolve("data"), member.directory().resolve("lost"));
                member.start(); // Wiped: a new member, which waits.
                member.awaitHealth(LONG);
            }
            String wiped = lost.stream().map(Member::address).collect(Collectors.joining(","));

            OsProcess page = Runbook.start(
                    "quorum-loss", directory, Map.of("MESO_MASTERS", cluster.masterAddresses(), "NEW", wiped));
            Waiting.until("the survivor to end", LONG, () -> survivor.isAlive() && page.isAlive() ? "it runs" : "");
            assertThat(survivor.isAlive()).as(page.tail()).isFalse();
            survivor.start(); // As a supervisor does.
            assertThat(page.awaitEnd(LONG)).as(page.tail()).isZero();

            assertThat(Runbook.said("quorum-loss", directory))
                    .contains("is the only member, in epoch 2", "written", "has 3 voters");
            Member now = cluster.awaitLeader(LONG);
            assertThat(Probe.ask(now.address(), "/api/v1", "{\"type\":\"GET_WEIGHTS\"}", SOON)
                            .body())
                    .contains("\"ads\"", "9");
            HandFramework again = HandFramework.subscribe(now.address(), framework.id());
            again.call(JsonObject.of("type", "RECONCILE", "reconcile", JsonObject.of("tasks", List.of())));
            again.awaitUpdate("keeper", "TASK_RUNNING");
            long pid = Long.parseLong(
                    Files.readString(directory.resolve("keeper.pid")).strip());
            assertThat(ProcessHandle.of(pid)).isPresent();
            aLostMemberIsRefusedOnItsOldData(lost.getFirst());
        }
    }

    private static void aLostMemberIsRefusedOnItsOldData(Member lost) throws IOException {
        lost.process().kill();
        Files.move(lost.directory().resolve("data"), lost.directory().resolve("fresh"));
        Files.move(lost.directory().resolve("lost"), lost.directory().resolve("data"));
        lost.start();
        assertThat(lost.process().awaitEnd(LONG)).as(lost.process().tail()).isEqualTo(Halt.Code.REFUSED.status());
        assertThat(lost.process().tail()).contains("was restored or recovered and is in epoch 2");
    }

    private String meso(String... line) throws IOException {
        Path log = Files.createTempFile(directory, "meso", ".log");
        OsProcess.start("meso", Installation.current().command(line), Map.of(), directory, log)
                .awaitEnd(LONG);
        return Files.readString(log);
    }
}
