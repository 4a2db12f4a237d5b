package org.mesolith.state;

/** The door through which a wish came. The numbers are part of the log format. */
public enum Origin {
    UNKNOWN(0),
    /** A call of the HTTP interface. */
    HTTP(1),
    /** A message of an agent over its link. */
    LINK(2),
    /** The leader's own: timers, silence, house-keeping. */
    LEADER(3),
    /** A command line that works on a member's data (init, restore). */
    CONSOLE(4);

    private final int number;

    Origin(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The origin of this number, UNKNOWN for one of a newer version. */
    public static Origin of(int number) {
        for (var origin : values()) {
            if (origin.number == number) {
                return origin;
            }
        }
        return UNKNOWN;
    }
}
