package org.mesolith.model;

/**
 * The executor that a task asks for: what the master decides on, and the whole message.
 *
 * @param kind CUSTOM (own command) or DEFAULT (built in)
 * @param raw the whole {@code mesos.v1.ExecutorInfo}
 */
public record ExecutorLaunch(ExecutorId id, Kind kind, Resources resources, Opaque raw) {
    /** Who brings the executor's program. */
    public enum Kind {
        UNKNOWN,
        DEFAULT,
        CUSTOM
    }
}
