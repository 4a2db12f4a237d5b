package org.mesolith.cli.console;

import java.util.List;

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

    /** What was compared is not the same; nothing was changed. */
    public static final int DIFFERS = 7;

    /** {@code task run}: the task ended without an exit status of its own (killed by a signal, lost, never started). */
    public static final int TASK_WITHOUT_STATUS = 125;

    /**
     * What a code says.
     *
     * @param name for programs
     * @param text in a few words for people
     */
    public record Meaning(int code, String name, String text) {}

    /** Every code; pages and help texts are made from it. */
    public static final List<Meaning> ALL = List.of(
            new Meaning(OK, "OK", "done"),
            new Meaning(FAILED, "FAILED", "refused by the cluster, or failed; the message says why"),
            new Meaning(USAGE, "USAGE", "the command line is wrong; nothing was sent"),
            new Meaning(NO_MASTER, "NO_MASTER", "no master could be reached, or none leads; nothing was changed"),
            new Meaning(
                    UNKNOWN_OUTCOME,
                    "UNKNOWN_OUTCOME",
                    "a call was sent and its answer never came: look before you repeat it"),
            new Meaning(NOT_FOUND, "NOT_FOUND", "what was asked for does not exist"),
            new Meaning(DEADLINE, "DEADLINE", "a wait ended at its deadline; what was begun may still happen"),
            new Meaning(DIFFERS, "DIFFERS", "`diff` only: the file and the cluster differ; nothing was changed"),
            new Meaning(
                    TASK_WITHOUT_STATUS,
                    "TASK_WITHOUT_STATUS",
                    "`task run` only: the task ended without an exit status of its own"));

    private ExitCode() {}

    /** How programs read a code: {@code NOT_FOUND}; of one that is not listed, {@code FAILED}. */
    public static String name(int code) {
        return ALL.stream()
                .filter(meaning -> meaning.code() == code)
                .map(Meaning::name)
                .findFirst()
                .orElse("FAILED");
    }
}
