package org.mesolith.cli.console;

/**
 * What {@code meso} ends with. Documented in {@code docs/cli.md}; scripts rely on it, so a number never changes its
 * meaning.
 */
public final class ExitCode {

    /** Done, and everything that was asked for was verified. */
    public static final int OK = 0;

    /** Refused by the cluster, or failed; nothing was changed unless the message says so. */
    public static final int FAILED = 1;

    /** The command line is wrong; nothing was sent. */
    public static final int USAGE = 2;

    /** No master could be reached, or none leads; nothing was changed. */
    public static final int NO_MASTER = 3;

    /** The call was sent and its answer never came: look before you repeat it. */
    public static final int UNKNOWN_OUTCOME = 4;

    /** What was asked for does not exist. */
    public static final int NOT_FOUND = 5;

    /** A wait ended at its deadline; what was begun may still happen. */
    public static final int DEADLINE = 6;

    /** {@code task run}: the task ended without an exit status of its own (killed by a signal, lost, never started). */
    public static final int TASK_WITHOUT_STATUS = 125;

    private ExitCode() {}
}
