package org.mesolith.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * Which masters a command talks to, and who said so: {@code --masters} or {@code --context}, else the variable
 * {@code MESO_MASTERS}, else {@code MESO_CONTEXT} or the current context, else
 * {@code 127.0.0.1:5050}.
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
        return find(option, "", console);
    }

    /**
     * The same where a context may be named.
     *
     * @param context what {@code --context} says, else empty; not together with {@code --masters}
     */
    public static MasterList find(String option, String context, Console console) {
        if (!option.isBlank() && !context.isBlank()) {
            throw new Failure(ExitCode.USAGE, "--masters and --context say both which masters are meant; give one");
        }
        if (!option.isBlank()) {
            return of(option, "--masters");
        }
        if (!context.isBlank()) {
            return ofContext(ContextFile.read(console), context, console);
        }
        String variable = console.variable(VARIABLE);
        if (!variable.isBlank()) {
            return of(variable, VARIABLE);
        }
        var file = ContextFile.read(console);
        String named = console.variable(ContextFile.VARIABLE);
        if (!named.isBlank() || !file.current().isEmpty()) {
            return ofContext(file, named.isBlank() ? file.current() : named, console);
        }
        return new MasterList(
                List.of(DEFAULT), "default; name others with --masters, MESO_MASTERS or `meso context set`");
    }

    private static MasterList ofContext(ContextFile file, String name, Console console) {
        return of(String.join(",", file.addresses(name)), prefix(console) + name);
    }

    private static String prefix(Console console) {
        return ContextFile.path(console) + ", context ";
    }

    /** The context that named the masters; empty when something else did. */
    public String context(Console console) {
        return source.startsWith(prefix(console))
                ? source.substring(prefix(console).length())
                : "";
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
