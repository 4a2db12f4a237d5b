package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/** The framework of {@code docs/write-a-framework.md}, used and broken as the page says. */
final class FrameworkGuideIT {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @AfterEach
    void endWhatIsLeft() {
        Leftovers.killBelow(directory);
    }

    @Test
    void theExampleSurvivesItsOwnDeathAndThatOfTheLeaderAndRunsEverythingOnce() throws IOException {
        Needs.python();
        var settings = ClusterProcess.Settings.of(3, 1).withAgentOptions("--resources=cpus:4;mem:4096;disk:0");
        try (var cluster = new ClusterProcess(Installation.current(), directory.resolve("cluster"), settings)) {
            cluster.start();
            var leader = cluster.awaitLeader(LONG);
            var lines = directory.resolve("lines");
            var go = directory.resolve("go");
            var wait = "until [ -e " + go + " ]; do sleep 0.1; done";
            var commands = List.of(
                    "echo one >> " + lines,
                    "echo two >> " + lines + "; " + wait,
                    "echo three >> " + lines + "; " + wait,
                    // Fails the first time.
                    "echo four >> " + lines + "; mkdir " + directory.resolve("four") + " && exit 1; exit 0");

            var first = start(cluster, commands);
            Waiting.until("two tasks that run, one that was tried again", LONG, () -> {
                var said = said();
                return said.contains("job-1.1 TASK_FINISHED")
                                && said.contains("job-2.1 TASK_RUNNING")
                                && said.contains("job-3.1 TASK_RUNNING")
                                && said.contains("job-4.2 TASK_FINISHED")
                        ? ""
                        : said;
            });
            first.killNow();
            first.awaitEnd(LONG);
            var second = start(cluster, commands);
            Waiting.until("answers to RECONCILE", LONG, () -> count(said(), "job-2.1 TASK_RUNNING") > 1 ? "" : said());
            leader.process().killNow();
            cluster.awaitLeaderOtherThan(leader, LONG);
            Waiting.until(
                    "answers of the next leader", LONG, () -> count(said(), "job-3.1 TASK_RUNNING") > 2 ? "" : said());
            Files.createFile(go);

            assertThat(second.awaitEnd(LONG)).as(said()).isZero();
            assertThat(Files.readAllLines(lines)).containsExactlyInAnyOrder("one", "two", "three", "four", "four");
            assertThat(directory.resolve("jobs.json")).doesNotExist();
            assertThat(said()).doesNotContain("Traceback").doesNotContain("answered with 4");
            Waiting.until("the end of the framework", LONG, () -> {
                var shown = cluster.awaitLeader(LONG).get("/state").body();
                return shown.contains("\"frameworks\":[]") ? "" : shown;
            });
        }
    }

    private OsProcess start(ClusterProcess cluster, List<String> commands) {
        var command = new ArrayList<>(List.of(
                "python3",
                Examples.file("framework.py").toString(),
                "--masters",
                cluster.masterAddresses(),
                "--state",
                directory.resolve("jobs.json").toString()));
        command.addAll(commands);
        return OsProcess.start("framework", command, Map.of(), directory, directory.resolve("log"));
    }

    /** What it has said, never empty. */
    private String said() {
        try {
            return "said: " + Files.readString(directory.resolve("log"));
        } catch (IOException unreadable) {
            return "nothing was said: " + unreadable;
        }
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }
}
