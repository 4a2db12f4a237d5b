package org.mesolith.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.scenario.grammar.Scenario;

/** Plays every scenario of the project; some of them: {@code -Dscenario=PART_OF_ID}. */
final class ScenariosTest {
    private static final String ONE = System.getProperty("scenario", "");

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void theClusterDoesAsTheScenarioExpects(Scenario scenario) {
        var result = ScenarioRunner.run(scenario, line -> {});

        assertThat(result.line()).isEqualTo("PASS " + scenario.id());
    }

    /** The worked examples of the pages on sharing and reservations. */
    private static final Path EXAMPLES =
            Path.of(System.getProperty("mesolith.root", ".."), "docs", "examples", "scenarios");

    @Test
    void allFilesCanBeRead() throws URISyntaxException {
        assertThat(load("/scenarios").complaints()).isEmpty();
        assertThat(load("/scenarios").scenarios()).hasSize(225);
        assertThat(load("/regressions").complaints()).isEmpty();
        assertThat(load("/regressions").scenarios()).hasSizeGreaterThan(80);
        assertThat(examples().complaints()).isEmpty();
        assertThat(examples().scenarios()).hasSizeGreaterThan(10);
    }

    static Stream<Scenario> scenarios() throws URISyntaxException {
        return Stream.of(load("/scenarios"), load("/regressions"), examples())
                .flatMap(loaded -> loaded.scenarios().stream())
                .filter(scenario -> scenario.id().contains(ONE));
    }

    private static ScenarioFiles.Loaded examples() {
        return ScenarioFiles.load(List.of(EXAMPLES));
    }

    private static ScenarioFiles.Loaded load(String folder) throws URISyntaxException {
        return ScenarioFiles.load(List.of(resource(folder)));
    }

    private static Path resource(String name) throws URISyntaxException {
        var url = ScenariosTest.class.getResource(name);
        assertThat(url).isNotNull();
        return Path.of(url.toURI());
    }
}
