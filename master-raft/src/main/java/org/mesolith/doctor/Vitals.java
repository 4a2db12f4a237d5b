package org.mesolith.doctor;

import java.time.Duration;

/**
 * What a master has measured of its own machine. Plain values; -1 for what the machine does not tell.
 *
 * @param flushMicros median of the last flushes of a small file in the data directory
 * @param flushMicrosMax the longest of them
 * @param flushes how many that were
 * @param freeBytes on the disk of the data directory
 * @param totalBytes of that disk
 * @param openFiles of the process
 * @param openFilesMax that it may have
 * @param heapBytes in use after the last collection
 * @param heapBytesMax that the heap may have
 * @param residentBytes of the process
 * @param clockJump how far the system's clock has moved against the steady one since the process started
 */
public record Vitals(
        long flushMicros,
        long flushMicrosMax,
        int flushes,
        long freeBytes,
        long totalBytes,
        long openFiles,
        long openFilesMax,
        long heapBytes,
        long heapBytesMax,
        long residentBytes,
        Duration clockJump) {
    /** Before the first look. */
    public static final Vitals NONE = new Vitals(-1, -1, 0, -1, -1, -1, -1, -1, -1, -1, Duration.ZERO);
}
