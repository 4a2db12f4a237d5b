package org.mesolith.master;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;

/**
 * Where the masters answered when this one ran last, itself included, in a file of its own: at a start the replicated
 * state is as old as the newest snapshot until the log has been read, and a member that was removed is never told. Its
 * own place is asked too: who answers there with its identity runs on what this directory is a copy of. One thread at a
 * time.
 */
final class KeptMasters {
    private static final System.Logger LOG = System.getLogger("org.mesolith.master");

    /** More than a cluster can have. */
    private static final int KEPT_MAX = 64;

    private static final Pattern ADDRESS = Pattern.compile("\\S{1,300}:[0-9]{1,5}");

    private static final String FILE = "file://";

    private final Path file;
    private final Set<String> named;
    private SortedSet<String> kept;

    /** @param named where they are according to a setting, or the file that says so; null when nobody says */
    KeptMasters(Path workDir, @Nullable String named) {
        this.file = workDir.resolve("masters");
        this.kept = Files.exists(file) ? read(file) : new TreeSet<>();
        this.named = named == null
                ? Set.of()
                : named.startsWith(FILE) ? read(Path.of(named.substring(FILE.length()))) : addresses(named);
    }

    private static SortedSet<String> read(Path file) {
        try {
            return addresses(Files.readString(file));
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "the masters in " + file + " are not used: " + unreadable);
            return new TreeSet<>();
        }
    }

    private static SortedSet<String> addresses(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(part -> ADDRESS.matcher(part).matches())
                .limit(KEPT_MAX)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@code host:port} of each. */
    Set<String> kept() {
        return kept;
    }

    /** Those of the setting. */
    Set<String> named() {
        return named;
    }

    /** From now on these, if there are any. */
    void keep(Set<String> masters) {
        if (masters.isEmpty() || masters.size() > KEPT_MAX || masters.equals(kept)) {
            return;
        }
        kept = new TreeSet<>(masters);
        try {
            DurableFiles.replace(file, (String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            // Needed only by a start at which nothing else names them.
            LOG.log(System.Logger.Level.WARNING, "the masters cannot be written to " + file + ": " + failed);
        }
    }
}
