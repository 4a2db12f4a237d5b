package org.mesolith.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.base.Halt;
import org.mesolith.cli.Catalog;
import org.mesolith.cli.Manual;
import org.mesolith.cli.Run;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;

final class CommandPagesTest {
    private static final String MANUAL = "cli/src/main/dist/share/man/man1";

    /** Each says what it dislikes, and nothing where it is not installed. */
    private static final List<String> READERS = List.of(
            "command -v groff >/dev/null || exit 0; groff -man -ww -z -Kutf8 \"$@\" 2>&1",
            "command -v mandoc >/dev/null || exit 0; mandoc -Tlint -W error \"$@\" 2>&1");

    @Test
    void thePageOfTheCommandsIsCurrent() throws IOException {
        var groups = new LinkedHashMap<String, StringBuilder>();
        var table = new StringBuilder("\n| command | |\n|---|---|\n");
        for (var entry : Catalog.ENTRIES) {
            var group = entry.name().split(" ")[0];
            groups.computeIfAbsent(
                            group,
                            name -> new StringBuilder("# `meso " + name + "`\n\nMade from the code, do not edit."
                                    + " What holds for every command: [cli.md](../cli.md).\n\n"))
                    .append(section(entry));
            table.append("| [`")
                    .append(entry.name())
                    .append("`](cli/")
                    .append(group)
                    .append(".md) | ")
                    .append(entry.summary().replace("|", "\\|"))
                    .append(" |\n");
        }
        for (var group : groups.entrySet()) {
            Page.isCurrent(
                    "cli/" + group.getKey() + ".md", group.getValue().toString().stripTrailing() + "\n");
        }
        Page.partIsCurrent("cli.md", "commands", table.append('\n').toString());
        assertThat(Page.root().resolve("docs/cli").toFile().list())
                .containsExactlyInAnyOrderElementsOf(
                        groups.keySet().stream().map(name -> name + ".md").toList());
    }

    private static String section(Catalog.Entry entry) {
        var head = "## `meso " + entry.name() + "`\n\n";
        if (Catalog.isLaunched(entry.name())) {
            var page = "settings-" + entry.name() + ".md";
            return head + "Settings as options, `MESOS_…` variables or `--config=FILE`: see [" + page + "](../" + page
                    + ").\n\n";
        }
        var help = Run.of((entry.name() + " --help").split(" ")).out();
        return head + "```\n" + help.stripTrailing() + "\n```\n\n";
    }

    @Test
    void theManualPagesOfTheDistributionAreCurrent() throws IOException {
        var pages = Manual.pages(new Console(new PrintStream(PrintStream.nullOutputStream()), System.err, Map.of()));
        for (var page : pages.entrySet()) {
            Page.isCurrent("../" + MANUAL + "/" + page.getKey() + ".1", page.getValue());
        }
        assertThat(Page.root().resolve(MANUAL).toFile().list())
                .containsExactlyInAnyOrderElementsOf(
                        pages.keySet().stream().map(name -> name + ".1").toList());
    }

    @Test
    void whoReadsManualPagesFindsNothingWrongWithThem() throws Exception {
        List<String> files;
        try (var pages = Files.list(Page.root().resolve(MANUAL))) {
            files = pages.map(Path::toString).sorted().toList();
        }
        for (var reader : READERS) {
            var command = new ArrayList<>(List.of("sh", "-c", reader, "sh"));
            command.addAll(files);
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said).as(reader).isEmpty();
        }
    }

    @Test
    void thePageOfTheExitCodesIsCurrent() throws IOException {
        var text = new StringBuilder("\n| code | meaning |\n|---|---|\n");
        ExitCode.ALL.forEach(meaning -> text.append("| ")
                .append(meaning.code())
                .append(" | ")
                .append(meaning.text())
                .append(" |\n"));
        Page.partIsCurrent("cli.md", "exit codes", text.append('\n').toString());
    }

    @Test
    void everyExitStatusOfAProcessStandsOnItsPageWithWhetherARestartHelps() throws IOException {
        var rows = Files.readAllLines(Page.root().resolve("docs/exit-codes.md")).stream()
                .filter(line -> line.matches("\\| \\d+ .*"))
                .toList();

        var found = new TreeSet<String>();
        for (var row : rows) {
            var cells = row.split("\\|", -1);
            found.add(cells[1].strip() + " " + cells[2].strip() + " " + cells[4].strip());
        }

        var wanted = new TreeSet<String>();
        for (var code : Halt.Code.values()) {
            wanted.add(code.status() + " " + code + " " + (code.restartable() ? "yes" : "no"));
        }
        assertThat(found).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster status",
                "agent ls",
                "agent show",
                "framework ls",
                "task ls",
                "task show",
                "task logs",
                "weight get",
                "context show",
                "version"
            })
    void everyReadCanAnswerInJson(String name) {
        assertThat(Run.of((name + " --help").split(" ")).out()).contains("--json");
    }

    @ParameterizedTest
    @CsvSource({
        "task l,ls logs",
        "agen,agent",
        "agent s,show",
        "weight get --jso,--json",
        "mas,master",
        "supervise --pause-mi,--pause-min"
    })
    void bashCompletesCommandsAndOptions(String typed, String offered, @TempDir Path dir) throws Exception {
        var script = Files.writeString(
                dir.resolve("completion"), Run.of("completion", "bash").out());
        var words = ("meso " + typed).split(" ");
        var program = "source " + script + "\nCOMP_WORDS=(" + String.join(" ", words) + ")\nCOMP_CWORD="
                + (words.length - 1) + "\n_complete_meso\nprintf '%s\\n' \"${COMPREPLY[@]}\"";

        var bash = new ProcessBuilder(List.of("bash", "-c", program))
                .redirectError(ProcessBuilder.Redirect.DISCARD) // bash grumbles: nobody pressed a key
                .start();
        var said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(said.strip().split("\\s+")).containsExactlyInAnyOrder(offered.split(" "));
    }
}
