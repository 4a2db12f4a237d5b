package org.mesolith.master;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mesolith.leader.offer.Sharing;
import org.mesolith.settings.Settings;

/** The switches of sharing as they are given to a master. */
final class SharingFlags {
    private static final long EVERY_MILLIS_MIN = 100;

    private SharingFlags() {}

    /** @throws IllegalArgumentException with what is wrong */
    static Sharing read(Settings settings, WhitelistFile.@Nullable Rules whitelist) {
        return new Sharing(
                settings.on("strict_limits"),
                whitelist == null ? null : whitelist.first(),
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

    /** What only some agents being offered needs; null when all are. */
    static WhitelistFile.@Nullable Rules whitelist(Settings settings) {
        var file = settings.find("whitelist");
        if (file == null) {
            return null;
        }
        var path = Path.of(file.startsWith("file://") ? file.substring("file://".length()) : file);
        var every = settings.duration("whitelist_watch_interval");
        if (every.toMillis() < EVERY_MILLIS_MIN) {
            throw new IllegalArgumentException(
                    "--whitelist_watch_interval is below " + EVERY_MILLIS_MIN + " ms; give more, such as 5secs");
        }
        try {
            return new WhitelistFile.Rules(path, every, WhitelistFile.read(path));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "--whitelist: cannot read " + path + " (" + unreadable + ")", unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("--whitelist: " + path + ": " + wrong.getMessage(), wrong);
        }
    }
}
