package org.mesolith.agent.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The masters to try: those of the settings (a list, or a file that is read again each time), and those that a leader
 * has named since, which survive a restart of the agent. One thread at a time.
 */
public final class KnownMasters {
    private static final System.Logger LOG = System.getLogger(KnownMasters.class.getName());

    /** How a setting names a file. */
    public static final String FILE = "file://";

    private static final int NAMED_MAX = 64;

    private final List<InetSocketAddress> configured;
    private final @Nullable Path source;
    private final @Nullable Path checkpoint;
    private List<String> named = List.of();

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

    /** All of them, the configured ones first; never empty unless nothing was configured. */
    List<InetSocketAddress> all() {
        var all = new LinkedHashSet<>(present());
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
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, String.join("\n", named) + "\n", StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
