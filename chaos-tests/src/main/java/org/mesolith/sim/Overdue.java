package org.mesolith.sim;

import java.time.Duration;

/** What a simulation waited for in vain. */
final class Overdue extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String rule;

    /**
     * @param left the first thing that is left is named before the first colon, the same in every simulation
     */
    Overdue(String what, Duration within, String left) {
        super("waited " + within + " in vain for " + what + "; left: " + left);
        int end = left.indexOf(':');
        this.rule = "waiting for " + what + "; " + (end < 0 ? left : left.substring(0, end));
    }

    /** Which promise was broken, without what differs from one simulation to the next. */
    String rule() {
        return rule;
    }
}
