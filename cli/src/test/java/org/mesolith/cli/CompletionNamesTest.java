package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the completion key offers of a cluster, and that the scripts are ones that their shells read. */
final class CompletionNamesTest {
    private static final Map<String, String> ANSWERS = Map.of(
            "GET_AGENTS",
            """
            {"get_agents":{"agents":[
              {"agent_info":{"id":{"value":"S1"},"hostname":"host-a","domain":{"fault_domain":{"zone":{"name":"z1"}}}}},
              {"agent_info":{"id":{"value":"S2"},"hostname":"host-b"}}]}}""",
            "GET_FRAMEWORKS",
            """
            {"get_frameworks":{"frameworks":[{"framework_info":{"id":{"value":"F1"},"name":"marathon"}}]}}""",
            "GET_TASKS",
            "{\"get_tasks\":{\"tasks\":[{\"task_id\":{\"value\":\"web.1\"}},{\"task_id\":{\"value\":\"db.1\"}}]}}",
            "GET_ROLES",
            "{\"get_roles\":{\"roles\":[{\"name\":\"ads\"},{\"name\":\"eng\"}]}}",
            "GET_MAINTENANCE_SCHEDULE",
            """
            {"get_maintenance_schedule":{"schedule":{"windows":[{"machine_ids":[{"hostname":"host-b"}]}]}}}""");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agent show _|S1 S2 host-a host-b",
                "agent drain host-_|host-a host-b",
                "agent drain S1 --grace 30s _|",
                "drain plan --zone _|z1",
                "drain plan S1 _|S1 S2 host-a host-b",
                "framework show _|F1 marathon",
                "task ls --framework mar_|marathon",
                "task ls --agent S_|S1 S2",
                "task logs w_|web.1",
                "quota set e_|eng",
                "weight set _|ads= eng=",
                "drain status D_|D12 D7",
                "drain cancel _|D12 D7",
                "maintenance schedule host-_|host-a host-b",
                "maintenance start _|host-b",
                "agent show --_|",
                "no such command _|"
            })
    void namesOfTheClusterAreOffered(String line, String offered) throws IOException {
        var words = new ArrayList<>(List.of("completion", "--names", "--"));
        words.addAll(List.of(line.replace("_", " _").split(" +")));
        String typed = line.substring(line.lastIndexOf(' ') + 1).replace("_", "");
        words.removeLast();
        words.remove(typed.isEmpty() ? "never" : typed);
        words.add(typed);

        try (var master = new FakeServer((request, out) -> out.write(answer(request)))) {
            Run run = Run.with(
                    Map.of("HOME", "/nonexistent", "MESO_MASTERS", master.address()), words.toArray(String[]::new));

            assertThat(run.code()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(String.join(" ", run.out().lines().toList())).isEqualTo(offered == null ? "" : offered);
        }
    }

    private static byte[] answer(FakeServer.Request request) {
        if (request.target().startsWith("/drain")) {
            return FakeServer.answer(200, "", "{\"plans\":[{\"id\":\"D7\"},{\"id\":\"D12\"}]}");
        }
        return ANSWERS.entrySet().stream()
                .filter(one -> request.body().contains("\"" + one.getKey() + "\""))
                .findFirst()
                .map(one -> FakeServer.answer(200, "", one.getValue()))
                .orElseGet(() -> FakeServer.answer(400, "", "nobody expected this question"));
    }

    @Test
    void withoutAMasterNothingIsOfferedAndNothingSaid() {
        Run run = Run.with(Map.of("MESO_MASTERS", "127.0.0.1:1"), "completion", "--names", "--", "agent", "show", "");

        assertThat(run).isEqualTo(new Run(0, "", ""));
    }

    @Test
    void aShellThatIsMistypedIsNamedRightly() {
        assertThat(Run.of("completion", "fihs").err()).contains("did you mean `fish`?");
    }

    /** Nothing is said of a shell that is not installed. */
    @ParameterizedTest
    @CsvSource({"bash,bash -n", "zsh,zsh -n", "fish,fish --no-execute"})
    void theShellReadsItsScript(String shell, String check, @TempDir Path directory) throws Exception {
        var script = Files.writeString(
                directory.resolve("script"), Run.of("completion", shell).out());
        assertThat(says("command -v " + shell + " >/dev/null || exit 0; " + check + " " + script + " 2>&1"))
                .isEmpty();
    }

    @Test
    void bashAsksForNamesWhereNoWordOfACommandFits(@TempDir Path directory) throws Exception {
        var script = Files.writeString(
                directory.resolve("script"), Run.of("completion", "bash").out());
        var program =
                "meso() { [ \"$*\" != 'completion --names -- agent show ho' ] || echo S1 host-a; }\nsource " + script
                        + "\nCOMP_WORDS=(meso agent show ho)\nCOMP_CWORD=3\n_complete_meso_names 2>/dev/null"
                        + "\nprintf '%s\\n' \"${COMPREPLY[@]}\"";

        assertThat(says("exec bash -c \"$0\"", program)).isEqualTo("host-a\n");
    }

    private static String says(String... shell) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("sh", "-c"));
        command.addAll(List.of(shell));
        var process = new ProcessBuilder(command).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
