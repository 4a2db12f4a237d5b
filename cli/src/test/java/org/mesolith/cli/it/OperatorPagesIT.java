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
import org.mesolith.process.OsProcess;

/** Runs the commands of the operator's pages as they stand there, one page after the other. */
final class OperatorPagesIT {
    private static final String LOG_LINE =
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (INFO   |WARNING|ERROR  ) [^ :]+: .+";
    private static final List<String> PAGES = List.of(
            "first-task",
            "look",
            "kill",
            "top",
            "debug-bundle",
            "weights",
            "quota",
            "reservations",
            "volumes",
            "maintenance",
            "drain",
            "take-out-an-agent",
            "apply",
            "metrics-and-alarms",
            "events",
            "audit");

    @TempDir
    private Path directory;

    @Test
    void whatThePagesTellTheOperatorToTypeWorks() throws IOException {
        Files.writeString(directory.resolve("script"), Runbook.script(PAGES.toArray(String[]::new)));
        try (var cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(3, 1))) {
            cluster.start();
            var leader = cluster.awaitLeader(Duration.ofMinutes(1));
            var shell = OsProcess.start(
                    "pages",
                    List.of("sh", "script"),
                    Map.of(
                            "PATH", Installation.current().home().resolve("bin") + ":" + System.getenv("PATH"),
                            "MESO_MASTERS", cluster.masterAddresses(),
                            "MASTER", leader.address()),
                    directory,
                    directory.resolve("log"));
            assertLogsAreLines(leader.process().log());
            assertThat(leader.process().tail()).contains(leader.address() + " leads in term ");
            int status = shell.awaitEnd(Duration.ofSeconds(150));
            var said = Files.readString(directory.resolve("log"));
            assertThat(status).as(said).isZero();
            assertLogsAreLines(cluster.agents().getFirst().process().log());
            assertThat(said)
                    .contains("hello from ")
                    .contains("it ended with 3")
                    .contains("started")
                    .contains("ended as KILLED")
                    .contains("ended")
                    .contains("ads   2")
                    .contains("eng   cpus:1     cpus:60 mem:245760")
                    .contains("ads#purpose=launch")
                    .contains("1 of 1 agents that are in use have room for it")
                    .contains("no framework has the role old or one below it")
                    .contains("1 of 1 are given back")
                    .contains("given back on ")
                    .contains("(1h 30m)")
                    .contains("is in no window any more")
                    .contains("D1 done [####################] 1 of 1 agents")
                    .contains("D1 cancelled")
                    .contains("drain_cancelled")
                    .contains(" drained")
                    .contains("is offered again")
                    .contains("\"MARK_AGENT_GONE\"")
                    .contains("mesolith_raft_term")
                    .contains("\"master/elected\":1")
                    .contains("weight_updated  ads  weight=2.0")
                    .contains("audited:1.0 -> audited:3.0")
                    .containsPattern("verified: \\d+ rows of 127.0.0.1:\\d+ follow from each other")
                    .endsWith("all pages done\n");
        }
    }

    /** In the packaged build the log of a process has one line for each record. */
    private static void assertLogsAreLines(Path log) throws IOException {
        assertThat(Files.readAllLines(log))
                .isNotEmpty()
                .filteredOn(line -> !line.startsWith("[")) // what the JVM itself has to say
                .allSatisfy(line -> assertThat(line).matches(LOG_LINE));
    }
}
