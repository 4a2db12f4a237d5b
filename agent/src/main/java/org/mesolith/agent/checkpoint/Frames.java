package org.mesolith.agent.checkpoint;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Checksummed records one after the other: length (4 bytes), CRC-32C (4 bytes), bytes. */
final class Frames {
    static final int HEADER = 8;
    private static final int SECTOR = 512;

    private Frames() {}

    static byte[] frame(byte[] payload) {
        return ByteBuffer.allocate(HEADER + payload.length)
                .putInt(payload.length)
                .putInt(sum(payload, 0, payload.length))
                .put(payload)
                .array();
    }

    /** Length of the payload of the frame at this offset when it is whole and true to its checksum, else -1. */
    static int lengthAt(byte[] file, int at) {
        if (file.length - at < HEADER) {
            return -1;
        }
        var header = ByteBuffer.wrap(file, at, HEADER);
        int length = header.getInt();
        int sum = header.getInt();
        boolean fits = length > 0 && length <= file.length - at - HEADER;
        return fits && sum(file, at + HEADER, length) == sum ? length : -1;
    }

    /**
     * Whether a bad frame at this offset was never synced: it is cut off by the end of the file, or one of the disk's
     * sectors it lies in holds only zeros. Anything else was changed later.
     */
    static boolean isTorn(byte[] file, int at) {
        if (file.length - at < HEADER) {
            return true;
        }
        int length = ByteBuffer.wrap(file, at, HEADER).getInt();
        long end = (long) at + HEADER + Math.max(0, length);
        if (end > file.length) {
            return true;
        }
        for (int from = at; from < end; from = (from / SECTOR + 1) * SECTOR) {
            if (isZero(file, from, (int) Math.min(end, (from / SECTOR + 1L) * SECTOR))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isZero(byte[] file, int from, int to) {
        for (int i = from; i < to; i++) {
            if (file[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static int sum(byte[] bytes, int from, int length) {
        var sum = new CRC32C();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }
}
