package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** All masters are lost; a backup is restored to three new ones, and the agent comes back to them. */
final class BackupRestoreIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static ClusterProcess lost;
    private static ClusterProcess fresh;
    private static Member leader;
    private static HandFramework after;
    private static OsProcess agent;

    @BeforeAll
    static void aBackupIsRestoredToNewMasters() throws IOException {
        lost = new ClusterProcess(
                Installation.current(),
                directory.resolve("lost"),
                ClusterProcess.Settings.of(3, 1).withAgentOptions("--resources=cpus:4;mem:1024"));
        lost.start();
        Member first = lost.awaitLeader(LONG);
        HandFramework before = HandFramework.subscribe(first.address());
        before.run("keeper", "echo $$ > " + directory.resolve("keeper.pid") + "; exec sleep 600");
        meso(0, "weight", "set", "ads=3", "--masters", lost.masterAddresses());
        Member follower = lost.masters().stream()
                .filter(master -> !master.equals(first))
                .findFirst()
                .orElseThrow();
        Files.writeString(directory.resolve("passphrase"), "correct horse battery staple\n");
        run("backup", Map.of("MESO_MASTERS", follower.address()));
        assertThat(Runbook.said("backup", directory)).contains("verified", "encrypted", "1 tasks");
        meso(0, "weight", "set", "ads=7", "--masters", lost.masterAddresses());
        before.run("later", "echo $$ > " + directory.resolve("later.pid") + "; exec sleep 600");
        // It holds an offer of all that is left; its end gives that to the next one.
        before.close();
        HandFramework.subscribe(first.address())
                .run("stranger", "echo $$ > " + directory.resolve("stranger.pid") + "; exec sleep 600");

        lost.agents().getFirst().process().kill();
        lost.masters().forEach(master -> master.process().kill());

        fresh = new ClusterProcess(
                Installation.current(), directory.resolve("fresh"), ClusterProcess.Settings.of(3, 0));
        fresh.startMasters();
        killARestoreInTheMiddle();
        run("restore", Map.of("NEW_MASTERS", fresh.masterAddresses()));
        assertThat(Runbook.said("restore", directory)).contains("nothing was changed (--dry-run)", "epoch 2");
        leader = fresh.awaitLeader(LONG);
        agent = startAgent(fresh.masterAddresses());
        after = HandFramework.subscribe(leader.address(), before.id());
    }

    /** The command is killed when the first member is in, together with a member that is not. */
    private static void killARestoreInTheMiddle() {
        OsProcess command = OsProcess.start(
                "restore-killed",
                Installation.current().command(restore("--yes")),
                Map.of(),
                directory,
                directory.resolve("restore-killed.log"));
        Waiting.until(
                "the first member",
                LONG,
                () -> command.tail().contains(" is in") ? "" : "said only: " + command.tail());
        command.kill();
        Member last = fresh.masters().getLast();
        last.process().kill();
        last.start();
        last.awaitHealth(LONG);
    }

    private static void run(String page, Map<String, String> variables) throws IOException {
        OsProcess shell = Runbook.start(page, directory, variables);
        int status = shell.awaitEnd(LONG);
        assertThat(status).as(Runbook.said(page, directory)).isZero();
    }

    private static String[] restore(String... more) {
        var line = new ArrayList<>(List.of(
                "cluster",
                "restore",
                "registry.meso",
                "--passphrase-file",
                "passphrase",
                "--members",
                fresh.masterAddresses()));
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    @AfterAll
    static void stop() {
        if (agent != null) {
            agent.killNow();
        }
        lost.close();
        if (fresh != null) {
            fresh.close();
        }
    }

    /** The same agent on its old directory, with a changed setting. */
    private static OsProcess startAgent(String masters) {
        Path home = lost.agents().getFirst().directory();
        String address = lost.agents().getFirst().address();
        return OsProcess.start(
                "agent-again",
                Installation.current()
                        .command(
                                "agent",
                                "--master=" + masters,
                                "--work_dir=" + home.resolve("data"),
                                "--ip=127.0.0.1",
                                "--resources=cpus:4;mem:1024",
                                "--port=" + address.substring(address.indexOf(':') + 1)),
                Map.of(),
                home,
                home.resolve("log-again"));
    }

    private static String meso(int status, String... line) throws IOException {
        Path log = Files.createTempFile(directory, "meso", ".log");
        var process = OsProcess.start("meso", Installation.current().command(line), Map.of(), directory, log);
        int ended = process.awaitEnd(LONG);
        String said = Files.readString(log);
        assertThat(ended).as("meso %s\n%s", String.join(" ", line), said).isEqualTo(status);
        return said;
    }

    @Test
    void whatWasInTheBackupIsThereAndWhatCameAfterIsNot() throws IOException {
        assertThatAdsWeigh(3, fresh.awaitLeader(LONG));
    }

    private static void assertThatAdsWeigh(int weight, Member master) throws IOException {
        Probe answer =
                Probe.ask(master.address(), "/api/v1?consistency=linearizable", "{\"type\":\"GET_WEIGHTS\"}", SOON);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var weights =
                Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8)).objects("get_weights.weight_infos");
        assertThat(weights)
                .singleElement()
                .satisfies(info -> assertThat(info.number("weight", 0)).isEqualTo(weight));
    }

    @Test
    void aTaskOfTheBackupRunsOnAsTheSameProcessAndIsKnown() throws IOException {
        long pid = pid("keeper");
        Waiting.until("the agent", LONG, () -> {
            Probe agents = Probe.ask(leader.address(), "/api/v1", "{\"type\":\"GET_AGENTS\"}", SOON);
            return agents.body().contains("\"active\":true") ? "" : "agents are: " + agents.body();
        });
        after.call(JsonObject.of("type", "RECONCILE", "reconcile", JsonObject.of("tasks", List.of())));
        after.awaitUpdate("keeper", "TASK_RUNNING");
        assertThat(ProcessHandle.of(pid)).isPresent();
        after.run("new", "exit 0");
    }

    @Test
    void tasksThatAreYoungerThanTheBackupAreLeftAloneAndReported() throws IOException {
        for (String task : List.of("later", "stranger")) {
            Waiting.until("the report of " + task, LONG, () -> {
                var said = new StringBuilder();
                fresh.masters().forEach(master -> said.append(master.process().tail()));
                return said.toString().matches("(?s).*has task [^\\n]*" + task + "[^\\n]*left alone.*")
                        ? ""
                        : "the masters said: " + said;
            });
            assertThat(ProcessHandle.of(pid(task))).as(task).isPresent();
        }
    }

    @Test
    void theFormerMastersAreRefusedByTheAgent() throws IOException {
        agent.kill();
        // Else it would go to the new masters by itself, which is what it is for.
        Files.deleteIfExists(lost.agents().getFirst().directory().resolve("data/masters"));
        lost.masters().forEach(Member::start);
        lost.awaitLeader(LONG);
        agent = startAgent(lost.masterAddresses());
        Waiting.until(
                "the refusal",
                LONG,
                () -> agent.tail().contains(": STALE, newest is") ? "" : "it said: " + agent.tail());
        assertThat(ProcessHandle.of(pid("keeper"))).isPresent();
        agent.kill();
        lost.masters().forEach(master -> master.process().kill());
        agent = startAgent(fresh.masterAddresses());
        after.run("again", "exit 0");
    }

    private static long pid(String task) throws IOException {
        Path file = directory.resolve(task + ".pid");
        return Long.parseLong(Files.readString(file).strip());
    }

    @Test
    void aRestoreThatIsRunAgainChangesNothingAndMembersOfAClusterAreNotOverwritten() throws IOException {
        assertThat(meso(0, restore("--yes"))).contains("going on with the restore");
        Files.writeString(directory.resolve("other-pass"), "another passphrase\n");
        assertThat(meso(
                        1,
                        "cluster",
                        "restore",
                        "registry.meso",
                        "--passphrase-file",
                        "other-pass",
                        "--members",
                        fresh.masterAddresses(),
                        "--yes"))
                .contains("the passphrase does not fit");
        meso(0, "cluster", "backup", "create", "c.meso", "--masters", leader.address());
        assertThat(meso(0, "cluster", "backup", "verify", "c.meso")).contains("verified", "epoch 2");
        assertThat(meso(1, "cluster", "restore", "c.meso", "--members", fresh.masterAddresses(), "--yes"))
                .contains("belongs to cluster", "nothing was changed");
    }

    @Test
    void aBackupThatCarriesItsLogIsRestoredLikeAnyOther() throws IOException {
        String[] create = {"cluster", "backup", "create", "logged.meso", "--with-log", "--passphrase-file", "passphrase"
        };
        var line = new ArrayList<>(List.of(create));
        line.addAll(List.of("--masters", fresh.awaitLeader(LONG).address()));
        meso(0, line.toArray(String[]::new));
        try (var third = new ClusterProcess(
                Installation.current(), directory.resolve("third"), ClusterProcess.Settings.of(1, 0))) {
            third.startMasters();
            String address = third.masterAddresses();

            assertThat(meso(
                            0,
                            "cluster",
                            "restore",
                            "logged.meso",
                            "--passphrase-file",
                            "passphrase",
                            "--members",
                            address,
                            "--yes"))
                    .contains("epoch 3 instead of 2");

            Member alone = third.awaitLeader(LONG);
            assertThatAdsWeigh(3, alone);
            meso(0, "weight", "set", "ads=4", "--masters", address);
            assertThatAdsWeigh(4, alone);
            assertThatAdsWeigh(3, fresh.awaitLeader(LONG));
        }
    }
}
