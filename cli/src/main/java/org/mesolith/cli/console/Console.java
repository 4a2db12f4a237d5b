package org.mesolith.cli.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command sees of its surroundings: where results go, where remarks go, the environment.
 *
 * @param out results only, so that they can be piped
 * @param err remarks, progress and errors
 * @param environment the environment variables
 * @param in what is typed, or piped in
 */
public record Console(PrintStream out, PrintStream err, Map<String, String> environment, InputStream in) {

    private static final int LINE_BYTES_MAX = 4_096;

    /** The variable in which the launcher says which of stdin (0), stdout (1) and stderr (2) are a terminal. */
    public static final String TERMINALS = "MESO_TERMINALS";

    /** Surroundings in which nobody types anything. */
    public Console(PrintStream out, PrintStream err, Map<String, String> environment) {
        this(out, err, environment, InputStream.nullInputStream());
    }

    /** True when somebody types: stdin is a terminal. */
    public boolean canBeTypedAt() {
        return variable(TERMINALS).contains("0");
    }

    /** True when somebody looks at the results: stdout is a terminal. */
    public boolean isSeen() {
        return variable(TERMINALS).contains("1");
    }

    /** True when somebody looks at remarks and progress: stderr is a terminal. */
    public boolean isWatched() {
        return variable(TERMINALS).contains("2");
    }

    /** One line that somebody types, without its end; empty at the end of the input. At most 4,096 bytes. */
    public String line() {
        var bytes = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0 && next != '\n' && bytes.size() < LINE_BYTES_MAX; next = in.read()) {
                bytes.write(next);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }

    /** The value of an environment variable, or the empty string. */
    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** Where this user's context is kept: {@code $XDG_CONFIG_HOME/mesolith} or {@code ~/.config/mesolith}. */
    public Path configDirectory() {
        String configured = variable("XDG_CONFIG_HOME");
        if (!configured.isEmpty()) {
            return Path.of(configured, "mesolith");
        }
        String home = variable("HOME");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", "/") : home, ".config", "mesolith");
    }
}
