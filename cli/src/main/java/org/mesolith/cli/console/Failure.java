package org.mesolith.cli.console;

/** A command that cannot go on: what happened, why, and what to do, in one sentence each, and the exit code. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** A failure with one of the codes of {@link ExitCode}. */
    public Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** A failure that another exception caused. */
    public Failure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What the process ends with. */
    public int exitCode() {
        return exitCode;
    }

    /** The sentence for the operator. */
    public String sentence() {
        String message = getMessage();
        return message == null ? toString() : message;
    }
}
