package org.mesolith.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.console.Similar;

/**
 * The clusters that this user talks to, by names of the user's choice, and which of them is meant when nothing is said.
 * Kept in {@code context.json} of the user's configuration.
 *
 * @param current a name of {@code masters}, or empty when none is
 * @param masters addresses by name
 */
public record ContextFile(String current, TreeMap<String, List<String>> masters) {
    /** The variable that names a context for this command. */
    public static final String VARIABLE = "MESO_CONTEXT";

    /** What a context is called that nobody named. */
    public static final String DEFAULT = "default";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final int CONTEXTS_MAX = 1_000;

    /** The file of this user. Fails with {@link ExitCode#USAGE} when it cannot be understood. */
    public static ContextFile read(Console console) {
        Path file = path(console);
        var masters = new TreeMap<String, List<String>>();
        try {
            var json = Json.readObject(Files.readAllBytes(file));
            JsonObject contexts = json.object("contexts");
            for (String name : contexts.fields().keySet()) {
                masters.put(name, contexts.object(name).texts("masters"));
            }
            if (masters.isEmpty() && json.has("masters")) {
                masters.put(DEFAULT, json.texts("masters"));
                return new ContextFile(DEFAULT, masters);
            }
            return new ContextFile(masters.containsKey(json.text("current")) ? json.text("current") : "", masters);
        } catch (NoSuchFileException none) {
            return new ContextFile("", masters);
        } catch (IOException unreadable) {
            throw new Failure(
                    ExitCode.USAGE,
                    "cannot read the context file " + file + ": " + unreadable.getMessage()
                            + "; remove it and write it anew with `meso context set --masters HOST:PORT,…`",
                    unreadable);
        }
    }

    /** Where it lies. */
    public static Path path(Console console) {
        return console.configDirectory().resolve("context.json");
    }

    /** The same with this context in it, which is the current one if none was. */
    public ContextFile with(String name, List<HostPort> addresses) {
        if (!NAME.matcher(name).matches()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "`" + name
                            + "` is no name of a context; take letters, digits, dots, dashes and underscores, up"
                            + " to 63");
        }
        var more = new TreeMap<>(masters);
        more.put(name, addresses.stream().map(HostPort::toString).toList());
        if (more.size() > CONTEXTS_MAX) {
            throw new Failure(
                    ExitCode.USAGE, "there are " + CONTEXTS_MAX + " contexts; `meso context rm NAME` removes one");
        }
        return new ContextFile(current.isEmpty() ? name : current, more);
    }

    /** The same with another current context. */
    public ContextFile using(String name) {
        return new ContextFile(known(name), masters);
    }

    /** The same without a context; none is the current one if this was. */
    public ContextFile without(String name) {
        var fewer = new TreeMap<>(masters);
        fewer.remove(known(name));
        return new ContextFile(name.equals(current) ? "" : current, fewer);
    }

    /** The addresses of a context. Fails with {@link ExitCode#NOT_FOUND} when there is none of this name. */
    public List<String> addresses(String name) {
        return masters.getOrDefault(known(name), List.of());
    }

    private String known(String name) {
        if (!masters.containsKey(name)) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "there is no context `" + name + "`" + Similar.hint(name, masters.keySet())
                            + "; `meso context ls` lists them, `meso context set NAME --masters …` makes one");
        }
        return name;
    }

    /** Writes it, all or nothing. Versions before contexts had names find the current masters where they look. */
    public void write(Console console) {
        Path file = path(console);
        Map<String, @Nullable Object> contexts = new LinkedHashMap<>();
        masters.forEach((name, addresses) -> contexts.put(name, JsonObject.of("masters", addresses)));
        var json = JsonObject.of(
                "masters",
                masters.getOrDefault(current, List.of()),
                "current",
                current,
                "contexts",
                new JsonObject(contexts));
        try {
            Files.createDirectories(console.configDirectory());
            Path next = Files.createTempFile(console.configDirectory(), "context", ".json");
            Files.write(next, Json.bytes(json));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new Failure(
                    ExitCode.FAILED,
                    "cannot write " + file + ": " + failed
                            + "; make its directory writable, or use MESO_MASTERS instead",
                    failed);
        }
    }
}
