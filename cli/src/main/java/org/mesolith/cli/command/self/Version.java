package org.mesolith.cli.command.self;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso version}. */
@Command(
        description = "Shows the version of this command, and the Java it runs on.",
        footer = {"", "Example: meso version --json"})
public final class Version implements Callable<Integer> {

    private final Console console;

    @Option(names = "--json", description = "As a JSON object.")
    private boolean json;

    /** The command in these surroundings. */
    public Version(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (json) {
            JsonOutput.print(
                    console.out(),
                    JsonObject.of("version", text(), "java", System.getProperty("java.runtime.version", "")));
        } else {
            console.out()
                    .println("mesolith " + text() + " (Java " + System.getProperty("java.runtime.version", "") + ")");
        }
        return ExitCode.OK;
    }

    /** The version of this build. */
    public static String text() {
        try (InputStream input = Version.class.getResourceAsStream("/org/mesolith/cli/version.properties")) {
            var properties = new Properties();
            if (input != null) {
                properties.load(input);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
