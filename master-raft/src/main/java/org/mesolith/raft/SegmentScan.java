package org.mesolith.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What is in a segment file: the good records from its start, and the first thing that is not one.
 *
 * <p>The file is a header, then records (length as a varint, the entry, CRC-32C of both as four bytes, most significant
 * first), then zeros up to the preallocated size.
 *
 * @param goodBytes length of the header and the good records
 * @param lastIndex index of the last good record; first - 1 when there is none
 * @param lastTerm its term; 0 when there is none
 * @param fault the first failing record; null when the segment is whole
 */
record SegmentScan(
        long goodBytes,
        long lastIndex,
        long lastTerm,
        @Nullable Fault fault) {
    /**
     * A record that fails.
     *
     * @param torn true when the record was never synced: it is incomplete, or a sector of it is all zeros
     * @param what says what is wrong with it
     */
    record Fault(boolean torn, String what) {}

    /** What a disk writes at once, bytes. */
    static final int SECTOR = 512;

    private static final byte[] HEADER = "RaftLog1".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM_BYTES = 4;
    private static final int VARINT_BYTES_MAX = 5;
    private static final int TERM_TAG = 8;
    private static final int INDEX_TAG = 16;

    /** @param first index that the first record must have */
    static SegmentScan of(ByteBuffer file, long first) {
        return of(file, first, Long.MAX_VALUE);
    }

    /**
     * The same, as if the segment ended with an entry.
     *
     * @param until index of that entry
     */
    static SegmentScan of(ByteBuffer file, long first, long until) {
        var header = checkHeader(file);
        if (header != null || file.limit() < HEADER.length || file.get(0) == 0) {
            return new SegmentScan(0, first - 1, 0, header);
        }
        int at = HEADER.length;
        long index = first - 1;
        long term = 0;
        while (at < file.limit() && index < until) {
            if (file.get(at) == 0) {
                return new SegmentScan(at, index, term, judgeZeros(file, at));
            }
            var frame = Frame.at(file, at);
            if (frame == null || frame.end > file.limit() || !frame.checksumFits(file)) {
                return new SegmentScan(at, index, term, judge(file, at, frame));
            }
            var place = Place.of(file, frame);
            var misplaced = place.problem(index + 1, term);
            if (misplaced != null) {
                return new SegmentScan(at, index, term, new Fault(false, misplaced + " at byte " + at));
            }
            index++;
            term = place.term;
            at = (int) frame.end;
        }
        return new SegmentScan(at, index, term, null);
    }

    private static @Nullable Fault checkHeader(ByteBuffer file) {
        int matching = 0;
        while (matching < HEADER.length && matching < file.limit() && file.get(matching) == HEADER[matching]) {
            matching++;
        }
        if (matching == HEADER.length || allZeros(file, matching, file.limit())) {
            return null;
        }
        boolean torn = unsyncedSector(file, 0, HEADER.length);
        return new Fault(torn, torn ? "the header is a hole of zeros" : "the header is not that of a log segment");
    }

    /** A record never starts with a zero: this is the end of the log, or a hole where a record should be. */
    private static @Nullable Fault judgeZeros(ByteBuffer file, int at) {
        if (allZeros(file, at, file.limit())) {
            return null;
        }
        boolean torn = unsyncedSector(file, at, at + 1L);
        return new Fault(
                torn,
                (torn ? "a hole of zeros stands in place of a record" : "a record starts with a zero") + " at byte "
                        + at);
    }

    private static Fault judge(ByteBuffer file, int at, @Nullable Frame frame) {
        if (frame == null) {
            return new Fault(false, "the length of the record at byte " + at + " makes no sense");
        }
        boolean incomplete = frame.end > file.limit();
        if (incomplete && damagedLength(file, at)) {
            return new Fault(false, "the length of the record at byte " + at + " has a flipped bit");
        }
        if (incomplete) {
            return new Fault(
                    true,
                    "the record at byte " + at + " is incomplete: it needs " + (frame.end - at)
                            + " bytes, the file has " + (file.limit() - at));
        }
        boolean torn = unsyncedSector(file, at, frame.end);
        return new Fault(
                torn,
                "the record at byte " + at + " (" + (frame.end - at) + " bytes) fails its checksum and "
                        + (torn ? "has a sector of zeros" : "has no sector of zeros: it was written, then damaged"));
    }

    /** True when a sector that the bytes reach into is all zeros, seen from the start of these bytes. */
    private static boolean unsyncedSector(ByteBuffer file, long from, long end) {
        long sector = from - from % SECTOR;
        for (; sector < Math.min(end, file.limit()); sector += SECTOR) {
            if (allZeros(file, Math.max(sector, from), Math.min(sector + SECTOR, file.limit()))) {
                return true;
            }
        }
        return false;
    }

    /** A record that would be whole with one other bit in its length was written whole, so it is not torn. */
    private static boolean damagedLength(ByteBuffer file, int at) {
        var changed = ByteBuffer.allocate(Math.min(VARINT_BYTES_MAX, file.limit() - at));
        for (int bit = 0; bit < changed.limit() * Byte.SIZE; bit++) {
            changed.put(0, file, at, changed.limit());
            int place = bit / Byte.SIZE;
            changed.put(place, (byte) (changed.get(place) ^ (1 << (bit % Byte.SIZE))));
            var frame = Frame.parse(changed, 0, at);
            if (frame != null && frame.end <= file.limit() && frame.checksumFits(file, changed)) {
                return true;
            }
        }
        return false;
    }

    private static boolean allZeros(ByteBuffer file, long from, long end) {
        for (int at = (int) from; at < end; at++) {
            if (file.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Where a record lies: [start, body) is the length, [body, end - 4) the entry. */
    private record Frame(int start, int body, long end) {
        /**
         * Null when the length is none: negative, or longer than any. Cut off by the end of the file: reaches past it.
         */
        static @Nullable Frame at(ByteBuffer file, int start) {
            return parse(file, start, start);
        }

        static @Nullable Frame parse(ByteBuffer bytes, int from, int start) {
            long length = 0;
            for (int count = 0; count < VARINT_BYTES_MAX; count++) {
                if (from + count >= bytes.limit()) {
                    return new Frame(start, start + count, Long.MAX_VALUE);
                }
                byte next = bytes.get(from + count);
                length |= (next & 0x7FL) << (7 * count);
                if (next >= 0) {
                    int body = start + count + 1;
                    return length > Integer.MAX_VALUE ? null : new Frame(start, body, body + length + CHECKSUM_BYTES);
                }
            }
            return null;
        }

        boolean checksumFits(ByteBuffer file) {
            return checksumFits(file, file.duplicate().limit(body).position(start));
        }

        /** @param length the bytes of the length, which may differ from those in the file */
        boolean checksumFits(ByteBuffer file, ByteBuffer length) {
            int sumAt = (int) end - CHECKSUM_BYTES;
            var sum = new CRC32C();
            sum.update(length.duplicate().limit(length.position() + (body - start)));
            sum.update(file.duplicate().limit(sumAt).position(body));
            return file.getInt(sumAt) == (int) sum.getValue();
        }
    }

    /** Term and index of an entry: the first two fields of its message. */
    private record Place(long term, long index) {
        static Place of(ByteBuffer file, Frame frame) {
            var body = file.duplicate().limit((int) frame.end - CHECKSUM_BYTES).position(frame.body);
            long term = 0;
            long index = 0;
            try {
                var in = CodedInputStream.newInstance(body);
                for (int tag = in.readTag(); tag == TERM_TAG || tag == INDEX_TAG; tag = in.readTag()) {
                    long value = in.readUInt64();
                    term = tag == TERM_TAG ? value : term;
                    index = tag == INDEX_TAG ? value : index;
                }
            } catch (IOException unreadable) {
                return new Place(-1, -1);
            }
            return new Place(term, index);
        }

        @Nullable
        String problem(long indexDue, long termBefore) {
            if (index != indexDue) {
                return "a record has index " + index + " where " + indexDue + " is due,";
            }
            return term < termBefore ? "a record has term " + term + " after one of term " + termBefore + "," : null;
        }
    }
}
