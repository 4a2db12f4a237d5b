package org.mesolith.api;

/**
 * What processes use together.
 *
 * @param processes how many there are
 * @param threads of them
 * @param userMillis processor time in their own code, milliseconds, and that of children that they waited for
 * @param systemMillis the same in the kernel
 * @param memBytes memory that they have for themselves
 */
public record ProcessUse(int processes, int threads, long userMillis, long systemMillis, long memBytes) {
    /** No process. */
    public static final ProcessUse NOTHING = new ProcessUse(0, 0, 0, 0, 0);

    /** Both together. */
    public ProcessUse plus(ProcessUse other) {
        return new ProcessUse(
                processes + other.processes,
                threads + other.threads,
                userMillis + other.userMillis,
                systemMillis + other.systemMillis,
                memBytes + other.memBytes);
    }
}
