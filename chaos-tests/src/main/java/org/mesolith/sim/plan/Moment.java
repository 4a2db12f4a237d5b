package org.mesolith.sim.plan;

import java.util.Locale;

/** When a fault strikes: at a time, or right behind the next step of a command's way through the leader. */
public enum Moment {
    /** When its time has come. */
    TIMED,
    /** The leader has given a command to the log. */
    PROPOSED,
    /** The command is in the leader's log and not yet decided. */
    APPENDED,
    /** The command is decided and nobody has applied it. */
    COMMITTED,
    /** The leader has applied the command and nobody knows. */
    APPLIED,
    /** The leader has told an agent or a framework something, which is under way. */
    SENT;

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
