package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;

/** Runs the commands of {@code docs/curl.md} as they stand there. */
final class CurlIT {

    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    private Path directory;

    @Test
    void theConversationOfTheDocumentWorksAndContinuesAfterKillingTheLeader() throws IOException {
        String page =
                Files.readString(Path.of(System.getProperty("mesolith.root")).resolve("docs/curl.md"));
        String script =
                BLOCK.matcher(page).results().map(block -> block.group(1)).collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve("script"), "set -eu\n" + script);
        try (var cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(3, 1))) {
            cluster.start();
            Member leader = cluster.awaitLeader(Duration.ofMinutes(1));
            Member other = cluster.masters().stream()
                    .filter(master -> !master.equals(leader))
                    .findFirst()
                    .orElseThrow();
            OsProcess shell = OsProcess.start(
                    "curl",
                    List.of("sh", "script"),
                    Map.of(
                            "MASTER", other.address(),
                            "OTHER_MASTER", other.address(),
                            "LEADER_PID", Long.toString(leader.process().pid())),
                    directory,
                    directory.resolve("log"));
            int status = shell.awaitEnd(Duration.ofSeconds(150));
            assertThat(status).as(shell.tail()).isZero();
            assertThat(shell.tail())
                    .contains("acknowledged TASK_RUNNING")
                    .contains("the new leader is ")
                    .contains("it still runs")
                    .endsWith("done\n");
        }
    }
}
