package org.mesolith.scenario.grammar;

/** Something is not as a scenario expects it. */
public final class MismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Both sides, as they are shown. */
    public MismatchException(Object expected, Object got) {
        super("expected " + expected + ", got " + got);
    }
}
