package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.HistoryWriter;
import org.mesolith.cli.console.ExitCode;

final class ChaosCommandsTest {
    @TempDir
    private Path directory;

    @Test
    void wrongOrdersAreRefusedBeforeAnythingIsStarted() throws IOException {
        Files.createFile(directory.resolve("something"));
        String here = directory.toString();

        refused("no profile is called `nonsense`", "chaos", "run", "--profile", "nonsense", "--dir", here);
        refused("--masters must be 3 or 5", "chaos", "run", "--masters", "4", "--dir", here);
        refused("--minutes must be 1 to", "chaos", "run", "--minutes", "0", "--dir", here);
        refused("is not empty", "chaos", "run", "--dir", here);
        refused("cannot read the history", "chaos", "check", here + "/nothing");
        refused("cannot read the history", "chaos", "check", here + "/something");
        assertThat(directory.toFile().list()).containsExactly("something");
    }

    private static void refused(String why, String... line) {
        var run = Run.of(line);
        assertThat(run.err()).contains(why);
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aHistoryOfNothingIsRed() throws IOException {
        try (var writer = HistoryWriter.begin(directory.resolve("history.jsonl.gz"), Map.of())) {
            writer.finish();
        }

        var run = Run.of("chaos", "check", directory.toString());

        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("FAILED: the run meant something", "the leader never changed");
    }

    @Test
    void thePageOfARunHoldsItsViolationsAndNeedsNothingElse() throws IOException {
        try (var writer = HistoryWriter.begin(directory.resolve("history.jsonl.gz"), Map.of("seed", "7"))) {
            for (String weight : List.of("1", "2")) {
                long call = writer.invoke("writer", "weights-set", Map.of("weights", "<a>=" + weight));
                writer.end(Kind.OK, "writer", call, "weights-set", Map.of());
            }
            long fault = writer.fault("master-crash", Map.of("on", "master-2"));
            writer.end(Kind.HEAL, "controller", fault, "master-crash", Map.of());
            long read = writer.invoke("reader", "weights-get", Map.of("at", "master-1"));
            writer.end(
                    Kind.OK, "reader", read, "weights-get", Map.of("at", "master-1", "index", "5", "weights", "<a>=1"));
            writer.finish();
        }

        var run = Run.of("chaos", "report", directory.toString());

        assertThat(run.code()).isEqualTo(ExitCode.OK);
        String page = Files.readString(directory.resolve("report.html"));
        assertThat(page)
                .contains(
                        "seed 7", "<svg", "master-crash on master-2", "no order explains", "reader reads {&lt;a&gt;=1}")
                .doesNotContain("<a>", "https://", "<script", "src=");
    }
}
