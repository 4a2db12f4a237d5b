package org.mesolith.model;

import java.nio.ByteBuffer;

/** Sixteen bytes that name a status update (or another thing made by many hands at once). */
public record Uuid(long high, long low) {
    /** Length of the wire form, bytes. */
    public static final int BYTES = 16;

    /**
     * @throws IllegalArgumentException when there are not exactly 16 bytes
     */
    public static Uuid of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a uuid has 16 bytes, not " + bytes.length);
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new Uuid(buffer.getLong(), buffer.getLong());
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    @Override
    public String toString() {
        return new java.util.UUID(high, low).toString();
    }
}
