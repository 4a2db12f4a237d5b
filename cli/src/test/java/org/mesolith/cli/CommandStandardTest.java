package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** What an operator may rely on with every command, those that are added later too. */
final class CommandStandardTest {
    /** Tools of this machine: they neither read from nor change a cluster that somebody relies on. */
    private static final Set<String> TOOLS =
            Set.of("demo", "supervise", "simulate", "prepare", "completion", "man", "chaos", "bench");

    /** The last word of a command that changes something. */
    private static final Set<String> WRITING = Set.of(
            ("set rm add remove replace create init restore join transfer finalize token recover-quorum deactivate"
                            + " reactivate gone repoint teardown kill run reserve unreserve grow shrink apply pause"
                            + " resume cancel schedule start stop gc note")
                    .split(" "));

    /** {@code task run} gives the task's own output; the others keep a file of this user. */
    private static final Set<String> SILENT = Set.of("task run", "context set", "context use", "context rm");

    /** What cannot be taken back. */
    private static final Set<String> DESTROYING = Set.of(
            "agent gone",
            "framework teardown",
            "volume rm",
            "reservation gc",
            "cluster restore",
            "cluster recover-quorum");

    /** What they find out about members or agents that do not answer is their result, and they end with a code. */
    private static final Set<String> REPORTS = Set.of(
            "cluster status", "cluster members", "cluster upgrade-check", "doctor", "agent repoint", "debug bundle");

    static Stream<String> commands() {
        return Catalog.ENTRIES.stream().map(Catalog.Entry::name).filter(name -> !Catalog.isLaunched(name));
    }

    static Stream<String> ofClusters() {
        return commands().filter(name -> !TOOLS.contains(name.split(" ")[0]));
    }

    static Stream<String> writing() {
        return ofClusters()
                .filter(name ->
                        WRITING.contains(name.substring(name.lastIndexOf(' ') + 1)) || name.equals("agent drain"))
                .filter(name -> !name.startsWith("context "));
    }

    static Stream<String> askingMasters() {
        return ofClusters()
                .filter(name -> spec(name).optionsMap().containsKey("--masters"))
                .filter(name -> !name.startsWith("context ") && !REPORTS.contains(name))
                .filter(name -> !name.equals("task run"));
    }

    static Stream<String> answering() {
        return ofClusters().filter(name -> !SILENT.contains(name));
    }

    static Stream<List<String>> examples() {
        return commands().flatMap(name -> Examples.of(spec(name)).stream());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachHasAnExampleThatBeginsWithItsName(String name) {
        assertThat(Examples.of(spec(name)))
                .isNotEmpty()
                .allSatisfy(words -> assertThat(String.join(" ", words)).startsWith("meso " + name));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachExampleCanBeTypedAsItStands(List<String> words) {
        String name = Examples.command(words);
        List<String> rest = words.subList(1 + name.split(" ").length, words.size());

        assertThatCode(() -> Catalog.leaf(name, console()).parseArgs(rest.toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("answering")
    void eachThatReadsOrChangesAClusterAnswersProgramsToo(String name) {
        assertThat(spec(name).optionsMap()).containsKey("--json");
    }

    @ParameterizedTest
    @MethodSource("writing")
    void eachThatChangesSomethingShowsItBefore(String name) {
        assertThat(spec(name).optionsMap()).containsKey("--dry-run");
    }

    @Test
    void eachThatCannotBeTakenBackWantsAYes() {
        assertThat(DESTROYING)
                .allSatisfy(name -> assertThat(spec(name).optionsMap()).containsKey("--yes"));
    }

    @ParameterizedTest
    @MethodSource("askingMasters")
    void withoutAMasterEachEndsWithAReasonForPeopleAndOneForPrograms(String name) throws IOException {
        var line = new ArrayList<>(Examples.of(spec(name)).getFirst());
        line.removeFirst();
        int command = name.split(" ").length;
        line.subList(0, command).clear();
        Examples.without(line, "--masters");
        Examples.without(line, "--timeout");
        line.remove("--json");
        var words = new ArrayList<>(List.of(name.split(" ")));
        words.addAll(List.of("--masters", "127.0.0.1:1", "--timeout", "300ms"));
        words.add("--json");
        words.addAll(line);

        Run run = Run.of(words.toArray(String[]::new));

        assertThat(run.code()).as(run.err()).isNotZero();
        assertThat(run.err()).contains("meso: ").doesNotContain("\tat ");
        var error = Json.readObject(new ByteArrayInputStream(run.out().getBytes(StandardCharsets.UTF_8)));
        assertThat(error.whole("error.exit_code", 0)).isEqualTo(run.code());
        assertThat(error.text("error.kind")).isEqualTo(ExitCode.name(run.code()));
        assertThat(run.err()).contains(error.text("error.message"));
    }

    @ParameterizedTest
    @MethodSource("ofClusters")
    void anOptionThatIsMistypedIsRefusedWithTheOneThatIsMeant(String name) throws IOException {
        var words = new ArrayList<>(List.of(name.split(" ")));
        words.addAll(List.of("--jsno", "--json"));

        Run run = Run.of(words.toArray(String[]::new));

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(Json.readObject(new ByteArrayInputStream(run.out().getBytes(StandardCharsets.UTF_8)))
                        .text("error.kind"))
                .isEqualTo("USAGE");
        assertThat(run.err()).contains("`meso " + name + " --help` explains it");
    }

    @ParameterizedTest
    @CsvSource({
        "agent ls --jsno,--json",
        "role ls --master=x:1,--masters",
        "quota set eng --limti cpus:1,--limit",
        "drain apply S1 --max-unavailabel 2,--max-unavailable"
    })
    void theOptionThatIsMeantIsNamed(String line, String meant) {
        assertThat(Run.of(line.split(" ")).err()).contains("(did you mean `" + meant + "`");
    }

    @Test
    void everyExitCodeIsExplainedWhereTheCommandsAreListed() {
        String overview = Run.of("help").out();

        assertThat(ExitCode.ALL)
                .allSatisfy(meaning -> assertThat(overview).contains(meaning.code() + "  " + meaning.text()));
    }

    private static CommandSpec spec(String name) {
        return Catalog.leaf(name, console()).getCommandSpec();
    }

    private static Console console() {
        return new Console(
                new PrintStream(PrintStream.nullOutputStream()),
                new PrintStream(PrintStream.nullOutputStream()),
                Map.of());
    }
}
