package org.mesolith.raft;

import org.mesolith.base.Halt;
import org.mesolith.store.StorageException;

/**
 * The durable state of this master does not allow it to start. The message says what is wrong and what to do; a restart
 * alone helps only where the code says so.
 */
public final class StartRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** How to replace a member whose data cannot be trusted any more. */
    static final String REPLACE =
            "The other members are not harmed. Replace this one: move its data directory away, start it empty "
                    + "(it takes a new member id and waits), and put it in the place of the old id: "
                    + "`meso cluster replace OLD HOST:PORT`";

    private final Halt.Code code;

    public StartRefused(Halt.Code code, String message) {
        super(message);
        this.code = code;
    }

    public StartRefused(Halt.Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The database cannot be used: its rows are what this member answers from, and what it puts into snapshots. */
    static StartRefused of(StorageException unusable) {
        return unusable.damaged()
                ? new StartRefused(
                        Halt.Code.CORRUPT_DATA,
                        "the database is damaged: " + unusable.getMessage() + ". " + REPLACE,
                        unusable)
                : new StartRefused(Halt.Code.STORAGE, String.valueOf(unusable.getMessage()), unusable);
    }

    /** The exit status with which the process should end. */
    public Halt.Code code() {
        return code;
    }
}
