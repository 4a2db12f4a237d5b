package org.mesolith.settings;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values of known settings, each checked for its kind; read with {@link SettingsReader}. Immutable. */
public final class Settings {
    private final SortedMap<String, String> values;

    Settings(Map<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** What is in force, by name, in flag syntax: for {@code /flags} and GET_FLAGS. Absent settings are not in it. */
    public SortedMap<String, String> shown() {
        return values;
    }

    /** The value, or null when it is absent. */
    public @Nullable String find(String name) {
        return values.get(name);
    }

    /**
     * @throws IllegalStateException when the setting has no default and nobody set it: check with {@link #find} first
     */
    public String text(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("setting " + name + " is absent");
        }
        return value;
    }

    public int integer(String name) {
        return Integer.parseInt(text(name));
    }

    public boolean on(String name) {
        return Boolean.parseBoolean(text(name));
    }

    public Duration duration(String name) {
        var duration = SettingText.duration(text(name));
        if (duration == null) {
            throw new IllegalStateException("setting " + name + " is not a duration");
        }
        return duration;
    }

    public @Nullable Duration findDuration(String name) {
        return values.containsKey(name) ? duration(name) : null;
    }

    public long bytes(String name) {
        var bytes = SettingText.bytes(text(name));
        if (bytes == null) {
            throw new IllegalStateException("setting " + name + " is not a size");
        }
        return bytes;
    }
}
