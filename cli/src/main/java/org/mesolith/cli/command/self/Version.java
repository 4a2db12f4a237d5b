package org.mesolith.cli.command.self;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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

    /** As Git names it; {@code -dirty}: with changes that were not committed. */
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}(-dirty)?");

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
        return property("/org/mesolith/cli/version.properties", "version", "unknown");
    }

    /** Which commit the build was made of, in words. */
    public static String commit() {
        var commit = property("/org/mesolith/cli/commit.properties", "commit", "");
        if (!isPackaged()) {
            return "commit unknown: this is not a packaged build";
        }
        return COMMIT.matcher(commit).matches()
                ? "commit " + commit
                : "commit unknown: it was not built in a Git repository";
    }

    /** Classes that were only compiled may be of another state than the last package beside them. */
    private static boolean isPackaged() {
        var source = Version.class.getProtectionDomain().getCodeSource();
        return source != null && source.getLocation().getPath().endsWith(".jar");
    }

    private static String property(String file, String name, String otherwise) {
        try (InputStream input = Version.class.getResourceAsStream(file)) {
            var properties = new Properties();
            if (input != null) {
                properties.load(input);
            }
            return properties.getProperty(name, otherwise);
        } catch (IOException unreadable) {
            return otherwise;
        }
    }
}
