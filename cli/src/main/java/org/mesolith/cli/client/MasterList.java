package org.mesolith.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * Which masters a command talks to, and who said so: the option {@code --masters}, else the variable
 * {@code MESO_MASTERS}, else the context file, else {@code 127.0.0.1:5050}.
 *
 * @param masters any of them finds the leader
 * @param source for messages
 */
public record MasterList(List<HostPort> masters, String source) {

    /** The variable that names the masters. */
    public static final String VARIABLE = "MESO_MASTERS";

    private static final HostPort DEFAULT = new HostPort("127.0.0.1", 5050);

    /** Finds the masters. Fails with {@link ExitCode#USAGE} if what was said cannot be understood. */
    public static MasterList find(String option, Console console) {
        if (!option.isBlank()) {
            return of(option, "--masters");
        }
        String variable = console.variable(VARIABLE);
        if (!variable.isBlank()) {
            return of(variable, VARIABLE);
        }
        Path file = contextFile(console);
        try {
            String masters =
                    String.join(",", Json.readObject(Files.readAllBytes(file)).texts("masters"));
            return of(masters, file.toString());
        } catch (NoSuchFileException noContext) {
            return new MasterList(
                    List.of(DEFAULT), "default; name others with --masters, MESO_MASTERS or `meso context set`");
        } catch (IOException unreadable) {
            throw new Failure(
                    ExitCode.USAGE,
                    "cannot read the context file " + file + ": " + unreadable.getMessage()
                            + "; write it anew with `meso context set --masters HOST:PORT,…`",
                    unreadable);
        }
    }

    /**
     * Keeps these masters for the next command. Each command that was told by the context, and hears who the masters
     * are now, does so.
     */
    public static void keep(Console console, List<HostPort> masters) throws IOException {
        Files.createDirectories(console.configDirectory());
        Path next = Files.createTempFile(console.configDirectory(), "context", ".json");
        var texts = masters.stream().map(HostPort::toString).toList();
        Files.write(next, Json.bytes(JsonObject.of("masters", texts)));
        Files.move(next, contextFile(console), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** True when the context file named the masters. */
    public boolean isContext(Console console) {
        return source.equals(contextFile(console).toString());
    }

    /** Where {@code meso context set} keeps the masters. */
    public static Path contextFile(Console console) {
        return console.configDirectory().resolve("context.json");
    }

    /** How a file with masters is named instead of a list. */
    private static final String FILE = "file://";

    private static MasterList of(String named, String source) {
        String text = named.strip();
        if (text.startsWith(FILE)) {
            Path file = Path.of(text.substring(FILE.length()));
            try {
                return of(Files.readString(file).replace('\n', ','), source + ", file " + file);
            } catch (IOException unreadable) {
                throw new Failure(
                        ExitCode.USAGE,
                        "cannot read the masters in " + file + " (" + source + "): " + unreadable.getMessage(),
                        unreadable);
            }
        }
        List<HostPort> masters = HostPort.parseList(text);
        if (masters.isEmpty()) {
            throw new Failure(ExitCode.USAGE, source + " names no master; expected HOST:PORT,HOST:PORT,…");
        }
        return new MasterList(masters, source);
    }
}
