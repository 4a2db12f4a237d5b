package org.mesolith.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a v1 stream: the length in bytes as decimal digits, a line feed, the bytes. How the transport cuts the
 * stream into pieces means nothing.
 */
public final class RecordIo {
    private RecordIo() {}

    /** The payload as one record. */
    public static byte[] encode(byte[] payload) {
        var head = (payload.length + "\n").getBytes(StandardCharsets.US_ASCII);
        var record = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, record, head.length, payload.length);
        return record;
    }

    /** Finds the records in a stream that arrives in pieces. One thread. */
    public static final class Decoder {
        /** As many digits as an unsigned 64-bit number can have. */
        private static final int DIGITS_MAX = 20;

        private static final int FIRST_BUFFER_BYTES = 8 << 10;

        private final int recordBytesMax;
        private final List<byte[]> complete = new ArrayList<>();
        private @Nullable String failure;
        private int digits;
        /** Of the record that is being read; at most {@code Long.MAX_VALUE}, never wrapped round. */
        private long length;

        /** Of the record that is being read; null while its length is. It grows as bytes arrive, not as promised. */
        private byte @Nullable [] record;

        private int filled;

        /**
         * @param recordBytesMax a longer record fails the stream
         * @throws IllegalArgumentException if the limit is not positive
         */
        public Decoder(int recordBytesMax) {
            if (recordBytesMax < 1) {
                throw new IllegalArgumentException("record-bytes-max is " + recordBytesMax + ", must be positive");
            }
            this.recordBytesMax = recordBytesMax;
        }

        /**
         * Takes the next bytes of the stream; returns the records that they complete, in order, empty ones included.
         */
        public List<byte[]> feed(byte[] bytes) {
            return feed(bytes, 0, bytes.length);
        }

        /** Takes {@code count} bytes from {@code offset} on. After a failure nothing is returned any more. */
        public List<byte[]> feed(byte[] bytes, int offset, int count) {
            int end = Objects.checkFromIndexSize(offset, count, bytes.length) + count;
            int at = offset;
            while (at < end && failure == null) {
                if (record == null) {
                    header(bytes[at++]);
                } else {
                    at += body(record, bytes, at, end - at);
                }
            }
            var found = List.copyOf(complete);
            complete.clear();
            return found;
        }

        private void header(byte character) {
            if (character == '\n' && digits > 0) {
                begin();
            } else if (character >= '0' && character <= '9' && digits < DIGITS_MAX) {
                digits++;
                length = length > recordBytesMax ? length : length * 10 + (character - '0');
            } else {
                failure = "byte 0x" + Integer.toHexString(character & 0xFF) + " after " + digits
                        + " digits of a record's length, expected 1 to " + DIGITS_MAX + " digits and a line feed";
            }
        }

        private void begin() {
            if (length > recordBytesMax) {
                failure = "a record of more than " + recordBytesMax + " bytes, which is the limit";
                return;
            }
            digits = 0;
            filled = 0;
            record = new byte[(int) Math.min(length, FIRST_BUFFER_BYTES)];
            if (length == 0) {
                complete(record);
            }
        }

        private int body(byte[] buffer, byte[] bytes, int from, int available) {
            int taken = (int) Math.min(available, length - filled);
            var target = buffer;
            if (filled + taken > target.length) {
                target = Arrays.copyOf(target, (int) Math.min(length, Math.max(filled + taken, target.length * 2L)));
                record = target;
            }
            System.arraycopy(bytes, from, target, filled, taken);
            filled += taken;
            if (filled == length) {
                complete(target);
            }
            return taken;
        }

        private void complete(byte[] whole) {
            complete.add(whole);
            record = null;
            length = 0;
        }

        /** Why the stream cannot be read any further; empty if it can. The connection is to be dropped. */
        public Optional<String> failure() {
            return Optional.ofNullable(failure);
        }

        /** True if the stream may end here: not inside a record, not failed. */
        public boolean isBetweenRecords() {
            return failure == null && record == null && digits == 0;
        }
    }
}
