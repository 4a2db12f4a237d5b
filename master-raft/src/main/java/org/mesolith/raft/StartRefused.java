package org.mesolith.raft;

import org.mesolith.base.Halt;

/**
 * The durable state of this master does not allow it to start. The message says what is wrong and what to do; a restart
 * alone helps only where the code says so.
 */
public final class StartRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** How to replace a member whose data cannot be trusted any more. */
    static final String REPLACE =
            "The other members are not harmed. Replace this one: move its data directory away, start it empty "
                    + "(it takes a"
                    + " new member id and waits), and add it to the group in place of the old id.";

    private final Halt.Code code;

    public StartRefused(Halt.Code code, String message) {
        super(message);
        this.code = code;
    }

    public StartRefused(Halt.Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The exit status with which the process should end. */
    public Halt.Code code() {
        return code;
    }
}
