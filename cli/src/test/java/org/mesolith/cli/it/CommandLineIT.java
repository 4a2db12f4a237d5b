package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/** The packaged command line against one real cluster. The last story kills its leader. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CommandLineIT {

    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    private static Path directory;

    private static Installation installation;
    private static ClusterProcess cluster;
    private static int runs;

    private record Said(int code, String text) {}

    @BeforeAll
    static void start() {
        installation = Installation.current();
        cluster = new ClusterProcess(installation, directory.resolve("cluster"), ClusterProcess.Settings.of(3, 1));
        cluster.start();
        Waiting.until("an active agent", LONG, () -> {
            Said said = meso("agent", "ls");
            return said.text().contains("  active  ") ? "" : "agents: " + said.text();
        });
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void theStatusNamesOneLeaderAndTwoFollowers() {
        Said said = meso("cluster", "status");
        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text().lines().filter(line -> line.contains("  leader  ")))
                .hasSize(1);
        assertThat(said.text().lines().filter(line -> line.contains("  follower  ")))
                .hasSize(2);
    }

    @Test
    @Order(2)
    void initializingTheSameClusterAgainIsHarmlessAndAnotherOneIsRefused() {
        Said again = meso("cluster", "init", "--members", cluster.masterAddresses());
        assertThat(again.code()).as(again.text()).isZero();
        Said fewer = meso(
                "cluster", "init", "--members", cluster.masters().getFirst().address());
        assertThat(fewer.code()).as(fewer.text()).isEqualTo(1);
        assertThat(fewer.text()).contains("nothing was changed");
    }

    @Test
    @Order(3)
    void aWeightIsSetThroughAnyMasterAndShownByAnyMaster() {
        for (Member master : cluster.masters()) {
            Said set = meso("weight", "set", "it=2.5", "--masters", master.address());
            assertThat(set.code()).as(set.text()).isZero();
            Said get = meso("weight", "get", "it", "--masters", master.address());
            assertThat(get.text()).contains("it    2.5");
        }
    }

    @Test
    @Order(4)
    void aTaskRunsItsOutputIsShownAndItsStatusIsTheCommands() {
        Said good = meso("task", "run", "--env", "GREETING=hello", "--", "sh", "-c", "echo $GREETING; echo oops >&2");
        assertThat(good.code()).as(good.text()).isZero();
        assertThat(good.text()).contains("hello").contains("oops");
        assertThat(meso("task", "run", "--", "sh", "-c", "exit 7").code()).isEqualTo(7);
    }

    @Test
    @Order(5)
    void anOperatorFindsReadsAndKillsATask() {
        OsProcess task =
                background("task", "run", "--name", "victim", "--", "sh", "-c", "echo started; exec sleep 300");
        Waiting.until("its output", LONG, () -> task.tail().contains("started") ? "" : "not yet: " + task.tail());
        Said list = meso("task", "ls");
        String id = list.text()
                .lines()
                .filter(line -> line.contains("  victim  "))
                .map(line -> line.split(" ", -1)[0])
                .collect(Collectors.joining());
        assertThat(id).as(list.text()).startsWith("run-");
        assertThat(meso("task", "logs", id).text()).contains("started");
        assertThat(meso("task", "show", id).text()).contains("RUNNING");
        Said killed = meso("task", "kill", id);
        assertThat(killed.code()).as(killed.text()).isZero();
        assertThat(task.awaitEnd(LONG)).isNotZero();
        // The order goes to the agent at once, and its row into the log beside it.
        Waiting.until("the row of the audit", LONG, () -> {
            Said audit = meso("audit", "--actor", "operator", "--json");
            return audit.text().lines().anyMatch(line -> tellsOfTheKill(line, id)) ? "" : audit.text();
        });
    }

    private static boolean tellsOfTheKill(String line, String task) {
        return line.contains("\"call\":\"KILL_TASK\"")
                && line.contains("\"subject\":\"" + task + " of ")
                && line.contains("\"before\":\"TASK_RUNNING\"")
                && line.contains("\"after\":\"ordered to ")
                && line.contains("\"actor\":\"operator\"")
                && line.contains("\"address\":\"127.0.0.1\"")
                && line.contains("\"outcome\":\"accepted\"");
    }

    @Test
    @Order(6)
    void aTaskIsKilledWhenItsCommandIsToldToStop() throws IOException {
        Path mark = directory.resolve("pid");
        OsProcess task = background("task", "run", "--", "sh", "-c", "echo $$ > " + mark + "; exec sleep 300");
        Waiting.until(
                "the task",
                LONG,
                () -> Files.exists(mark) && mark.toFile().length() > 1 ? "" : "not yet: " + task.tail());
        long pid = Long.parseLong(Files.readString(mark).strip());
        assertThat(ProcessHandle.of(pid)).isPresent();
        task.stop(LONG);
        Waiting.until("the end of the task", LONG, () -> ProcessHandle.of(pid).isEmpty() ? "" : "pid " + pid);
    }

    @Test
    @Order(7)
    void aTooLargeWishEndsAtItsDeadlineWithAReason() {
        Said said = meso("task", "run", "--cpus", "100000", "--wait-offer", "2s", "--", "true");
        assertThat(said.code()).isEqualTo(6);
        assertThat(said.text()).contains("no offer was large enough");
    }

    @Test
    @Order(8)
    void aRunningTaskAndItsCommandSurviveTheLeader() {
        OsProcess task = background("task", "run", "--", "sh", "-c", "echo one; sleep 8; echo two; exit 9");
        Waiting.until("its output", LONG, () -> task.tail().contains("one") ? "" : "not yet: " + task.tail());
        Member leader = cluster.awaitLeader(LONG);
        leader.process().kill();
        cluster.awaitLeaderOtherThan(leader, LONG);
        assertThat(task.awaitEnd(LONG)).as(task.tail()).isEqualTo(9);
        assertThat(task.tail()).contains("one").contains("two");
        assertThat(meso("weight", "get", "it").text()).contains("2.5");
    }

    /** Runs a command to its end; the masters are given by the environment. */
    private static Said meso(String... args) {
        OsProcess process = background(args);
        return new Said(process.awaitEnd(LONG), process.tail());
    }

    private static OsProcess background(String... args) {
        return OsProcess.start(
                "meso",
                installation.command(args),
                Map.of("MESO_MASTERS", cluster.masterAddresses()),
                directory,
                directory.resolve("meso-" + ++runs + ".log"));
    }
}
