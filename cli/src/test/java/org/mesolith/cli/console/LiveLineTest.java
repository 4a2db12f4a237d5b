package org.mesolith.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LiveLineTest {
    private static String shown(Map<String, String> environment) {
        var bytes = new ByteArrayOutputStream();
        var err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        try (var line = new LiveLine(new Console(err, err, environment))) {
            line.show("1 of 2");
            line.show("1 of 2");
            line.show("2 of 2");
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void onATerminalALineIsWrittenOverTheLastOne() {
        assertThat(shown(Map.of(Console.TERMINALS, "012", "TERM", "xterm")))
                .isEqualTo("\r\u001b[K1 of 2\r\u001b[K2 of 2\n");
    }

    @Test
    void elsewhereEachLineFollowsTheLastOneAndNothingElse() {
        assertThat(shown(Map.of())).isEqualTo("1 of 2\n2 of 2\n");
        assertThat(shown(Map.of(Console.TERMINALS, "01"))).isEqualTo("1 of 2\n2 of 2\n");
        assertThat(shown(Map.of(Console.TERMINALS, "012", "TERM", "dumb"))).isEqualTo("1 of 2\n2 of 2\n");
    }
}
