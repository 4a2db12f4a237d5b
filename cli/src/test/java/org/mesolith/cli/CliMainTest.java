package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.base.Check;
import org.mesolith.cli.console.ExitCode;

final class CliMainTest {

    private static final String AGENTS = """
            {"type":"GET_AGENTS","get_agents":{"agents":[
              {"agent_info":{"id":{"value":"S1"},"hostname":"host-a","port":5051},"active":true,"version":"0.1.0",
               "pid":"slave(1)@10.0.0.9:5051",
               "total_resources":[{"name":"cpus","type":"SCALAR","scalar":{"value":4.0}},
                                  {"name":"ports","type":"RANGES","ranges":{"range":[{"begin":31000,"end":31009}]}}],
               "allocated_resources":[{"name":"cpus","type":"SCALAR","scalar":{"value":0.25}}]}],
             "recovered_agents":[{"id":{"value":"S2"},"hostname":"host-b","resources":[]}]}}
            """;

    static Stream<String> commands() {
        return Catalog.ENTRIES.stream().map(Catalog.Entry::name).filter(name -> !Catalog.isLaunched(name));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItselfWithAnExample(String name) {
        Run run = Run.of((name + " --help").split(" "));
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Usage: meso " + name).contains("Example: ");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anUnknownOptionIsAUsageErrorThatPointsToTheHelp(String name) {
        Run run = Run.of((name + " --no-such-option").split(" "));
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("meso " + name + " --help");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void withoutArgumentsTheOverviewListsEveryCommand() {
        Run run = Run.of();
        assertThat(run.code()).isZero();
        assertThat(Catalog.ENTRIES).allSatisfy(entry -> assertThat(run.out()).contains(entry.name()));
    }

    @Test
    void aNounAloneListsItsVerbs() {
        Run run = Run.of("task");
        assertThat(run.out()).contains("task ls").contains("task run").doesNotContain("agent ls");
    }

    @ParameterizedTest
    @CsvSource({
        "frobnicate, frobnicate",
        "task frob, task frob",
        "agnt, agent",
        "agent shwo, agent show",
        "tsk ls, task ls",
        "drain stats, drain status"
    })
    void anUnknownCommandIsAUsageErrorWithAHint(String words, String named) {
        Run run = Run.of(words.split(" "));
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(named).contains("meso help");
    }

    @Test
    void agentsAreShownAsATable() throws IOException {
        try (var master = FakeServer.json(200, AGENTS)) {
            Run run = Run.of("agent", "ls", "--masters", master.address());
            assertThat(run.err()).isEmpty();
            assertThat(run.out().lines())
                    .containsExactly(
                            "ID  HOST    ADDRESS        STATE      TOTAL            ALLOCATED  AGE",
                            "S1  host-a  10.0.0.9:5051  active     cpus:4 ports:10  cpus:0.25  -",
                            "S2  host-b  -              recovered  -                -          -");
            assertThat(master.requests().getFirst().body()).isEqualTo("{\"type\":\"GET_AGENTS\"}");
        }
    }

    @Test
    void agentsAreShownAsJsonThatKeepsEveryField() throws IOException {
        try (var master = FakeServer.json(200, AGENTS)) {
            Run run = Run.of("agent", "ls", "--json", "--masters", master.address());
            assertThat(run.out())
                    .startsWith("[")
                    .contains("\"pid\" : \"slave(1)@10.0.0.9:5051\"")
                    .endsWith("]\n");
        }
    }

    @Test
    void aRefusalIsShownWithItsReasonAndEndsWithOne() throws IOException {
        try (var master = FakeServer.json(400, "weight of role `x` is not above 0")) {
            Run run = Run.of("weight", "set", "x=2", "--masters", master.address());
            assertThat(run.code()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err()).contains("UPDATE_WEIGHTS").contains("400").contains("not above 0");
        }
    }

    @Test
    void aWeightIsSentAsTheApiWantsIt() throws IOException {
        try (var master = FakeServer.json(200, "")) {
            assertThat(Run.of("weight", "set", "ads=2", "b=0.5", "--masters", master.address())
                            .code())
                    .isZero();
            assertThat(master.requests().getLast().body())
                    .isEqualTo("{\"type\":\"UPDATE_WEIGHTS\",\"update_weights\":{\"weight_infos\":"
                            + "[{\"role\":\"ads\",\"weight\":2.0},{\"role\":\"b\",\"weight\":0.5}]}}");
        }
    }

    @ParameterizedTest
    @CsvSource({"ads", "ads=", "ads=0", "ads=-1", "=2", "ads=NaN", "ads=Infinity"})
    void aWeightThatIsNoneIsAUsageError(String pair) {
        assertThat(Run.of("weight", "set", pair).code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void withoutAMasterTheErrorNamesWhoWasAskedAndWhoSaidSo() {
        Run run = Run.with(Map.of("MESO_MASTERS", "127.0.0.1:1"), "task", "ls");
        assertThat(run.code()).isEqualTo(ExitCode.NO_MASTER);
        assertThat(run.err()).contains("127.0.0.1:1").contains("MESO_MASTERS");
    }

    @Test
    void theContextIsRememberedAndUsed(@TempDir Path home) throws IOException {
        try (var master = FakeServer.json(200, "{\"type\":\"GET_WEIGHTS\",\"get_weights\":{}}")) {
            Map<String, String> environment = Map.of("HOME", home.toString());
            assertThat(Run.with(environment, "context", "set", "--masters", master.address())
                            .code())
                    .isZero();
            assertThat(Run.with(environment, "context", "show").out())
                    .contains(master.address())
                    .contains(home.toString());
            assertThat(Run.with(environment, "weight", "get").out()).isEqualTo("ROLE  WEIGHT\n");
        }
    }

    @Test
    void severalClustersAreKeptAndOneOfThemIsTheCurrentOne(@TempDir Path home) throws IOException {
        var environment = Map.of("HOME", home.toString());
        try (var master = FakeServer.json(200, "{\"get_weights\":{}}")) {
            Run.with(environment, "context", "set", "prod", "--masters", "10.0.0.1:5050,10.0.0.2:5050");
            assertThat(Run.with(environment, "context", "set", "test", "--masters", master.address())
                            .err())
                    .contains("prod stays the current one");

            assertThat(Run.with(environment, "context", "ls")
                            .out()
                            .lines()
                            .toList()
                            .get(1))
                    .isEqualTo("*        prod     10.0.0.1:5050,10.0.0.2:5050");
            assertThat(Run.with(environment, "weight", "get", "--context", "test")
                            .code())
                    .isZero();
            Run.with(environment, "context", "use", "test");
            assertThat(Run.with(environment, "weight", "get").code()).isZero();
            assertThat(Run.with(Map.of("HOME", home.toString(), "MESO_CONTEXT", "prod"), "context", "show", "--json")
                            .out())
                    .contains("10.0.0.2:5050")
                    .contains("context prod");
        }
        assertThat(Run.with(environment, "context", "use", "tset").err()).contains("did you mean `test`?");
        assertThat(Run.with(environment, "context", "rm", "test").err()).contains("there is no current one now");
        assertThat(Run.with(environment, "context", "ls", "--json").out())
                .contains("prod")
                .doesNotContain("test");
        assertThat(Run.with(environment, "weight", "get", "--context", "prod", "--masters", "x:1")
                        .code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(Run.with(environment, "context", "set", "a b", "--masters", "x:1")
                        .code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aFileOfTheVersionBeforeIsTheDefaultContext(@TempDir Path home) throws IOException {
        Path directory = Files.createDirectories(home.resolve(".config/mesolith"));
        Files.writeString(directory.resolve("context.json"), "{\"masters\":[\"10.0.0.1:5050\"]}");

        assertThat(Run.with(Map.of("HOME", home.toString()), "context", "ls").out())
                .contains("*        default  10.0.0.1:5050");
    }

    @Test
    void theContextFollowsTheMastersThatAnyAnswerNames(@TempDir Path home) throws IOException {
        var environment = Map.of("HOME", home.toString());
        var header = new AtomicReference<>("");
        try (var master = new FakeServer((_, out) -> out.write(FakeServer.answer(
                200, Check.present(header.get(), "the header"), "{\"get_weights\":{\"weight_infos\":[]}}")))) {
            Run.with(environment, "context", "set", "--masters", master.address());
            header.set("Mesolith-Masters: " + master.address() + ",10.0.0.2:5050");
            assertThat(Run.with(environment, "weight", "get").err())
                    .contains("the context names the present masters now: [" + master.address() + ", 10.0.0.2:5050]");
            assertThat(Run.with(environment, "context", "show").out()).contains("10.0.0.2:5050");
            assertThat(Run.with(environment, "weight", "get").err()).isEmpty();
            header.set("Mesolith-Masters: this is no address");
            assertThat(Run.with(environment, "weight", "get").code()).isZero();
            assertThat(Run.with(environment, "context", "show").out()).contains("10.0.0.2:5050");
        }
    }

    @Test
    void whoNamesTheMastersItselfKeepsItsContext(@TempDir Path home) throws IOException {
        var environment = Map.of("HOME", home.toString());
        try (var master = new FakeServer((_, out) -> out.write(FakeServer.answer(
                200, "Mesolith-Masters: 10.0.0.2:5050", "{\"get_weights\":{\"weight_infos\":[]}}")))) {
            Run.with(environment, "context", "set", "--masters", "10.0.0.9:5050");
            assertThat(Run.with(environment, "weight", "get", "--masters", master.address())
                            .err())
                    .isEmpty();
            assertThat(Run.with(environment, "context", "show").out())
                    .contains("10.0.0.9:5050")
                    .doesNotContain("10.0.0.2:5050");
        }
    }

    @Test
    void anIdThatSeveralTasksHaveMustBeNarrowedByItsFramework() throws IOException {
        String tasks = """
                {"get_tasks":{"tasks":[
                  {"task_id":{"value":"t"},"framework_id":{"value":"F1"},"state":"TASK_RUNNING"},
                  {"task_id":{"value":"t"},"framework_id":{"value":"F2"},"state":"TASK_RUNNING"}]}}
                """;
        try (var master = FakeServer.json(200, tasks)) {
            Run run = Run.of("task", "show", "t", "--masters", master.address());
            assertThat(run.code()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("F1").contains("F2").contains("--framework");
            assertThat(Run.of("task", "show", "t", "--framework", "F2", "--masters", master.address())
                            .out())
                    .contains("F2");
        }
    }

    @Test
    void whatDoesNotExistIsSaidSo() throws IOException {
        try (var master = FakeServer.json(200, "{\"get_tasks\":{},\"get_agents\":{}}")) {
            assertThat(Run.of("task", "show", "t", "--masters", master.address())
                            .code())
                    .isEqualTo(ExitCode.NOT_FOUND);
            assertThat(Run.of("agent", "show", "S", "--masters", master.address())
                            .code())
                    .isEqualTo(ExitCode.NOT_FOUND);
        }
    }

    @Test
    void anAnswerThatIsNotJsonIsAnErrorAndNoTrace() throws IOException {
        try (var master = FakeServer.json(200, "<html>")) {
            Run run = Run.of("task", "ls", "--masters", master.address());
            assertThat(run.code()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err()).contains("not JSON").doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @CsvSource({"bash", "zsh", "fish"})
    void theCompletionScriptKnowsTheNouns(String shell) {
        assertThat(Run.of("completion", shell).out()).contains("cluster").containsAnyOf("--masters", "-l masters");
    }
}
