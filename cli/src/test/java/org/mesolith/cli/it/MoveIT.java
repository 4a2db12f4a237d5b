package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/**
 * A cluster moves to new masters twice, by its page: one after the other, then at once; a task runs on all the time.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MoveIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static MembersDesk desk;
    private static ClusterProcess cluster;
    private static ClusterProcess elsewhere;
    private static String framework;

    @BeforeAll
    static void start() throws IOException {
        desk = new MembersDesk(
                directory, ClusterProcess.Settings.of(3, 2).withAgentOptions("--resources=cpus:1;mem:256"));
        cluster = desk.cluster();
        elsewhere = new ClusterProcess(
                Installation.current(), directory.resolve("elsewhere"), ClusterProcess.Settings.of(1, 0));
        desk.awaitAgents(2);
        try (var first =
                HandFramework.subscribe(cluster.awaitLeader(MembersDesk.LONG).address())) {
            framework = first.id();
            first.run("keeper", "echo $$ > " + directory.resolve("keeper.pid") + "; exec sleep 600");
        }
    }

    @AfterAll
    static void stop() {
        if (elsewhere != null) {
            elsewhere.close();
        }
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    @Order(1)
    @Tag("nightly")
    void everyMasterIsReplacedByOneOnANewMachine() throws IOException {
        var old = cluster.masters();
        desk.ok("weight", "set", "before=3");
        var fresh = List.of(cluster.startNewMaster(), cluster.startNewMaster(), cluster.startNewMaster());

        desk.page(
                "move#One master after the other",
                Map.of(
                        "MESO_MASTERS", addresses(old),
                        "OLD_1", old.get(0).address(),
                        "OLD_2", old.get(1).address(),
                        "OLD_3", old.get(2).address(),
                        "NEW_1", fresh.get(0).address(),
                        "NEW_2", fresh.get(1).address(),
                        "NEW_3", fresh.get(2).address()));

        old.forEach(member -> member.process().awaitEnd(MembersDesk.LONG));
        fresh.forEach(member -> desk.awaitVerdict(member, "ok"));
        desk.awaitAgents(2);
        assertThat(weights(cluster.awaitLeader(MembersDesk.LONG))).contains("before");
        theTaskRunsOn();
    }

    @Test
    @Order(2)
    void theWholeClusterIsRestoredElsewhereAndItsAgentsAreBroughtOver() throws IOException {
        desk.ok("weight", "set", "last=7");
        var last = cluster.awaitLeader(MembersDesk.LONG);
        cluster.masters().stream()
                .filter(Member::isAlive)
                .filter(master -> !master.equals(last))
                .forEach(master -> master.process().stop(MembersDesk.LONG));
        var home = Files.createDirectory(directory.resolve("move"));
        page("move#Stop the old masters", home, Map.of("LAST", last.address()));
        last.process().kill();
        elsewhere.startMasters();
        var values = Map.of("NEW_MASTERS", elsewhere.masterAddresses());

        page("move#Restore to the new masters", home, values);

        var off = cluster.agents().getLast();
        off.process().kill();
        var workDir = off.directory().resolve("data").toString();
        page(
                "move#An agent that does not run",
                home,
                Map.of("NEW_MASTERS", elsewhere.masterAddresses(), "WORK_DIR", workDir));
        off.start(); // With the settings that it always had.
        desk.awaitAgents(1, elsewhere.masterAddresses());
        var said = page("move#Bring the agents over", home, values);
        desk.awaitAgents(2, elsewhere.masterAddresses());
        assertThat(said).contains("nothing was changed (--dry-run)");
        assertThat(weights(elsewhere.awaitLeader(MembersDesk.LONG))).contains("last");
        theTaskRunsOn();
        try (var again =
                HandFramework.subscribe(elsewhere.awaitLeader(MembersDesk.LONG).address(), framework)) {
            again.run("new", "exit 0");
        }
    }

    @Test
    @Order(3)
    void anAgentIsNotBroughtOverToMastersThatItMustNotObey() {
        var agent = cluster.agents().getFirst();
        var former = cluster.masters().getLast();
        former.start(); // Of the epoch before the restore; without the others it does not lead, and says its epoch.
        former.awaitHealth(MembersDesk.LONG);
        var waiting = cluster.startNewMaster();

        Waiting.until("the former master to be refused", MembersDesk.LONG, () -> {
            var said = desk.meso("agent", "repoint", "--masters", former.address(), agent.address())
                    .out();
            return said.contains("is in epoch 1, and the agent has obeyed epoch 2") ? "" : said;
        });
        assertThat(desk.meso("agent", "repoint", "--masters", waiting.address(), agent.address()))
                .satisfies(said -> assertThat(said.status()).isEqualTo(1))
                .satisfies(said -> assertThat(said.out()).contains("belongs to no cluster yet"));
        assertThat(desk.meso("agent", "repoint", "--masters", "127.0.0.1:1", agent.address())
                        .out())
                .contains("no master of the list answers");
        assertThat(desk.meso(
                                "agent",
                                "repoint",
                                "--masters",
                                elsewhere.masterAddresses(),
                                "--work_dir",
                                agent.directory().resolve("data").toString())
                        .err())
                .contains("an agent runs with --work_dir", "nothing was changed");
        assertThat(agent.get("/masters").body()).contains(elsewhere.masterAddresses());
        assertThat(agent.get("/masters").body()).doesNotContain(waiting.address());
    }

    private static String page(String name, Path home, Map<String, String> values) throws IOException {
        var shell = Runbook.start(name, home, values);
        int status = shell.awaitEnd(MembersDesk.LONG);
        assertThat(status).as(shell.tail()).isZero();
        return Runbook.said(name, home);
    }

    private static String addresses(List<Member> masters) {
        return String.join(",", masters.stream().map(Member::address).toList());
    }

    private static String weights(Member master) {
        return Probe.ask(master.address(), "/api/v1?consistency=linearizable", "{\"type\":\"GET_WEIGHTS\"}", SOON)
                .body();
    }

    private static void theTaskRunsOn() throws IOException {
        long pid =
                Long.parseLong(Files.readString(directory.resolve("keeper.pid")).strip());
        assertThat(ProcessHandle.of(pid)).isPresent();
    }
}
