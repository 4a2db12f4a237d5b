package org.mesolith.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.mesolith.cli.console.Console;

/**
 * What a command did.
 *
 * @param code the exit code
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
public record Run(int code, String out, String err) {

    /** Runs a command in an environment without a home. */
    public static Run of(String... args) {
        return with(Map.of("HOME", "/nonexistent"), args);
    }

    /** Runs a command in this environment. */
    public static Run with(Map<String, String> environment, String... args) {
        return typed("", environment, args);
    }

    /** Runs a command at which somebody types this. */
    static Run typed(String text, Map<String, String> environment, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = CliMain.run(
                args,
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
