package org.mesolith.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.agent.AgentFlags;
import org.mesolith.base.Check;
import org.mesolith.master.MasterSettings;
import org.mesolith.settings.SettingsException;
import org.mesolith.settings.SettingsReader;

final class SettingsPagesTest {
    private static final String HOW = """
            Made from the code, do not edit: `%s`.

            A setting is given as a flag `--name=value` (a switch also `--name` or `--no-name`), as a \
            variable `MESOS_NAME` in
            the environment, or as a line `name=value` in the file that `--config=FILE` or `MESOS_CONFIG` \
            names; the flag wins
            over the variable, the variable over the file. Words may be joined by `-` instead of `_`. A value \
            `file://PATH` is
            the content of that file, except for settings of the kind path. Durations are written `10secs`, \
            `5mins`, `1weeks`,
            sizes `64MB`. Unknown names are refused. `GET /flags` shows what is in force.""";

    /** One name of Mesos, of one of the processes. */
    record Name(String process, String name) {
        SettingsReader reader() {
            return process.equals("master") ? MasterSettings.reader() : AgentFlags.reader();
        }

        String variable() {
            return "MESOS_" + name.toUpperCase(Locale.ROOT);
        }
    }

    static Stream<Name> everyNameOfMesos() throws IOException {
        try (InputStream table = SettingsPagesTest.class.getResourceAsStream("mesos-settings.tsv")) {
            var text = new String(Check.present(table, "the table of settings").readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).map(line -> {
                var columns = line.split("\t", -1);
                return new Name(columns[0], columns[1]);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("everyNameOfMesos")
    void everySettingOfMesosIsUnderstoodOrRefusedWithTheReasonWhereverItIsGiven(Name name, @TempDir Path dir)
            throws IOException {
        var file = Files.writeString(dir.resolve("conf"), name.name() + "=\n");

        assertThat(understood(name, List.of("--" + name.name() + "="), Map.of()))
                .isEqualTo(understood(name, List.of(), Map.of(name.variable(), "")))
                .isEqualTo(understood(name, List.of("--config=" + file), Map.of()));
    }

    /** Whether the name is known; an empty value is complained about for what it is, or not at all. */
    private static boolean understood(Name name, List<String> flags, Map<String, String> environment) {
        var refused = catchThrowableOfType(
                SettingsException.class, () -> name.reader().read(flags, environment));
        var complaints = refused == null ? "" : String.join("\n", refused.complaints());
        assertThat(complaints).doesNotContain("is not known");
        if (complaints.contains("does not apply: ")) {
            assertThat(complaints).matches("(?s).*does not apply: .{10,}; (leave it out|unset it)");
            return false;
        }
        return true;
    }

    @Test
    void thePageOfTheMastersSettingsIsCurrent() throws IOException {
        Page.isCurrent(
                "settings-master.md",
                MasterSettings.reader()
                        .page("Settings of a master", HOW.formatted("org.mesolith.master.MasterSe" + "ttings")));
    }

    @Test
    void thePageOfTheAgentsSettingsIsCurrent() throws IOException {
        Page.isCurrent(
                "settings-agent.md",
                AgentFlags.reader().page("Settings of an agent", HOW.formatted("org.mesolith.agent.AgentFlags")));
    }
}
