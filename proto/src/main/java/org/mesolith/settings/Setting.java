package org.mesolith.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One known setting.
 *
 * @param name as Mesos names it where there is one, words joined by underscores
 * @param fallback value when nobody sets it, in the same syntax; null when it is then absent
 * @param help one sentence for people: meaning, unit, bound
 * @param oldNames accepted deprecated spellings
 */
public record Setting(String name, Kind kind, @Nullable String fallback, String help, List<String> oldNames) {
    /** How a value is written. */
    public enum Kind {
        TEXT,
        /** A number and one of ns us ms secs mins hrs days weeks. */
        DURATION,
        /** A whole number and one of B KB MB GB TB, powers of 1024. */
        BYTES,
        INTEGER,
        /** {@code --name}, {@code --no-name}, {@code --name=true|false}. */
        SWITCH,
        /** A file's path: {@code file://} before it is not replaced by the file's content. */
        PATH
    }

    public Setting {
        oldNames = List.copyOf(oldNames);
    }

    /** A setting with a default. */
    public static Setting of(String name, Kind kind, String fallback, String help) {
        return new Setting(name, kind, fallback, help, List.of());
    }

    /** A setting that is absent unless somebody sets it. */
    public static Setting optional(String name, Kind kind, String help) {
        return new Setting(name, kind, null, help, List.of());
    }

    /** The same, also understood under an old name. */
    public Setting formerly(String oldName) {
        return new Setting(name, kind, fallback, help, List.of(oldName));
    }
}
