package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.OsProcess;

/** Runs the worked examples of the operator's pages, and compares what the pages show with what is said. */
final class WorkedExamplesIT {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final List<String> PAGES = List.of("explain", "what-if");

    /** Commands, and perhaps what they say. */
    private static final Pattern BLOCK =
            Pattern.compile("^```sh\\n(.*?)^```\\n(?:\\n^```text\\n(.*?)^```\\n)?", Pattern.DOTALL | Pattern.MULTILINE);

    private static final String START =
            "set -eu\nuntil [ \"$(meso agent ls | grep -c '  active  ')\" = 2 ]; do sleep 0.5; done\n";

    private static final String MARK = "=== block ";

    @TempDir
    private Path directory;

    /** The pages run frameworks in the background. */
    @AfterEach
    void endWhatIsLeft() {
        Leftovers.killBelow(directory);
    }

    @Test
    void whatThePagesShowIsWhatIsSaid() throws IOException {
        var script = new StringBuilder(START);
        var shown = new ArrayList<String>();
        for (var page : PAGES) {
            var text = Files.readString(
                    Path.of(System.getProperty("mesolith.root")).resolve("docs/operations/" + page + ".md"));
            BLOCK.matcher(text).results().forEach(block -> {
                script.append("echo '").append(MARK).append("'\n").append(block.group(1));
                shown.add(block.group(2) == null ? "" : block.group(2));
            });
        }
        Files.writeString(directory.resolve("script"), script);
        var settings = ClusterProcess.Settings.of(3, 2)
                .withAgentOptions("--resources=cpus:4;mem:4096;disk:0;ports:[31000-32000]");
        try (var cluster = new ClusterProcess(Installation.current(), directory.resolve("cluster"), settings)) {
            cluster.start();
            var said = run(cluster);
            var blocks = List.of(said.split(MARK + "\n", -1));
            assertThat(blocks).hasSize(shown.size() + 1);
            for (int i = 0; i < shown.size(); i++) {
                assertThat(masked(blocks.get(i + 1))).as(said).isEqualTo(masked(shown.get(i)));
            }
        }
    }

    private String run(ClusterProcess cluster) throws IOException {
        var environment = Map.of(
                "PATH", Installation.current().home().resolve("bin") + ":" + System.getenv("PATH"),
                "MESO_MASTERS", cluster.masterAddresses(),
                "MASTER", cluster.awaitLeader(LONG).address());
        var shell = OsProcess.start("pages", List.of("sh", "script"), environment, directory, directory.resolve("log"));
        int status = shell.awaitEnd(Duration.ofSeconds(150));
        var said = Files.readString(directory.resolve("log"));
        assertThat(status).as(said).isZero();
        return said;
    }

    /** Ids, moments and how wide columns are differ from run to run. */
    private static String masked(String text) {
        return text.replaceAll("\\S*-\\d{4}-([A-Z])\\d{10}", "$1")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("[ \\t]+", " ")
                .replaceAll("(?m) $", "")
                .strip();
    }
}
