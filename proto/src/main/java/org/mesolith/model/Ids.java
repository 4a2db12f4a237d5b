package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/** The rule for ids of tasks, executors, agents, frameworks, volumes and containers (Mesos common validation). */
public final class Ids {
    private static final int CHARS_MAX = 255;

    private Ids() {}

    /** What is wrong with the id, as half a sentence, or null when it is valid. */
    public static @Nullable String problem(String id) {
        if (id.isEmpty()) {
            return "ID must not be empty";
        }
        if (id.length() > CHARS_MAX) {
            return "ID must not be greater than " + CHARS_MAX + " characters";
        }
        if (id.equals(".") || id.equals("..")) {
            return "'" + id + "' is disallowed";
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (Character.isISOControl(c) || c == '/' || c == '\\') {
                return "'" + id + "' contains invalid characters";
            }
        }
        return null;
    }
}
