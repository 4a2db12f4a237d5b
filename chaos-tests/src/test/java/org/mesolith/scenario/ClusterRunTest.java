package org.mesolith.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.scenario.cluster.ClusterRun;
import org.mesolith.scenario.cluster.Findings;
import org.mesolith.scenario.cluster.FindingsPlot;
import org.mesolith.scenario.cluster.FindingsText;
import org.mesolith.scenario.cluster.Plan;
import org.mesolith.scenario.cluster.PlanReader;

/** Described clusters: the examples of the documentation, what they come to, and what is wrong with bad ones. */
final class ClusterRunTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("mesolith.root", ".."), "docs", "examples");

    private static final String GOOD = """
            duration: 60s
            agents:
            - {resources: "cpus:4;mem:4096"}
            frameworks:
            - {name: f, task: "cpus:1;mem:512", tasks: 8, runs: 10s}
            """;

    static Stream<Path> examples() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    private static Plan plan(Path file) throws IOException {
        return PlanReader.read(file.getFileName().toString(), Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsPlayedAndShown(Path file) throws IOException {
        var plan = plan(file);
        var findings = ClusterRun.play(plan);
        var text = new FindingsText(plan, findings);

        assertThat(text.table().getFirst()).startsWith("ROLE");
        assertThat(text.csv()).hasSize(findings.samples().size() + 1);
        assertThat(String.join("\n", FindingsPlot.svg(plan, findings)))
                .contains("<polyline")
                .endsWith("</svg>");
    }

    @Test
    void aPlanComesToTheSameEveryTime() throws IOException {
        var plan = plan(EXAMPLES.resolve("quota-against-hoarding.yaml"));

        assertThat(ClusterRun.play(plan)).isEqualTo(ClusterRun.play(plan));
    }

    @Test
    void weightsDivideAClusterThatEverybodyWants() throws IOException {
        var last = ClusterRun.play(plan(EXAMPLES.resolve("fair-sharing.yaml")))
                .samples()
                .getLast();

        assertThat(last.shareByRole().get("ads")).isBetween(0.20, 0.30);
        assertThat(last.shareByRole().get("search")).isBetween(0.45, 0.55);
        assertThat(last.shareByRole().get("reports")).isBetween(0.20, 0.30);
    }

    @Test
    void aGuaranteeKeepsAServiceFromWaitingForHoarders() throws IOException {
        var service = outcome(EXAMPLES.resolve("quota-against-hoarding.yaml"), "web-service");

        assertThat(service.waitMax()).isLessThan(10_000);
        assertThat(service.done()).isEqualTo(400);
    }

    @Test
    void strictLimitsBindTheRolesBelow() throws IOException {
        var samples =
                ClusterRun.play(plan(EXAMPLES.resolve("nested-limit.yaml"))).samples();

        assertThat(samples).allMatch(sample -> sample.shareByRole().getOrDefault("eng", 1.0) <= 0.25);
    }

    private static Findings.Outcome outcome(Path file, String framework) throws IOException {
        return ClusterRun.play(plan(file)).frameworks().stream()
                .filter(outcome -> outcome.name().equals(framework))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tasksThatDoNotFitWaitForThoseThatRun() {
        var only = ClusterRun.play(PlanReader.read("f.yaml", GOOD)).frameworks().getFirst();

        assertThat(List.of(only.done(), only.waiting())).containsExactly(8, 0);
        assertThat(only.waitMax()).isBetween(10_000L, 12_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            duration: 60s      | durashun: 60s                     | f.yaml:1 | duration
            duration: 60s      | duration: 0s                      | f.yaml:1 | 1ms or more
            duration: 60s      | duration: 60                      | f.yaml:1 | units
            duration: 60s      | duration: 52w                     | f.yaml:1 | allocation intervals
            cpus:4;mem:4096    | cpus:-4                           | f.yaml:3 | 0 or more
            cpus:4;mem:4096    | cpus:nan                          | f.yaml:3 | cpus
            tasks: 8           | tasks: 1e9                        | f.yaml:5 | whole number
            tasks: 8           | taks: 8                           | f.yaml:5 | tasks
            tasks: 8           | policy: gready                    | f.yaml:5 | spread
            runs: 10s          | runs: 90s..30s                    | f.yaml:5 | smaller and larger
            runs: 10s          | count: 3000                       | f.yaml:1 | 1 to 2000
            runs: 10s          | role: a//b                        | f.yaml:5 | slashes
            """)
    void whatIsWrongWithAFileIsSaidWithItsPlace(String good, String bad, String place, String hint) {
        assertThatThrownBy(() -> PlanReader.read("f.yaml", GOOD.replace(good, bad)))
                .hasMessageContaining(place)
                .hasMessageContaining(hint);
    }
}
