package org.mesolith.base;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The only way to end a process. Processes exit rather than repair themselves in place; a supervisor starts them again.
 * The codes are documented in {@code docs/exit-codes.md}.
 */
public final class Halt {
    /** Why a process ends; the code is its exit status. */
    public enum Code {
        /** Asked to stop, and stopped in order. */
        STOPPED(0),
        /** A defect of ours; restart and report it. */
        DEFECT(70),
        /** A setting or a command line is wrong; a restart does not help. */
        BAD_SETTINGS(78),
        /** The disk refused a read or write, or is full; restart with back-off. */
        STORAGE(74),
        /** The durable data contradicts itself; the member must be replaced, a restart does not help. */
        CORRUPT_DATA(65),
        /** The data directory belongs to another process or another member; a restart does not help. */
        DATA_IN_USE(73),
        /** The Raft division was closed (long pause, removal); restart. */
        CONSENSUS_CLOSED(75),
        /** The log holds a command this version does not know: install a newer version. */
        TOO_OLD(76),
        /** The agent was refused, or the master removed, for good; a restart does not help. */
        REFUSED(77);

        private final int status;

        Code(int status) {
            this.status = status;
        }

        /** The process' exit status. */
        public int status() {
            return status;
        }

        /** False when a restart of the same process with the same data cannot help. */
        public boolean restartable() {
            return switch (this) {
                case DEFECT, STORAGE, CONSENSUS_CLOSED -> true;
                case STOPPED, BAD_SETTINGS, CORRUPT_DATA, DATA_IN_USE, TOO_OLD, REFUSED -> false;
            };
        }
    }

    private static final System.Logger LOG = System.getLogger("org.mesolith.halt");

    private Halt() {}

    /** Says why and ends the process at once, without shutdown hooks: nothing after this call is to be trusted. */
    public static void now(Code code, String why, @Nullable Throwable cause) {
        // Printing must not keep a dying process alive, so it has a deadline of its own.
        var printer = Thread.ofPlatform().daemon(true).start(() -> print(code, why, cause));
        try {
            printer.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code.status());
    }

    private static void print(Code code, String why, @Nullable Throwable cause) {
        System.err.println("mesolith: stopping with exit status " + code.status() + " (" + code + "): " + why);
        System.err.flush();
        LOG.log(System.Logger.Level.ERROR, "stopping: " + code + ": " + why, cause);
    }
}
