package org.mesolith.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.scenario.grammar.Scenario;

/**
 * Plays every scenario of the project but those whose rules are still to come ({@code waiting-scenarios.txt}); some of
 * them: {@code -Dscenario=PART_OF_ID}.
 */
final class ScenariosTest {
    private static final String ONE = System.getProperty("scenario", "");

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void theClusterDoesAsTheScenarioExpects(Scenario scenario) {
        var result = ScenarioRunner.run(scenario, line -> {});

        assertThat(result.line()).isEqualTo("PASS " + scenario.id());
    }

    @Test
    void allFilesCanBeRead() throws URISyntaxException {
        var loaded = load();

        assertThat(loaded.complaints()).isEmpty();
        assertThat(loaded.scenarios()).hasSize(225);
    }

    static Stream<Scenario> scenarios() throws URISyntaxException, IOException {
        var waiting = Files.readAllLines(resource("/waiting-scenarios.txt"));
        return load().scenarios().stream()
                .filter(scenario -> !waiting.contains(scenario.id()) || !ONE.isEmpty())
                .filter(scenario -> scenario.id().contains(ONE));
    }

    private static ScenarioFiles.Loaded load() throws URISyntaxException {
        return ScenarioFiles.load(List.of(resource("/scenarios")));
    }

    private static Path resource(String name) throws URISyntaxException {
        var url = ScenariosTest.class.getResource(name);
        assertThat(url).isNotNull();
        return Path.of(url.toURI());
    }
}
