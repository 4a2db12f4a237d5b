package org.mesolith.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.leader.offer.Sharing;
import org.mesolith.settings.Settings;

/** The switches of sharing as they are given to a master. */
final class SharingFlags {
    private static final long WHITELIST_BYTES_MAX = 64L << 20;

    private SharingFlags() {}

    /** @throws IllegalArgumentException with what is wrong */
    static Sharing read(Settings settings) {
        return new Sharing(
                settings.on("strict_limits"),
                whitelist(settings.find("whitelist")),
                factor(settings.text("allocator_agent_recovery_factor")),
                settings.duration("allocator_recovery_timeout"));
    }

    private static double factor(String text) {
        if (!text.matches("[01]|[01]?\\.[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    "--allocator_agent_recovery_factor=" + text + ": give a number from 0 to 1, such as 0.8");
        }
        return Double.parseDouble(text);
    }

    /** One host name a line; empty lines and those that begin with # are passed over. */
    private static @Nullable SortedSet<String> whitelist(@Nullable String file) {
        if (file == null) {
            return null;
        }
        var path = Path.of(file.startsWith("file://") ? file.substring("file://".length()) : file);
        try {
            if (Files.size(path) > WHITELIST_BYTES_MAX) {
                throw new IllegalArgumentException("--whitelist: " + path + " is larger than 64 MiB");
            }
            var names = new TreeSet<String>();
            for (var line : Files.readAllLines(path)) {
                var name = line.strip();
                if (!name.isEmpty() && !name.startsWith("#")) {
                    names.add(name);
                }
            }
            return names;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "--whitelist: cannot read " + path + " (" + unreadable.getMessage() + ")", unreadable);
        }
    }
}
