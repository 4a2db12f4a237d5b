package org.mesolith.cli.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.mesolith.process.fault.StoredFile;

/** The newest log segment of a master that is dead, and what can happen to it. */
record LogFile(Path file) {

    private static final int HEADER_BYTES = 8;
    private static final int CHECKSUM_BYTES = 4;
    private static final int SECTOR = 512;

    /** The open segment below a master's data directory. */
    static LogFile newest(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("raft"))) {
            return new LogFile(
                    files.filter(file -> file.getFileName().toString().startsWith("log_inprogress_"))
                            .findFirst()
                            .orElseThrow());
        }
    }

    /** A power cut in the middle of a record: it is incomplete, and the file ends there. */
    void tear() throws IOException {
        long end = end();
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(end);
            raw.seek(end);
            raw.write(record(3 * SECTOR), 0, 2 * SECTOR);
        }
    }

    /** A power cut after which one sector of a record had not reached the disk, but the next record had. */
    void tearHole() throws IOException {
        long end = end();
        byte[] torn = record(4 * SECTOR);
        int hole = (int) (SECTOR - end % SECTOR);
        Arrays.fill(torn, hole, hole + SECTOR, (byte) 0);
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(end);
            raw.write(torn);
            raw.write(record(SECTOR));
        }
    }

    /** In the middle of the records. */
    long middle() throws IOException {
        return HEADER_BYTES + (end() - HEADER_BYTES) / 2;
    }

    /** A bit changes on the disk, long after it was synced; done twice it is as before. */
    void flipBit(long at) throws IOException {
        new StoredFile(file).flipBit(at);
    }

    /** Something that looks like a record: its length, then bytes that are not zero and no checksum of anything. */
    private static byte[] record(int content) {
        byte[] bytes = new byte[2 + content + CHECKSUM_BYTES];
        Arrays.fill(bytes, (byte) 'x');
        bytes[0] = (byte) ((content & 0x7f) | 0x80);
        bytes[1] = (byte) (content >> 7);
        return bytes;
    }

    /** Where the records end: each is its length as a varint, so many bytes, and a checksum. Zeros follow. */
    private long end() throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "r")) {
            long at = HEADER_BYTES;
            while (at < raw.length()) {
                raw.seek(at);
                long length = 0;
                int shift = 0;
                int next = raw.read();
                if (next <= 0) {
                    return at;
                }
                for (; next >= 0x80; next = raw.read(), shift += 7) {
                    length |= (long) (next & 0x7f) << shift;
                }
                length |= (long) next << shift;
                at = raw.getFilePointer() + length + CHECKSUM_BYTES;
            }
            return at;
        }
    }
}
