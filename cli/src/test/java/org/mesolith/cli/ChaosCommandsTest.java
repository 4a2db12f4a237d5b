package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.HistoryWriter;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.process.OsProcess;

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
        refused("give its --seed", "chaos", "replay", "--dir", here);
        refused("are read from the run", "chaos", "replay", here, "--seed", "7");
        refused("cannot read the history", "chaos", "replay", here);
        refused("cannot look into", "chaos", "clean", here + "/nothing");
        assertThat(directory.toFile().list()).containsExactly("something");
    }

    private static void refused(String why, String... line) {
        var run = Run.of(line);
        assertThat(run.err()).contains(why);
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aClusterOfWhichNotEveryMasterSaysThatItMayBeThrownAwayIsLeftAlone() throws IOException {
        try (var marked = FakeServer.json(200, "{\"flags\":{\"throw_away\":\"true\"}}");
                var plain = FakeServer.json(200, "{\"flags\":{\"throw_away\":\"false\"}}")) {
            var home = Map.of("HOME", directory.toString(), "MESO_CONFIG_HOME", directory.toString());
            Run.with(home, "context", "set", "shop", "--masters", marked.address() + "," + plain.address());

            var run = Run.with(home, "chaos", "test", "--against", "shop");

            assertThat(run.code()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err()).contains(plain.address() + " does not say so", "--throw_away");
            assertThat(marked.requests())
                    .extracting(FakeServer.Request::target)
                    .allMatch(target -> !target.equals("/api/v1"));
            assertThat(plain.requests())
                    .extracting(FakeServer.Request::target)
                    .containsOnlyOnce("/flags")
                    .allMatch(target -> !target.equals("/api/v1"));
        }
        assertThat(Run.of("chaos", "test", "--against", "nobody").code()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void whatADeadRunLeftIsCleanedAndNothingElse() throws IOException {
        Path dead = marked("dead", "pid=1\nstart=1970-01-01T00:00:00Z\n");
        Path living = marked("living", mark(ProcessHandle.current()));
        Path foreign = marked("foreign", "pid=everybody");
        Path plain = Files.createDirectory(directory.resolve("plain"));
        OsProcess left = sleeping("left", Map.of("MESOLITH_CHAOS_RUN", dead.toString()), directory);
        OsProcess task = sleeping("task", Map.of("MESOS_SANDBOX", dead + "/cluster/sandbox"), directory);
        OsProcess guest = sleeping("guest", Map.of("PWD", dead.toString()), dead);
        OsProcess other = sleeping("other", Map.of("MESOLITH_CHAOS_RUN", living.toString()), directory);
        try {
            var shown = Run.of("chaos", "clean", directory.toString(), "--dry-run");
            assertThat(shown.out()).contains("1 to be cleaned, 0 failed");
            assertThat(shown.err()).contains(dead + ": 2 processes", living + ": its run goes on");
            assertThat(left.isAlive()).isTrue();

            var run = Run.of("chaos", "clean", directory.toString());

            assertThat(run.out()).contains("1 cleaned, 0 failed");
            left.awaitEnd(Duration.ofSeconds(10));
            task.awaitEnd(Duration.ofSeconds(10));
            assertThat(List.of(guest.isAlive(), other.isAlive())).containsOnly(true);
            assertThat(dead).doesNotExist();
            assertThat(List.of(living, foreign, plain))
                    .allSatisfy(kept -> assertThat(kept).exists());
            assertThat(Run.of("chaos", "clean", directory.toString()).out()).contains("0 cleaned, 0 failed");
        } finally {
            List.of(left, task, guest, other).forEach(OsProcess::kill);
        }
    }

    private Path marked(String name, String mark) throws IOException {
        Path run = Files.createDirectories(directory.resolve(name)).toRealPath();
        Files.writeString(run.resolve("chaos-run"), mark);
        return run;
    }

    private static String mark(ProcessHandle process) {
        return "pid=" + process.pid() + "\nstart="
                + process.info().startInstant().orElseThrow() + "\n";
    }

    private OsProcess sleeping(String name, Map<String, String> environment, Path where) {
        return OsProcess.start(name, List.of("sleep", "60"), environment, where, directory.resolve(name + ".log"));
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
            writer.seen("controller", "skipped", Map.of("fault", "disk-full", "why", "no disks"));
            writer.seen("stall-watch", "stall", Map.of("millis", "250"));
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
                        "seed 7",
                        "<svg",
                        "master-crash on master-2",
                        "no order explains",
                        "reader reads {&lt;a&gt;=1}",
                        "<i>index</i> 5; <i>weights</i> &lt;a&gt;=1",
                        "Skipped faults</h2>\n<p>1 kinds of fault",
                        "no disks",
                        "<td>weights-set</td><td>2</td><td>0</td><td>0</td>",
                        "1 of more than 200 ms, 250 ms together")
                .doesNotContain("<a>", "https://", "<script", "src=");
    }
}
