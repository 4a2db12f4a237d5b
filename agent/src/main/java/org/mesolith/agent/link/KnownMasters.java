package org.mesolith.agent.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;

/**
 * The masters to try: those of the settings (a list, or a file that is read again each time), and those that a leader
 * or an operator has named since, which survive a restart of the agent. One thread at a time.
 */
public final class KnownMasters {
    private static final System.Logger LOG = System.getLogger(KnownMasters.class.getName());

    /** How a setting names a file. */
    public static final String FILE = "file://";

    /** The file of the work directory that keeps those that were named. */
    public static final String CHECKPOINT = "masters";

    /** Stands for what the setting says at the next start. */
    private static final String WHICHEVER = "*";

    private static final int NAMED_MAX = 64;

    private final List<InetSocketAddress> configured;
    private final @Nullable Path source;
    private final @Nullable Path checkpoint;
    private List<String> named = List.of();

    /** The configured masters that an operator has said are not to be tried any more; empty for none. */
    private String former = "";

    /**
     * @param configured as read at the start
     * @param source read again at each look; null for none
     * @param checkpoint where named masters are kept; null for nowhere
     */
    public KnownMasters(List<InetSocketAddress> configured, @Nullable Path source, @Nullable Path checkpoint) {
        this.configured = List.copyOf(configured);
        this.source = source;
        this.checkpoint = checkpoint;
        if (checkpoint != null) {
            named = kept(checkpoint);
            former = former(checkpoint);
        }
        if (former.equals(WHICHEVER)) {
            former = text(present());
            keepFormer();
        }
    }

    /**
     * Reads {@code host:port,host:port,…}, also on several lines.
     *
     * @throws IllegalArgumentException naming what is no address
     */
    public static List<InetSocketAddress> parse(String text) {
        var all = new ArrayList<InetSocketAddress>();
        for (var part : text.split("[,\\s]+")) {
            if (part.isEmpty()) {
                continue;
            }
            int colon = part.lastIndexOf(':');
            if (colon < 1 || !part.substring(colon + 1).matches("[0-9]{1,5}")) {
                throw new IllegalArgumentException("'" + part + "' is not host:port");
            }
            var host = part.substring(0, colon);
            var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            all.add(InetSocketAddress.createUnresolved(bare, Integer.parseInt(part.substring(colon + 1))));
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' names no master; expected host:port,host:port");
        }
        return all;
    }

    /**
     * All of them, the configured ones first; never empty unless nothing was configured. Configured ones that an
     * operator has replaced are left out until the setting says something else.
     */
    List<InetSocketAddress> all() {
        var present = present();
        var all = new LinkedHashSet<InetSocketAddress>();
        if (named.isEmpty() || !text(present).equals(former)) {
            all.addAll(present);
        }
        for (var name : named) {
            all.addAll(parse(name));
        }
        return List.copyOf(all);
    }

    private List<InetSocketAddress> present() {
        if (source == null) {
            return configured;
        }
        try {
            return parse(Files.readString(source));
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "the masters in " + source + " cannot be read: " + unreadable);
            return configured;
        }
    }

    /**
     * An operator names the masters to try instead of all known ones, the configured ones too. On disk when it returns.
     *
     * @throws IOException when the disk refuses; nothing has changed then, or the new ones are tried as well
     */
    void repoint(List<String> masters) throws IOException {
        if (checkpoint != null) {
            write(checkpoint, masters);
        }
        named = List.copyOf(masters);
        var replaced = text(present());
        if (checkpoint != null) {
            DurableFiles.replace(formerFile(checkpoint), replaced.getBytes(StandardCharsets.UTF_8));
        }
        former = replaced;
        LOG.log(System.Logger.Level.INFO, "an operator names the masters: " + String.join(", ", named));
    }

    /**
     * The same for an agent that does not run: what its setting says at its next start is not tried.
     *
     * @param workDir which the caller holds
     */
    public static void repoint(Path workDir, List<String> masters) throws IOException {
        masters.forEach(KnownMasters::parse);
        var checkpoint = workDir.resolve(CHECKPOINT);
        write(checkpoint, masters);
        DurableFiles.replace(formerFile(checkpoint), WHICHEVER.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path checkpoint, List<String> masters) throws IOException {
        DurableFiles.replace(checkpoint, (String.join("\n", masters) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Path formerFile(Path checkpoint) {
        return checkpoint.resolveSibling(checkpoint.getFileName() + "-former");
    }

    private static String former(Path checkpoint) {
        try {
            return Files.readString(formerFile(checkpoint)).strip();
        } catch (NoSuchFileException none) {
            return "";
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, formerFile(checkpoint) + " cannot be read: " + unreadable);
            return "";
        }
    }

    private void keepFormer() {
        try {
            if (checkpoint != null) {
                DurableFiles.replace(formerFile(checkpoint), former.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failed) {
            // It is found out again at the next start.
            LOG.log(System.Logger.Level.WARNING, "which masters are not tried cannot be written down: " + failed);
        }
    }

    /** {@code host:port,host:port}, for people and to compare. */
    static String text(List<InetSocketAddress> masters) {
        return String.join(",", texts(masters));
    }

    /** Each as {@link #parse} reads it. */
    static List<String> texts(List<InetSocketAddress> masters) {
        return masters.stream()
                .map(master -> master.getHostString().indexOf(':') < 0
                        ? master.getHostString() + ":" + master.getPort()
                        : "[" + master.getHostString() + "]:" + master.getPort())
                .toList();
    }

    /** A leader names every master of the cluster. */
    void learn(List<String> masters) {
        if (masters.isEmpty() || masters.size() > NAMED_MAX || masters.equals(named)) {
            return;
        }
        try {
            masters.forEach(KnownMasters::parse);
        } catch (IllegalArgumentException wrong) {
            LOG.log(System.Logger.Level.WARNING, "the leader names masters that are none: " + wrong.getMessage());
            return;
        }
        named = List.copyOf(masters);
        LOG.log(System.Logger.Level.INFO, "the masters are " + String.join(", ", named));
        if (checkpoint != null) {
            keep(checkpoint);
        }
    }

    private void keep(Path file) {
        try {
            write(file, named);
        } catch (IOException failed) {
            // Not needed while the configured ones answer.
            LOG.log(System.Logger.Level.WARNING, "the masters cannot be written to " + file + ": " + failed);
        }
    }

    private static List<String> kept(Path file) {
        try {
            var lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .limit(NAMED_MAX)
                    .toList();
            lines.forEach(KnownMasters::parse);
            return lines;
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "the masters kept in " + file + " are not used: " + unreadable);
            return List.of();
        }
    }
}
