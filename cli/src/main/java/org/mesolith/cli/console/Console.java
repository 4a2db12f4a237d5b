package org.mesolith.cli.console;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command sees of its surroundings: where results go, where remarks go, the environment.
 *
 * @param out results only, so that they can be piped
 * @param err remarks, progress and errors
 * @param environment the environment variables
 */
public record Console(PrintStream out, PrintStream err, Map<String, String> environment) {

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
