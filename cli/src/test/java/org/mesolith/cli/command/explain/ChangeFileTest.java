package org.mesolith.cli.command.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.Failure;

/** Files of changes. */
final class ChangeFileTest {
    @Test
    void everyKindOfChangeIsReadInTheOrderOfTheFile() {
        var changes = ChangeFile.read("c.yaml", """
                set_quota:
                  - role: eng
                    guarantees: cpus:8
                set_weight:
                  role: ads
                  weight: 2
                remove_agent: S1
                drain: [S2, S3]
                add_agents:
                  - count: 10
                    like: S1
                add_framework:
                  - name: newcomer
                    role: ads
                """);

        assertThat(new String(Json.bytes(JsonObject.of("changes", changes)), StandardCharsets.UTF_8))
                .isEqualTo("{\"changes\":[{\"set_quota\":{\"role\":\"eng\",\"guarantees\":\"cpus:8\"}},"
                        + "{\"set_weight\":{\"role\":\"ads\",\"weight\":2.0}},{\"remove_agent\":{\"agent\":\"S1\"}},"
                        + "{\"drain\":{\"agent\":\"S2\"}},{\"drain\":{\"agent\":\"S3\"}},"
                        + "{\"add_agents\":{\"count\":10,\"like\":\"S1\"}},"
                        + "{\"add_framework\":{\"name\":\"newcomer\",\"role\":\"ads\"}}]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    set_wait: {role: a} | there is no change "set_wait"; the nearest valid one is "set_weight"
                    set_weight: {rol: a, weight: 1} | set_weight has no key "rol"; the nearest valid one is "role"
                    set_weight: {role: a, weight: heavy} | expected a number above 0, found the text "heavy"
                    set_weight: {role: a, weight: -1} | expected a number above 0, found the text "-1"
                    set_weight: {role: a} | set_weight needs the key "weight"
                    add_agents: {count: 0, like: a} | expected a number from 1, found the text "0"
                    set_quota: {guarantees: 'cpus:1'} | set_quota needs the key "role"
                    drain: {agents: S1} | drain has no key "agents"; the nearest valid one is "agent"
                    [a, b] | expected keys and values, found a list
                    """)
    void whatIsWrongIsToldWithItsLineAndTheNearestKey(String text, String complaint) {
        assertThatThrownBy(() -> ChangeFile.read("c.yaml", text))
                .isInstanceOf(Failure.class)
                .hasMessage("c.yaml:1: " + complaint);
    }

    @Test
    void theLineIsThatOfTheKey() {
        assertThatThrownBy(() -> ChangeFile.read("c.yaml", "\n# first\nset_quoda:\n  - role: a\n"))
                .hasMessageStartingWith("c.yaml:3: there is no change \"set_quoda\"");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThatThrownBy(() -> ChangeFile.read("c.yaml", "# nothing\n")).hasMessage("c.yaml has no change in it");
    }
}
