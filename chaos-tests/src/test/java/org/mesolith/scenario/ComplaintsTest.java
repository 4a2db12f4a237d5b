package org.mesolith.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.scenario.grammar.ScenarioReader;

/** What is wrong with a file is said with its place and the nearest valid word. */
final class ComplaintsTest {
    private static final String HEAD = "id: a.b\nlevel: allocator\nsteps:\n";

    private static final String STEP = "- run-allocation: now\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - add-agnt: {id: a1, resources: "cpus:1"}         | f.yaml:4   | add-agent
            - add-agent: {id: a1, ressources: "cpus:1"}       | f.yaml:4   | resources
            - add-agent: {id: a1}                             | f.yaml:4   | lacks the key "resources"
            - add-agent: {id: a1, resources: [1]}             | f.yaml:4   | this is a list
            - add-agent: {id: a1, resources: "cpus:-1"}       | f.yaml:4   | write a number of 0 or more
            - add-agent: {id: a1, resources: "cpus:1e99"}     | f.yaml:4   | too large
            - advance-clock: 5                                | f.yaml:4   | units
            - advance-clock: -5s                              | f.yaml:4   | negative
            - set-weight: {role: r, weight: 0}                | f.yaml:4   | above 0
            - set-weight: {role: r, weight: nan}              | f.yaml:4   | no decimal number
            - revive: {framework: f1}, suppress: {}           | f.yaml:    | YAML
            - operator-reserve: {agent: a1, resources: ""}    | f.yaml:4   | no step of the level allocator
            - recover-all: {framework: f1, framework: f2}     | f.yaml:4   | twice
            - revive: &x {framework: f1}                      | f.yaml:4   | anchors
            """)
    void aBadStepIsRefused(String step, String place, String hint) {
        assertThatThrownBy(() -> ScenarioReader.read("f.yaml", HEAD + step))
                .hasMessageContaining(place)
                .hasMessageContaining(hint);
    }

    @Test
    void anUnknownSettingIsRefused() {
        assertThatThrownBy(() -> ScenarioReader.read("f.yaml", HEAD + STEP + "settings:\n  offer_timout: 5s\n"))
                .hasMessageContaining("f.yaml:6")
                .hasMessageContaining("offer_timeout");
    }

    @Test
    void twoScenariosOfOneIdAreRefused() {
        var text = "---\n" + HEAD + STEP + "---\n" + HEAD + STEP;

        assertThatThrownBy(() -> ScenarioReader.read("f.yaml", text)).hasMessageContaining("taken");
    }

    @Test
    void aGoodFileIsRead() {
        assertThat(ScenarioReader.read("f.yaml", HEAD + STEP)).hasSize(1);
    }
}
