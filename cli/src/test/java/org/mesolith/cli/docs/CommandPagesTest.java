package org.mesolith.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.base.Halt;
import org.mesolith.cli.Catalog;
import org.mesolith.cli.Run;
import org.mesolith.cli.console.ExitCode;

final class CommandPagesTest {
    @Test
    void thePageOfTheCommandsIsCurrent() throws IOException {
        var text = new StringBuilder("\n");
        for (var entry : Catalog.ENTRIES) {
            text.append("### `meso ").append(entry.name()).append("`\n\n");
            if (Catalog.isLaunched(entry.name())) {
                text.append("Settings as options, `MESOS_…` variables or `--config=FILE`: see [settings-")
                        .append(entry.name())
                        .append(".md](settings-")
                        .append(entry.name())
                        .append(".md).\n\n");
            } else {
                var help = Run.of((entry.name() + " --help").split(" ")).out();
                text.append("```\n").append(help.stripTrailing()).append("\n```\n\n");
            }
        }
        Page.partIsCurrent("cli.md", "commands", text.toString());
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
        "age,agent",
        "agent s,show",
        "weight get --jso,--json",
        "completion z,zsh",
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
